"""The conversation: the one way from a message to a reply, for every front."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from chatbot.errors import QuestionError
from chatbot.extracts import extract
from chatbot.reply import Citation, Reply
from chatbot.texts import Texts, load_texts
from chatbot.wording import answers_and_pages, quotation_as_markdown
from index.index import Index
from index.records import Hit, Query
from index.spread import doctor_key

MAX_DOCTORS = 5
MAX_MESSAGE_CHARS = 5000

_CANDIDATES = 30
"""Hits looked at to find `MAX_DOCTORS` different doctors."""
_NEAR_THE_BEST = 0.7
"""A hit is quoted if its score is at least this part of the best hit's."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the user, or one reply."""

    role: Literal["user", "assistant"]
    content: str


class Conversation:
    """One person's conversation. It knows its turns and nothing of other conversations."""

    def __init__(self, index: Index, history: Sequence[Turn] = (), *, language: str = "en") -> None:
        """Begin a conversation over `index`, or go on with one whose turns are `history`."""
        self._index = index
        self._texts = load_texts(language)
        self._turns = list(history)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far; a conversation that is begun with them goes on from here."""
        return tuple(self._turns)

    def ask(self, message: str) -> Reply:
        """Reply to a message, and remember both.

        Raises:
            QuestionError: the message is empty or longer than `MAX_MESSAGE_CHARS`.
        """
        self._check(message)
        reply = self._reply(self.understand(message))
        self._turns += [Turn("user", message), Turn("assistant", reply.text)]
        return reply

    def understand(self, message: str) -> str:
        """Return the stand-alone query that a message is searched with."""
        return " ".join(message.split())

    def _check(self, message: str) -> None:
        words = self._texts["question"]
        if not message.strip():
            raise QuestionError(words["empty"])
        if len(message) > MAX_MESSAGE_CHARS:
            raise QuestionError(words["too_long"].format(length=len(message), limit=MAX_MESSAGE_CHARS))

    def _reply(self, query: str) -> Reply:
        asked = self._index.query(query)
        hits = self._index.search(asked, _CANDIDATES)
        disclaimer = self._texts["disclaimer"]["text"]
        best = max((hit.parts.passage for hit in hits), default=-1.0)
        if best < self._index.manifest.abstain_below:
            return Reply(self._texts["reply"]["abstain"], query, (), disclaimer, abstained=True)
        citations = tuple(
            self._citation(number, hit, asked) for number, hit in enumerate(_different_doctors(hits), start=1)
        )
        return Reply(_text(citations, self._texts), query, citations, disclaimer)

    def _citation(self, number: int, hit: Hit, asked: Query) -> Citation:
        start, end = extract(hit.answer.text, self._index.score_sentences(asked, hit))
        return Citation(number, hit.thread, hit.answer, start, end, hit.score)


def _different_doctors(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each of the best doctors; no text twice."""
    chosen: dict[Hashable, Hit] = {}
    texts: set[str] = set()
    for hit in hits:
        close = hit.score >= hits[0].score * _NEAR_THE_BEST
        # An answer without a doctor's name counts as a doctor of its own.
        doctor = doctor_key(hit.answer.author) or hit.number
        if close and doctor not in chosen and hit.answer.text not in texts and len(chosen) < MAX_DOCTORS:
            chosen[doctor] = hit
            texts.add(hit.answer.text)
    return list(chosen.values())


def _text(citations: Sequence[Citation], texts: Texts) -> str:
    return "\n\n".join(
        [answers_and_pages(citations, texts), *(quotation_as_markdown(citation, texts) for citation in citations)]
    )
