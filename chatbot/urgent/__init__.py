"""Whether a message describes an emergency that is going on now.

- `rules.toml`, `rules`: signs out of public guidance, in phrases that a doctor can read and change.
- `examples/`, `likeness`: messages of which a small model has learned how an emergency sounds, for what
  no phrase foresees; `learn` makes its file again.
"""

from typing import Literal

from chatbot.urgent.likeness import likeness
from chatbot.urgent.rules import SUICIDE, asks_in_general, calmed, kind_by_rules

__all__ = ["POSSIBLE", "SUICIDE", "asks_in_general", "kind_by_rules", "sounds_urgent", "urgent_kind"]

POSSIBLE: Literal["possible emergency"] = "possible emergency"
"""The kind of a message that sounds like an emergency without a sign of the rules."""


def urgent_kind(message: str) -> str | None:
    """Return the kind of emergency that a message describes, or None."""
    return kind_by_rules(message) or (POSSIBLE if sounds_urgent(message) else None)


def sounds_urgent(message: str) -> bool:
    """Whether a message sounds like an emergency, though no sign of the rules is in it."""
    return not calmed(message) and likeness(message) > 0
