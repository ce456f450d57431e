"""Facts of the person: what the user's messages say of whom they are about, remembered for the conversation.

- `facts`: a fact, and the words of `person.toml`, which a doctor can read and change.
- `rules`: the facts that one message states or takes back; `ages`: the ages in it; `whom`: of whom each is.
- `memory`: what is remembered after some turns, and which message only takes facts back.

Nothing is stored here: what is remembered is found again in the turns each time.
"""

from chatbot.understanding.person.facts import Fact
from chatbot.understanding.person.memory import of_those_asked_for, only_takes_back, remembered, remembered_along

__all__ = ["Fact", "of_those_asked_for", "only_takes_back", "remembered", "remembered_along"]
