"""Whether a message describes an emergency that is going on now.

- `rules.toml`, `rules`: signs out of public guidance, in phrases that a doctor can read and change.
- `slips`: misspelled words of the signs.
- `examples/`, `likeness`: messages of which a small model has learned how an emergency sounds, for what
  no phrase foresees; `learn` makes its file again.
"""

from typing import Literal

from chatbot.urgent.likeness import likeness
from chatbot.urgent.rules import SUICIDE, asks_in_general, kind_by_rules
from chatbot.urgent.slips import without_slips

__all__ = [
    "NOT_AT_ALL",
    "POSSIBLE",
    "SUICIDE",
    "asks_in_general",
    "kind_by_rules",
    "kind_by_signs",
    "sounds_urgent",
    "urgent_kind",
]

POSSIBLE: Literal["possible emergency"] = "possible emergency"
"""The kind of a message that sounds like an emergency without a sign of the rules."""

NOT_AT_ALL = -1.2
"""The likeness from which down a message does not count as an emergency, whatever signs are in it.

None of the urgent examples with a sign is below it to a machine that has not learned from it.
"""


def emergency_notice(kind: str, texts: dict[str, dict[str, str]]) -> str:
    """Return the notice with which a reply to an emergency begins."""
    words = texts["urgent"]
    if kind == SUICIDE:
        return words["suicide"]
    return f"{words['notice']} {words['also_suicide']}" if kind == POSSIBLE else words["notice"]


def urgent_kind(message: str) -> str | None:
    """Return the kind of emergency that a message describes, or None."""
    return kind_by_signs(message) or (POSSIBLE if sounds_urgent(message) else None)


def kind_by_signs(message: str) -> str | None:
    """Return the kind of emergency by the signs in a message, or None where it sounds like anything else."""
    mended = without_slips(message)
    kind = kind_by_rules(mended)
    return kind if kind is not None and likeness(mended) > NOT_AT_ALL else None


def sounds_urgent(message: str) -> bool:
    """Whether a message sounds like an emergency, though no sign of the rules is in it."""
    return likeness(without_slips(message)) > 0
