"""Deduplication of a whole corpus: several captures of one page become one thread, repeated texts are linked.

It takes two passes over the same threads in the same order, so that not all of them are held in memory. The first
(`add`) keeps a few numbers of each answer, some 300 bytes; the second (`merged`) gives each page once, with what its
other captures add.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import is_

from corpus.cleaning.near_duplicates import NearDuplicates, text_hash
from corpus.ids import answer_id, thread_id
from corpus.records import Answer, Place, Problem, Source, Thread
from corpus.text.normalisation import normalised


@dataclass(slots=True)
class _Additions:
    """What other captures of a page add to its first one; `numbers` are those of the answers in the first pass."""

    sources: list[Source] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


class Deduplicator:
    """Merges the threads of a corpus: `add` all of them, then `link_duplicates`, then `merged` for each in order.

    Answers are counted from 0 in the order in which they are added, those left out that an earlier capture of the
    page has; what is known of an answer is kept by that number, for ids may be unique only within a thread.
    """

    def __init__(self) -> None:
        self._first_by_id: dict[str, int] = {}
        self._first_by_question: dict[int, int] = {}
        self._questions: array[int] = array("q")
        self._text_hashes = array("Q")  # of every answer of every thread
        self._first_number = array("Q")  # of each thread: the number of its first answer
        self._answer_count = 0
        self._answers_of_pages: set[int] = set()
        self._additions: dict[int, _Additions] = {}
        self._repeated: set[int] = set()
        self._near_duplicates = NearDuplicates()
        self._originals: dict[int, int] = {}
        self._original_ids: dict[int, str | None] = {}
        self._used_threads: set[str] = set()
        self._used_answers: set[str] = set()
        self._at = 0
        self._hashes_at = 0

    @property
    def repeated(self) -> int:
        """How many threads were other captures of pages that had come before."""
        return len(self._repeated)

    def add(self, thread: Thread) -> None:
        """Add the next thread, in the first pass."""
        number = len(self._questions)
        question = hash((normalised(thread.title).casefold(), normalised(thread.question or "").casefold()))
        self._questions.append(question)
        self._first_number.append(self._answer_count)
        texts = [normalised(answer.text) for answer in thread.answers]
        hashes = [text_hash(text, _name(answer)) for text, answer in zip(texts, thread.answers, strict=True)]
        self._text_hashes.extend(hashes)
        first = self._first_capture(thread, question, hashes)
        page = number if first is None else first
        if first is None:
            self._first_by_id.setdefault(thread.id, number)
            self._first_by_question.setdefault(question, number)
        else:
            self._repeated.add(number)
            self._additions.setdefault(page, _Additions()).sources.append(Source(thread.source, thread.url))
        for answer, text, hashed in zip(thread.answers, texts, hashes, strict=True):
            key = hash((page, hashed))
            if first is not None and key in self._answers_of_pages:
                continue
            self._answers_of_pages.add(key)
            self._near_duplicates.add(text, _name(answer), hashed)
            if first is not None:
                self._additions[page].answers.append(answer)
                self._additions[page].numbers.append(self._answer_count)
            self._answer_count += 1

    def link_duplicates(self) -> None:
        """End the first pass: find which answers repeat others."""
        page_of = {number: page for page, more in self._additions.items() for number in more.numbers}

        def place(number: int) -> tuple[int, int]:
            """Return where an answer comes in the second pass: an addition comes with the page's first capture."""
            return page_of.get(number, bisect_right(self._first_number, number) - 1), number

        buckets: dict[int, list[int]] = {}
        for copy, original in self._near_duplicates.originals().items():
            buckets.setdefault(original, [original]).append(copy)
        for bucket in buckets.values():
            first = min(bucket, key=place)
            self._originals.update({number: first for number in bucket if number != first})
            self._original_ids[first] = None

    def merged(self, thread: Thread) -> Iterator[Thread | Problem]:
        """Give the next thread with all that its captures say, in the second pass; nothing if it came before."""
        number = self._at
        self._at += 1
        hashes = self._text_hashes[self._hashes_at : self._hashes_at + len(thread.answers)]
        self._hashes_at += len(thread.answers)
        if number in self._repeated:
            return
        additions = self._additions.get(number, _Additions())
        identity = thread.id
        if identity in self._used_threads:
            made = thread_id(url=thread.url, title=thread.title, question=thread.question)
            identity = _unused(made, self._used_threads)
            message = f'the id "{thread.id}" is that of another thread: this one gets {identity}'
            yield _problem(thread.answers[0], message)
        self._used_threads.add(identity)
        kept: list[tuple[int, Answer]] = []
        distinct: set[int] = set()
        first_number = self._first_number[number]
        numbers = [*range(first_number, first_number + len(thread.answers)), *additions.numbers]
        hashes.extend(text_hash(normalised(answer.text), _name(answer)) for answer in additions.answers)
        for at, answer, hashed in zip(numbers, [*thread.answers, *additions.answers], hashes, strict=True):
            key = hash((hashed, _name(answer)))
            if key in distinct:
                yield _problem(answer, "an answer stands twice in this thread: kept once")
                continue
            distinct.add(key)
            kept.append((at, answer))
        answers = self._with_ids(kept, identity)
        unchanged = len(answers) == len(thread.answers) and all(map(is_, answers, thread.answers))
        if unchanged and not additions.sources and identity == thread.id:
            yield thread
            return
        own = Source(thread.source, thread.url)
        others = dict.fromkeys([*thread.also_in, *(source for source in additions.sources if source != own)])
        yield replace(thread, id=identity, answers=tuple(answers), also_in=tuple(others))

    def _first_capture(self, thread: Thread, question: int, hashes: list[int]) -> int | None:
        """Return the number of the first capture of the same page, or None if this is the first.

        It has the same id and asks the same; or it stands elsewhere, asks the same and has an answer
        in common.
        """
        by_id = self._first_by_id.get(thread.id)
        if by_id is not None and self._questions[by_id] == question:
            return by_id
        by_question = self._first_by_question.get(question)
        if by_question is not None and any(hash((by_question, each)) in self._answers_of_pages for each in hashes):
            return by_question
        return None

    def _with_ids(self, numbered: Sequence[tuple[int, Answer]], thread: str) -> list[Answer]:
        """Return the answers of a thread with ids that no other answer has, their positions, and what they repeat."""
        ids = [self._unused_id(answer, thread) for _, answer in numbered]
        for (number, _), identity in zip(numbered, ids, strict=True):
            if number in self._original_ids:
                self._original_ids[number] = identity
        renamed = {answer.id: identity for (_, answer), identity in zip(reversed(numbered), reversed(ids), strict=True)}
        found = []
        for position, ((number, answer), identity) in enumerate(zip(numbered, ids, strict=True), start=1):
            copy_of = answer.copy_of
            if copy_of is None:
                copy_of = self._original_ids.get(self._originals.get(number, -1))
            elif copy_of != answer.id:
                copy_of = renamed.get(copy_of, copy_of)  # a record's id names an answer of its own thread first
            copy_of = copy_of if copy_of != identity else None
            unchanged = (identity, position, copy_of) == (answer.id, answer.position, answer.copy_of)
            found.append(answer if unchanged else replace(answer, id=identity, position=position, copy_of=copy_of))
        return found

    def _unused_id(self, answer: Answer, thread: str) -> str:
        identity = answer.id
        if identity in self._used_answers:
            made = answer_id(thread=thread, name=_name(answer), title=answer.title, text=answer.text)
            identity = _unused(made, self._used_answers)
        self._used_answers.add(identity)
        return identity


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
