"""Plain-text captures of a page to a thread, by the page's layout alone.

A page is a run of blocks separated by blank lines:

    title
    the patient's question
    "Doctor Answers 9"              on some pages
    an answer's title               on some pages
    the answer, one block a paragraph
    name, specialty, stars          on some pages, after the answer, before it or below its title
    ...
    the site's disclaimer           on some pages

Where author lines stand, they part the answers. Where none do, the answers' titles part them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.ids import answer_id, thread_id
from corpus.page_lines import (
    NameLine,
    RatingLine,
    SpecialtyLine,
    answer_count,
    is_disclaimer,
    name_line,
    rating_line,
    specialty_line,
)
from corpus.records import MAX_STARS, Answer, Doctor, Problem, Thread

_MAX_TITLE_CHARS = 110
_MAX_TITLE_WORDS = 16
_ELLIPSIS = ("...", "…")
_SENTENCE_END = (".", ",", ";", ":")
_CLOSING = "\"'”’)»]"
_SENTENCE_INSIDE = re.compile(r"[a-z]{3}[.!]\s+[A-Z]")
_GREETING = re.compile(r"(?:hi|hello|hey|dear|good (?:morning|day|evening)|greetings)\b.{0,40}", re.IGNORECASE)
_FAREWELL = re.compile(
    r"(?:(?:best|good) (?:of )?luck|best(?: wishes| regards)?|(?:kind |warm )?regards|sincerely(?: yours)?"
    r"|thanks?(?: you)?|take care|be well|hope (?:this|that) helps|yours truly|cheers)\b.{0,40}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Author:
    """What author lines say; `line` is the number of the first, from 1."""

    doctor: Doctor
    certain_name: bool
    line: int

    @property
    def sure(self) -> bool:
        """Whether these lines can be nothing else than an author's."""
        d = self.doctor
        return bool(d.rating is not None or d.reviews is not None or (d.name and (d.credentials or d.specialty)))


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines without a blank line between them; `line` is the number of the first, from 1."""

    line: int
    lines: tuple[str, ...]
    author: _Author | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(frozen=True, slots=True)
class _Segment:
    """The blocks of one answer, and its author lines if it has any."""

    blocks: tuple[_Block, ...]
    author: _Author | None = None


def read_text_page(text: str, *, file: str, source: str | None = None) -> Iterator[Thread | Problem]:
    """Read a captured page.

    Args:
        text: the page, lines separated by newlines.
        file: what to call the page in problems.
        source: recorded as the thread's source.

    Yields:
        One `Thread`, with a `Problem` for each doubt about it; or a single `Problem` where the
        text is no page of answers.
    """
    blocks = _blocks(text)
    if not blocks:
        yield Problem(file, "the file is empty: nothing to read")
        return
    title, blocks = _take_title(blocks)
    declared, head, blocks = _split_at_count(blocks)
    blocks, disclaimer = _take_disclaimer(blocks)
    question, segments = _question_and_answers(head, blocks, title=title, declared=declared)
    if not segments or not _is_answer_page(title, question, segments, declared):
        yield Problem(
            file, "no answers found: expected a title, a question and then answers with titles or author lines"
        )
        return

    identity = thread_id(url=None, title=title, question=question)
    answers: list[Answer] = []
    for segment in segments:
        answer, doubts = _answer(segment, thread=identity, position=len(answers) + 1)
        answers.append(answer)
        yield from (Problem(file, doubt, segment.author.line if segment.author else None) for doubt in doubts)
    if declared is not None and declared != len(answers):
        yield Problem(file, f"the page says that it has {declared} answers, {len(answers)} were found")
    yield Thread(
        id=identity, title=title, question=question, source=source, disclaimer=disclaimer, answers=tuple(answers)
    )


# -- from lines to blocks --------------------------------------------------------------------


def _blocks(text: str) -> list[_Block]:
    """Part the text at blank lines, and author lines from the text that they touch."""
    found: list[_Block] = []
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            if not lines:
                start = number
            lines.append(line.rstrip())
        elif lines:
            found.extend(_part_author_lines(_Block(start, tuple(lines))))
            lines = []
    return _join_author_blocks(found)


def _part_author_lines(block: _Block) -> list[_Block]:
    """Split a block into runs of author lines and runs of other lines."""
    kinds = [_author_line(line) for line in block.lines]
    parts: list[_Block] = []
    at = 0
    while at < len(kinds):
        end = at + 1
        run = kinds[at]
        while end < len(kinds) and (kinds[end] is None) == (run is None):
            end += 1
        author = _author([kind for kind in kinds[at:end] if kind is not None], line=block.line + at)
        part = _Block(block.line + at, block.lines[at:end], author)
        # A lone "Botox Effects" has the shape of a name: only company shows that it is one.
        whole = author is not None and (author.sure or author.certain_name or len(block.lines) == 1)
        if author is not None and not whole:
            part = replace(part, author=None)
        if parts and parts[-1].author is None and part.author is None:
            part = _Block(parts[-1].line, parts[-1].lines + part.lines)
            parts.pop()
        parts.append(part)
        at = end
    return parts


def _author_line(line: str) -> NameLine | SpecialtyLine | RatingLine | None:
    return rating_line(line) or specialty_line(line) or name_line(line)


def _author(lines: Sequence[NameLine | SpecialtyLine | RatingLine], *, line: int) -> _Author | None:
    """Put author lines together, or give None where they contradict each other."""
    doctor = Doctor()
    certain = False
    for found in lines:
        match found:
            case NameLine() if doctor.name is None and doctor.specialty is None and doctor.rating is None:
                doctor = replace(doctor, name=found.name, credentials=found.credentials)
                certain = found.certain
            case SpecialtyLine() if doctor.specialty is None and doctor.rating is None:
                doctor = replace(doctor, specialty=found.specialty, location=found.location)
            case RatingLine() if doctor.rating is None and doctor.reviews is None:
                doctor = replace(doctor, rating=found.rating, reviews=found.reviews)
            case RatingLine(rating=None) if doctor.reviews is None:
                doctor = replace(doctor, reviews=found.reviews)
            case _:
                return None
    return _Author(doctor, certain, line) if lines else None


def _join_author_blocks(blocks: list[_Block]) -> list[_Block]:
    """Join author lines that a capture has parted by blank lines: a name, then a specialty, then stars."""
    joined: list[_Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        both = before and before.author and block.author and _merged(before.author, block.author)
        if before and both:
            joined[-1] = _Block(before.line, before.lines + block.lines, both)
        else:
            joined.append(block)
    # A name's shape without anything beside it is a title until something says otherwise.
    return [
        b if b.author is None or b.author.sure or b.author.certain_name else replace(b, author=None) for b in joined
    ]


def _merged(first: _Author, second: _Author) -> _Author | None:
    a, b = first.doctor, second.doctor
    if b.name is not None or (a.specialty and b.specialty) or (a.rating is not None) or (a.reviews is not None):
        return None
    if a.name and not first.certain_name and not b.specialty:
        return None
    doctor = Doctor(a.name, a.credentials, a.specialty or b.specialty, a.location or b.location, b.rating, b.reviews)
    return _Author(doctor, first.certain_name, first.line)


# -- from blocks to the parts of the page ----------------------------------------------------


def _take_title(blocks: list[_Block]) -> tuple[str, list[_Block]]:
    first = blocks[0]
    rest = [_Block(first.line + 1, first.lines[1:])] if len(first.lines) > 1 else []
    return first.lines[0].strip(), rest + blocks[1:]


def _split_at_count(blocks: list[_Block]) -> tuple[int | None, list[_Block], list[_Block]]:
    """Split at "Doctor Answers 9": what stands before it can't be an answer."""
    for at, block in enumerate(blocks):
        for n, line in enumerate(block.lines):
            count = answer_count(line)
            if count is None:
                continue
            before = [_Block(block.line, block.lines[:n])] if n else []
            after = [_Block(block.line + n + 1, block.lines[n + 1 :])] if n + 1 < len(block.lines) else []
            return count, blocks[:at] + before, after + blocks[at + 1 :]
    return None, [], blocks


def _take_disclaimer(blocks: list[_Block]) -> tuple[list[_Block], str | None]:
    end = len(blocks)
    while end > 1 and blocks[end - 1].author is None and is_disclaimer(blocks[end - 1].text):
        end -= 1
    taken = [block.text for block in blocks[end:]]
    return blocks[:end], "\n\n".join(taken) or None


def _question_and_answers(
    head: list[_Block], blocks: list[_Block], *, title: str, declared: int | None
) -> tuple[str | None, list[_Segment]]:
    if declared is None:
        question_end = _end_of_question(blocks)
        head, blocks = blocks[:question_end], blocks[question_end:]
    question = "\n\n".join(block.text for block in head) or None
    if any(block.author and block.author.sure for block in blocks):
        segments = _segments_by_author(blocks)
    else:
        segments = _segments_by_title(blocks, title=title)
    return question, [segment for segment in segments if segment.blocks]


def _end_of_question(blocks: list[_Block]) -> int:
    """Where the answers begin, on a page that does not say how many there are.

    The first block is the question. Its paragraphs go on until a title or an author.
    """
    for at, block in enumerate(blocks):
        if block.author is not None and block.author.sure:
            return at
        if at and _is_title(block):
            return at
    return len(blocks)


def _segments_by_author(blocks: list[_Block]) -> list[_Segment]:
    blocks = _signatures_as_text(blocks)
    places = [at for at, block in enumerate(blocks) if block.author is not None]
    tail = blocks[places[-1] + 1 :]
    if not tail or places[0] > 1 or (places[0] == 1 and not _is_title(blocks[0])):
        return _segments_closed_by_author(blocks)
    below_title = places[0] == 1
    starts = [at - 1 if below_title and at and _is_title(blocks[at - 1]) else at for at in places]
    ends = [*starts[1:], len(blocks)]
    return [
        _Segment(tuple(b for b in blocks[start:end] if b.author is None), blocks[place].author)
        for start, place, end in zip(starts, places, ends, strict=True)
    ]


def _segments_closed_by_author(blocks: list[_Block]) -> list[_Segment]:
    segments: list[_Segment] = []
    open_blocks: list[_Block] = []
    for block in blocks:
        if block.author is None:
            open_blocks.append(block)
        else:
            segments.append(_Segment(tuple(open_blocks), block.author))
            open_blocks = []
    return [*segments, _Segment(tuple(open_blocks))]


def _signatures_as_text(blocks: list[_Block]) -> list[_Block]:
    """On a page with author lines, a lone "Dr. Roe" under an answer is how the doctor signed it."""
    kept: list[_Block] = []
    for at, block in enumerate(blocks):
        following = blocks[at + 1].author if at + 1 < len(blocks) else None
        signature = block.author is not None and (not block.author.sure or (following is not None and at > 0))
        kept.append(replace(block, author=None) if signature else block)
    return kept


def _segments_by_title(blocks: list[_Block], *, title: str) -> list[_Segment]:
    """Begin an answer at each title: a title-like block with a block of text below it."""
    starts: list[int] = []
    for at, block in enumerate(blocks[:-1]):
        if not _is_title(block):
            continue
        # Of several short lines in a row the last is the title: "Dr. Roe", then the next title.
        if not _is_title(blocks[at + 1]) or _alike(blocks[at + 1], title) < _alike(block, title):
            starts.append(at)
    if not starts:
        return []
    ends = [*starts[1:], len(blocks)]
    return [_signed(_Segment(tuple(blocks[start:end]))) for start, end in zip(starts, ends, strict=True)]


def _signed(segment: _Segment) -> _Segment:
    """Take the author from the signature, which stays in the text: the doctor wrote it."""
    last = segment.blocks[-1]
    name = name_line(last.lines[-1])
    if len(segment.blocks) < 2 or name is None or not name.certain or len(name.name.rstrip(".").split()[-1]) < 3:
        return segment
    signer = Doctor(name=name.name, credentials=name.credentials)
    return replace(segment, author=_Author(signer, certain_name=True, line=last.line))


def _is_title(block: _Block) -> bool:
    """Whether a block has the shape of a title: one short line that is no sentence, greeting or name."""
    text = block.text
    if len(block.lines) != 1 or len(text) > _MAX_TITLE_CHARS or len(text.split()) > _MAX_TITLE_WORDS:
        return False
    if block.author is not None or _GREETING.fullmatch(text) or _FAREWELL.fullmatch(text):
        return False
    end = text.rstrip(_CLOSING)
    return end.endswith(_ELLIPSIS) or not (end.endswith(_SENTENCE_END) or _SENTENCE_INSIDE.search(text))


def _alike(block: _Block, title: str) -> float:
    """How many of a block's words stand in the page's title, 0 to 1."""
    words = set(re.findall(r"\w{4,}", block.text.lower()))
    return len(words & set(re.findall(r"\w{4,}", title.lower()))) / len(words) if words else 0.0


def _is_answer_page(title: str, question: str | None, segments: list[_Segment], declared: int | None) -> bool:
    """Whether there is any sign, beside the shape, that this is a question with answers."""
    asked = "?" in title or "?" in (question or "")
    return declared is not None or asked or any(segment.author and segment.author.sure for segment in segments)


# -- from a segment to an answer -------------------------------------------------------------


def _answer(segment: _Segment, *, thread: str, position: int) -> tuple[Answer, list[str]]:
    blocks = segment.blocks
    titled = len(blocks) > 1 and _is_title(blocks[0])
    title = blocks[0].text if titled else None
    text = "\n\n".join(block.text for block in (blocks[1:] if titled else blocks))
    doubts: list[str] = []
    author = segment.author.doctor if segment.author else None
    if author and author.rating is not None and not 0 <= author.rating <= MAX_STARS:
        doubts.append(f"{author.rating:g} stars of {MAX_STARS:g} can't be: the rating is left out")
        author = replace(author, rating=None)
    identity = answer_id(thread=thread, name=author.name if author else None, title=title, text=text)
    return Answer(id=identity, position=position, title=title, text=text, author=author), doubts
