"""Learns how an emergency sounds, out of `examples/`: `python -m chatbot.urgent.learn`."""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from chatbot.urgent.likeness import WEIGHTS_FILE
from index.embedder import packaged_embedder

EXAMPLES = Path(__file__).with_name("examples")
_REGULARISATION = 3.0
"""C of the logistic regression, as it did best in ten-fold cross-validation on the examples."""
_DIGITS = 4
_BATCH = 32


def messages_in(path: Path) -> list[str]:
    """Return the messages of a file, one a line; lines that begin with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def main() -> None:
    """Learn from the examples, and write the weights."""
    urgent, calm = messages_in(EXAMPLES / "urgent.txt"), messages_in(EXAMPLES / "calm.txt")
    messages = urgent + calm
    embed = packaged_embedder().embed_queries
    vectors = np.concatenate([embed(messages[at : at + _BATCH]) for at in range(0, len(messages), _BATCH)])
    labels = np.array([True] * len(urgent) + [False] * len(calm))
    model = LogisticRegression(C=_REGULARISATION, class_weight="balanced", max_iter=3000).fit(vectors, labels)
    record = {
        "coefficients": [round(float(number), _DIGITS) for number in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), _DIGITS),
    }
    WEIGHTS_FILE.write_text(json.dumps(record) + "\n", encoding="utf-8")
    print(f"{WEIGHTS_FILE}: from {len(urgent)} urgent and {len(calm)} calm messages.")


if __name__ == "__main__":
    main()
