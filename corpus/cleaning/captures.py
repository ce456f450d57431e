"""Several captures of one page, and the same text on several pages: seen over a whole corpus.

It is read twice. The first time (`note`) only what tells duplicates is kept, some hundred bytes an
answer; the second time (`complete`) each page comes once, with what other captures of it add.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from operator import is_

from corpus.cleaning.near_duplicates import CopyFinder, said_hash
from corpus.ids import answer_id, thread_id
from corpus.records import Answer, Place, Problem, Source, Thread
from corpus.text.normalisation import normalised


@dataclass(slots=True)
class _More:
    """What other captures of a page add to its first one."""

    sources: list[Source] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


class Captures:
    """Knows the threads of a corpus, after `note` was called with all of them in their order."""

    def __init__(self) -> None:
        self._first_by_id: dict[str, int] = {}
        self._first_by_question: dict[int, int] = {}
        self._questions: array[int] = array("q")
        self._said = array("Q")  # of every answer, in the order of the first reading
        self._texts: set[int] = set()
        self._more: dict[int, _More] = {}
        self._repeated: set[int] = set()
        self._copies = CopyFinder()
        self._noted_ids: list[str] = []
        self._originals: dict[str, str] = {}
        self._given_threads: set[str] = set()
        self._given_answers: set[str] = set()
        self._at = 0
        self._said_at = 0

    @property
    def repeated(self) -> int:
        """How many threads were other captures of pages that had come before."""
        return len(self._repeated)

    @property
    def copies(self) -> int:
        """How many answers repeat the text of another one."""
        return len(self._originals)

    def note(self, thread: Thread) -> None:
        """Take notice of the next thread, on the first reading."""
        number = len(self._questions)
        question = hash((normalised(thread.title).casefold(), normalised(thread.question or "").casefold()))
        self._questions.append(question)
        texts = [normalised(answer.text) for answer in thread.answers]
        said = [said_hash(text, _name(answer)) for text, answer in zip(texts, thread.answers, strict=True)]
        self._said.extend(said)
        first = self._page_of(thread, question, said)
        page = number if first is None else first
        if first is None:
            self._first_by_id.setdefault(thread.id, number)
            self._first_by_question.setdefault(question, number)
        else:
            self._repeated.add(number)
            self._more.setdefault(page, _More()).sources.append(Source(thread.source, thread.url))
        for answer, text, said_by in zip(thread.answers, texts, said, strict=True):
            key = hash((page, said_by))
            if first is not None and key in self._texts:
                continue
            self._texts.add(key)
            self._copies.add(text, _name(answer), said_by)
            self._noted_ids.append(answer.id)
            if first is not None:
                self._more[page].answers.append(answer)

    def seen_all(self) -> None:
        """End the first reading."""
        originals = self._copies.originals()
        self._originals = {self._noted_ids[copy]: self._noted_ids[first] for copy, first in originals.items()}
        self._originals = {copy: first for copy, first in self._originals.items() if copy != first}

    def complete(self, thread: Thread) -> Iterator[Thread | Problem]:
        """Give the next thread as it is to be, on the second reading; nothing, if it came before."""
        number = self._at
        self._at += 1
        said = self._said[self._said_at : self._said_at + len(thread.answers)]
        self._said_at += len(thread.answers)
        if number in self._repeated:
            return
        more = self._more.get(number, _More())
        identity = thread.id
        if identity in self._given_threads:
            made = thread_id(url=thread.url, title=thread.title, question=thread.question)
            identity = _unused(made, self._given_threads)
            message = f'the id "{thread.id}" is that of another thread: this one gets {identity}'
            yield _problem(thread.answers[0], message)
        self._given_threads.add(identity)
        answers: list[Answer] = []
        texts: set[int] = set()
        said.extend(said_hash(normalised(answer.text), _name(answer)) for answer in more.answers)
        for answer, said_by in zip([*thread.answers, *more.answers], said, strict=True):
            same = hash((said_by, _name(answer)))
            if same in texts:
                yield _problem(answer, "an answer stands twice in this thread: kept once")
                continue
            texts.add(same)
            answers.append(self._finished(answer, identity, position=len(answers) + 1))
        unchanged = len(answers) == len(thread.answers) and all(map(is_, answers, thread.answers))
        if unchanged and not more.sources and identity == thread.id:
            yield thread
            return
        own = Source(thread.source, thread.url)
        others = dict.fromkeys([*thread.also_in, *(source for source in more.sources if source != own)])
        yield replace(thread, id=identity, answers=tuple(answers), also_in=tuple(others))

    def _page_of(self, thread: Thread, question: int, said: list[int]) -> int | None:
        """Return the number of the first capture of the same page, or None if this is the first.

        It has the same id and asks the same; or it stands elsewhere, asks the same and has an answer
        in common.
        """
        by_id = self._first_by_id.get(thread.id)
        if by_id is not None and self._questions[by_id] == question:
            return by_id
        by_question = self._first_by_question.get(question)
        if by_question is not None and any(hash((by_question, each)) in self._texts for each in said):
            return by_question
        return None

    def _finished(self, answer: Answer, thread: str, *, position: int) -> Answer:
        identity = answer.id
        if identity in self._given_answers:
            name = answer.author.name if answer.author else None
            made = answer_id(thread=thread, name=name, title=answer.title, text=answer.text)
            identity = _unused(made, self._given_answers)
        self._given_answers.add(identity)
        copy_of = answer.copy_of or self._originals.get(answer.id)
        copy_of = copy_of if copy_of != identity else None
        if (identity, position, copy_of) == (answer.id, answer.position, answer.copy_of):
            return answer
        return replace(answer, id=identity, position=position, copy_of=copy_of)


def _unused(identity: str, used: set[str]) -> str:
    """Return the id, with a number behind it if it is used already."""
    found, n = identity, 1
    while found in used:
        n += 1
        found = f"{identity}-{n}"
    return found


def _name(answer: Answer) -> str | None:
    return answer.author.name if answer.author else None


def _problem(answer: Answer, message: str) -> Problem:
    place = answer.place or Place(answer.id)
    return Problem(place.file, message, place.line, skipped=False)
