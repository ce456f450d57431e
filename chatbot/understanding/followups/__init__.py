"""Follow-up questions: what a message means after the messages before it.

- `resolve`: the door, `resolve(message, earlier)`.
- `question_types`: what a question wants to know, and the query expansion with what pages say for it.
- `yes_no`: questions that yes or no answers, and elliptical ones ("and massage?") that go on with one.
- `features`: the features of a message and of the terms before it.
- `learn`: makes `weights.json` again out of a set of questions with stand-alone rewrites.
"""

from chatbot.understanding.followups.question_types import query_expansion, question_types_of
from chatbot.understanding.followups.resolve import ResolvedQuery, has_anaphor, resolve

__all__ = ["ResolvedQuery", "has_anaphor", "query_expansion", "question_types_of", "resolve"]
