"""Follow-up questions: what a message means after the messages before it.

- `resolve`: the door, `resolve(message, earlier)`.
- `features`: what is looked at in a message and in the words before it.
- `phrases`: runs of words that belong together.
- `rarity`: how rare a word is in English.
- `learn`: makes `weights.json` again out of a set of questions with stand-alone rewrites.
"""

from chatbot.followups.resolve import Resolved, points_back, resolve

__all__ = ["Resolved", "points_back", "resolve"]
