"""Learns how an emergency sounds, out of `examples/`: `python -m chatbot.urgent.learn`.

It prints what the rules and the machine do together on examples that it has not learned from (ten-fold
cross-validation), and writes the machine that has learned from all of them.
"""

from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import SVC

from chatbot.urgent.likeness import MACHINE_FILE, STEPS
from chatbot.urgent.rules import calmed, kind_by_rules
from index.embedder import packaged_embedder

EXAMPLES = Path(__file__).with_name("examples")
_COST = 3.0
_GAMMA = 1.5
"""The cost and the width of the kernel that did best in cross-validation."""
_BATCH = 32


def messages_in(path: Path) -> list[str]:
    """Return the messages of a file, one a line; lines that begin with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def main() -> None:
    """Learn from the examples, print how well, and write the machine."""
    urgent, calm = messages_in(EXAMPLES / "urgent.txt"), messages_in(EXAMPLES / "calm.txt")
    messages = urgent + calm
    embed = packaged_embedder().embed_queries
    vectors = np.concatenate([embed(messages[at : at + _BATCH]) for at in range(0, len(messages), _BATCH)])
    labels = np.array([True] * len(urgent) + [False] * len(calm))
    machine = SVC(C=_COST, gamma=_GAMMA, class_weight="balanced")
    folds = StratifiedKFold(10, shuffle=True, random_state=1)
    unseen = cross_val_predict(machine, vectors, labels, cv=folds, method="decision_function") > 0
    raised = np.array(
        [
            bool(kind_by_rules(message)) or (sounds and not calmed(message))
            for message, sounds in zip(messages, unseen, strict=True)
        ]
    )
    machine.fit(vectors, labels)
    np.savez_compressed(
        MACHINE_FILE,
        vectors=np.round(machine.support_vectors_ * STEPS).clip(-127, 127).astype(np.int8),
        weights=machine.dual_coef_[0].astype(np.float32),
        gamma=np.float32(_GAMMA),
        intercept=np.float32(machine.intercept_[0]),
    )
    print(f"{MACHINE_FILE}: from {len(urgent)} urgent and {len(calm)} calm messages.")
    print(f"unseen: raised for {raised[labels].mean():.3f} of the urgent, {raised[~labels].mean():.3f} of the calm.")


if __name__ == "__main__":
    main()
