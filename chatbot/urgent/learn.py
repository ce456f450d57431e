"""Learns how an emergency sounds, out of `examples/`: `python -m chatbot.urgent.learn`.

It prints what the rules and the machine do together on examples that it has not learned from (ten-fold
cross-validation), and writes the machine that has learned from all of them.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import SVC

from chatbot.urgent import NOT_AT_ALL, kind_by_rules
from chatbot.urgent.classifier import MACHINE_FILE, STEPS, Machine, highest, layers_of, parts_of, projected
from chatbot.urgent.typos import without_slips

EXAMPLES = Path(__file__).with_name("examples")
CALM_RAISED = 0.04
"""The part of the calm examples that the machine raises when it has not learned from them: that puts the line."""

_DIRECTIONS = 256
_COST = 3.0
_GAMMA = 1.0
"""The cost and the width of the kernel that did best in cross-validation; 0.7 and 1.3 are as good within a point."""
_FOLDS = 10
_BATCH = 32

_Rows = NDArray[np.float32]


def messages_in(path: Path) -> list[str]:
    """Return the messages of a file, one a line; lines that begin with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def main() -> None:
    """Learn from the examples, print how well, and write the machine."""
    urgent, calm = messages_in(EXAMPLES / "urgent.txt"), messages_in(EXAMPLES / "calm.txt")
    messages = [without_slips(message) for message in urgent + calm]
    labels = np.array([True] * len(urgent) + [False] * len(calm))
    parts = [parts_of(message) for message in messages]
    rows = _rows([part for some in parts for part in some])
    first = np.cumsum([0, *(len(some) for some in parts)])
    unseen = _unseen(rows, first, labels)
    line = float(np.quantile(unseen[~labels], 1 - CALM_RAISED))
    signs = np.array([kind_by_rules(message) is not None for message in messages])
    raised = (unseen > line) | (signs & (unseen - line > NOT_AT_ALL))
    learned = _learned(rows[first[:-1]], labels)
    np.savez_compressed(
        MACHINE_FILE,
        mean=learned.mean.astype(np.float16),
        directions=_as_bytes(learned.directions),
        vectors=_as_bytes(learned.vectors),
        weights=learned.weights,
        gamma=np.float32(learned.gamma),
        intercept=np.float32(learned.intercept - line),
    )
    print(f"{MACHINE_FILE}: from {len(urgent)} urgent and {len(calm)} calm messages.")
    print(f"unseen: raised for {raised[labels].mean():.3f} of the urgent, {raised[~labels].mean():.3f} of the calm.")


def _rows(texts: list[str]) -> _Rows:
    return np.concatenate([layers_of(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])


def _unseen(rows: _Rows, first: NDArray[np.int64], labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each message's value from a machine that has learned from the other folds."""
    values = np.zeros(len(labels))
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=1)
    for learn, judge in folds.split(labels, labels):
        machine = _learned(rows[first[learn]], labels[learn])
        for at in judge:
            values[at] = highest(machine.values(rows[first[at] : first[at + 1]]))
    return values


def _learned(rows: _Rows, labels: NDArray[np.bool_]) -> Machine:
    found = PCA(_DIRECTIONS, random_state=1).fit(rows)
    mean, directions = found.mean_.astype(np.float32), found.components_.astype(np.float32)
    machine = SVC(C=_COST, gamma=_GAMMA, class_weight="balanced").fit(projected(rows, mean, directions), labels)
    return Machine(
        mean=mean,
        directions=directions,
        vectors=machine.support_vectors_,
        weights=machine.dual_coef_[0].astype(np.float32),
        gamma=_GAMMA,
        intercept=float(machine.intercept_[0]),
    )


def _as_bytes(values: _Rows) -> NDArray[np.int8]:
    return np.round(values * STEPS).clip(-127, 127).astype(np.int8)


if __name__ == "__main__":
    main()
