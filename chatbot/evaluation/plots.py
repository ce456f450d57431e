"""Evaluations as a picture."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chatbot.errors import QuestionError

_MEASURE = "nDCG@10"
_WIDTH_A_SET = 1.6
_WIDTH = 8.0
_HEIGHT = 4.2


def save_plot(results: Sequence[dict[str, Any]], path: Path) -> None:
    """Save a picture of evaluations: nDCG@10 by set and setting, and how long a query takes for it.

    Args:
        results: records as `evaluate --results` writes them, one a set and setting.
        path: where to save it; its ending says what kind of picture (.png, .svg, .pdf).

    Raises:
        QuestionError: matplotlib is not installed, or can't write that kind of picture.
    """
    try:
        import matplotlib as mpl

        mpl.use("agg")
        from matplotlib import pyplot as plt
    except ImportError:
        raise QuestionError('A plot needs matplotlib: "pip install matplotlib", then run this again.') from None

    sets = list(dict.fromkeys(result["set"] for result in results))
    settings = list(dict.fromkeys(result["setting"] for result in results))
    figure, (bars, points) = plt.subplots(
        1, 2, figsize=(4 + _WIDTH_A_SET * len(sets) + 4, _HEIGHT), layout="constrained"
    )
    width = 0.8 / len(settings)
    for n, setting in enumerate(settings):
        own = [result for result in results if result["setting"] == setting]
        means = [result[_MEASURE]["mean"] for result in own]
        places = [sets.index(result["set"]) + (n - (len(settings) - 1) / 2) * width for result in own]
        errors = [
            [mean - result[_MEASURE]["low"] for mean, result in zip(means, own, strict=True)],
            [result[_MEASURE]["high"] - mean for mean, result in zip(means, own, strict=True)],
        ]
        bars.bar(places, means, width=width * 0.92, yerr=errors, capsize=3, label=setting)
        points.scatter([result["query_ms"] for result in own], means, label=setting)
        for result, mean in zip(own, means, strict=True):
            points.annotate(
                result["set"], (result["query_ms"], mean), xytext=(4, 3), textcoords="offset points", fontsize=8
            )
    bars.set(title="nDCG@10 by set, with 95% intervals", xticks=range(len(sets)), xticklabels=sets, ylim=(0, 1))
    points.set(title="Quality against time", xlabel="milliseconds a query (median)", ylabel=_MEASURE)
    points.set_xlim(left=0)
    bars.legend(fontsize=8, loc="lower right")
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        raise QuestionError(f"{path}: the plot can't be saved ({error}).") from None
    finally:
        plt.close(figure)
