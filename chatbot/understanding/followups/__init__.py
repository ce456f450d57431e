"""Follow-up questions: what a message means after the messages before it.

- `resolve`: the door, `resolve(message, earlier)`, and the record that it returns.
- `question_types`: what a question wants to know, and what pages say for it.
- `yes_no`: questions that yes or no answers, and how "and massage?" goes on with one.
- `features`: what is looked at in a message and in the words before it.
- `phrases`: runs of words that belong together.
- `rarity`: how rare a word is in English.
- `learn`: makes `weights.json` again out of a set of questions with stand-alone rewrites.
"""

from chatbot.understanding.followups.question_types import question_types_of, words_of_pages
from chatbot.understanding.followups.resolve import ResolvedQuery, points_back, resolve

__all__ = ["ResolvedQuery", "points_back", "question_types_of", "resolve", "words_of_pages"]
