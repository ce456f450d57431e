"""Evaluations of several sets and settings: their file, and a picture of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatbot.errors import QuestionError

if TYPE_CHECKING:
    from types import ModuleType

_MEASURE = "nDCG@10"
_WIDTH_A_SET = 1.6
_WIDTH = 8.0
_HEIGHT = 4.2


def read_results(path: Path) -> list[dict[str, Any]]:
    """Read evaluations as `evaluate --results` writes them, one a line.

    Raises:
        QuestionError: the file can't be read, or a line of it is no evaluation.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise QuestionError(f"{path}: can't be read ({reason}).") from None
    results = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            result = json.loads(line)
            _ = [str(result[name]) for name in ("set", "setting")]
            _ = [float(result[_MEASURE][name]) for name in ("mean", "low", "high")], float(result["query_ms"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise QuestionError(f"{path}:{number}: no evaluation as --results writes it. Name another file.") from None
        results.append(result)
    return results


def check_plot(path: Path) -> None:
    """Look whether a plot can be made, before there is anything to plot.

    Raises:
        QuestionError: matplotlib is not installed, or can't write that kind of picture.
    """
    kinds = sorted(_pyplot().figure().canvas.get_supported_filetypes())
    _pyplot().close()
    if path.suffix.removeprefix(".").lower() not in kinds:
        raise QuestionError(f"{path}: no picture that can be made. The name must end in one of: {', '.join(kinds)}.")


def _pyplot() -> "ModuleType":
    try:
        import matplotlib as mpl

        mpl.use("agg")
        from matplotlib import pyplot as plt
    except ImportError:
        raise QuestionError('A plot needs matplotlib: "pip install matplotlib", then run this again.') from None
    return plt


def save_plot(results: Sequence[dict[str, Any]], path: Path) -> None:
    """Save a picture of evaluations: nDCG@10 by set and setting, and how long a query takes for it.

    Args:
        results: records as `evaluate --results` writes them, one a set and setting.
        path: where to save it; its ending says what kind of picture (.png, .svg, .pdf).

    Raises:
        QuestionError: as `check_plot`, or it can't be written.
    """
    check_plot(path)
    plt = _pyplot()
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
