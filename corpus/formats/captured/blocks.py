"""A captured page as blocks: runs of lines between blank ones, author lines parted from the text.

Lines that are no words of anybody (buttons, votes, dates) are taken out first; what votes and dates
say is kept with the line that they stood at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.cleaning.asker import is_asker_label, is_asker_name
from corpus.formats.captured.lines import (
    NameLine,
    RatingLine,
    SpecialtyLine,
    helpful_votes,
    is_boilerplate,
    name_line,
    rating_line,
    specialty_line,
)
from corpus.formats.dates import date_line
from corpus.records import Doctor

_MAX_LABEL_CHARS = 160
"""A longer line is text, whatever it begins with."""

AuthorLine = NameLine | SpecialtyLine | RatingLine


@dataclass(frozen=True, slots=True)
class Author:
    """What author lines say; `line` is the number of the first, from 1."""

    doctor: Doctor
    certain_name: bool
    line: int
    byline: bool = False

    @property
    def sure(self) -> bool:
        """Whether these lines can be nothing else than an author's."""
        d = self.doctor
        known = d.rating is not None or d.reviews is not None or (d.name and (d.credentials or d.specialty))
        return self.byline or bool(known)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without a blank line between them; `line` is the number of the first, from 1."""

    line: int
    lines: tuple[str, ...]
    author: Author | None = None

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines).strip()


@dataclass(frozen=True, slots=True)
class Notes:
    """What the lines that were taken out say: line number to votes, and to a date in ISO 8601."""

    votes: dict[int, int] = field(default_factory=dict)
    dates: dict[int, str] = field(default_factory=dict)


def blocks_of(text: str) -> tuple[list[Block], Notes]:
    """Part a page at its blank lines, and author lines from the text that they touch."""
    notes = Notes()
    lines = [(number, line.rstrip()) for number, line in enumerate(text.split("\n"), start=1)]
    kept = [(number, "" if _take_note(line, number, notes) else line) for number, line in lines]
    if not any(not line for _, line in lines[:-1]) and len(lines) > _LINES_OF_A_PAGE:
        # A capture without blank lines: each line is a paragraph of its own.
        kept = [pair for number, line in kept for pair in ((number, line), (number, ""))]
    found: list[Block] = []
    run: list[str] = []
    start = 1
    for number, line in [*kept, (len(lines) + 1, "")]:
        if line.strip():
            if not run:
                start = number
            run.append(line)
        elif run:
            found.extend(_split_author_lines(Block(start, tuple(run))))
            run = []
    return _join_author_blocks(found), notes


_LINES_OF_A_PAGE = 4


def _take_note(line: str, number: int, notes: Notes) -> bool:
    """Whether a line is nobody's words; what it says is noted."""
    if not line or len(line) > _MAX_LABEL_CHARS:
        return False
    votes = helpful_votes(line)
    if votes is not None:
        notes.votes[number] = votes
        return True
    day = date_line(line)
    if day is not None:
        notes.dates[number] = day
        return True
    return is_boilerplate(line)


def _split_author_lines(block: Block) -> list[Block]:
    """Split a block into runs of author lines and runs of other lines."""
    kinds = [_author_line(line) for line in block.lines]
    parts: list[Block] = []
    at = 0
    while at < len(kinds):
        end = at + 1
        while end < len(kinds) and (kinds[end] is None) == (kinds[at] is None):
            end += 1
        author = _author([kind for kind in kinds[at:end] if kind is not None], line=block.line + at)
        # A lone "Botox Effects" has the shape of a name: only company shows that it is one.
        if author is not None and not (author.sure or author.certain_name or len(block.lines) == 1):
            author = None
        part = Block(block.line + at, block.lines[at:end], author)
        if parts and parts[-1].author is None and part.author is None:
            part = Block(parts[-1].line, parts.pop().lines + part.lines)
        parts.append(part)
        at = end
    return parts


def _author_line(line: str) -> AuthorLine | None:
    if len(line) > _MAX_LABEL_CHARS:
        return None
    return rating_line(line) or specialty_line(line) or name_line(line)


def _author(lines: Sequence[AuthorLine], *, line: int) -> Author | None:
    """Put author lines together, or give None where they contradict each other."""
    author = Author(Doctor(), certain_name=False, line=line)
    for found in lines:
        d = author.doctor
        match found:
            case NameLine() if d.name is None and d.specialty is None and d.rating is None:
                doctor = replace(d, name=found.name, credentials=found.credentials)
                author = replace(author, doctor=doctor, certain_name=found.certain, byline=found.byline)
            case SpecialtyLine() if d.specialty is None and d.rating is None:
                author = replace(author, doctor=replace(d, specialty=found.specialty, location=found.location))
            case RatingLine() if d.rating is None and d.reviews is None:
                author = replace(author, doctor=replace(d, rating=found.rating, reviews=found.reviews))
            case RatingLine(rating=None) if d.reviews is None:
                author = replace(author, doctor=replace(d, reviews=found.reviews))
            case _:
                return None
    return author if lines else None


def _join_author_blocks(blocks: list[Block]) -> list[Block]:
    """Join author lines that a capture has parted by blank lines: a name, then a specialty, then stars."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        both = before and before.author and block.author and _merged(before.author, block.author)
        if before and both:
            joined[-1] = Block(before.line, before.lines + block.lines, both)
        else:
            joined.append(block)
    # A name's shape without anything beside it is a title until something says otherwise.
    return [
        block if block.author is None or block.author.sure or block.author.certain_name else replace(block, author=None)
        for block in joined
    ]


def _merged(first: Author, second: Author) -> Author | None:
    a, b = first.doctor, second.doctor
    if b.name is not None or (a.specialty and b.specialty) or a.rating is not None or a.reviews is not None:
        return None
    if a.name and not first.certain_name and not b.specialty:
        return None
    doctor = Doctor(a.name, a.credentials, a.specialty or b.specialty, a.location or b.location, b.rating, b.reviews)
    return replace(first, doctor=doctor)


def split_asker_blocks(blocks: list[Block], *, has_head: bool) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a page without those that the asker wrote below the question, and these, each an answer.

    Args:
        has_head: whether the question stood before these blocks; otherwise the first of them are it.
    """
    kept: list[Block] = []
    taken: list[Block] = []
    waiting = [part for block in blocks for part in _split_at_labels(block)][::-1]
    closed_by_author = has_head and bool(blocks) and blocks[0].author is None
    while waiting:
        block = waiting.pop()
        alone = len(block.lines) == 1 and is_asker_name(block.text)
        if not (kept or has_head) or not (alone or (block.author is None and is_asker_label(block.text))):
            kept.append(block)
        elif alone and closed_by_author and kept and kept[-1].author is None and not block.text.endswith(":"):
            above = kept.pop()
            taken.append(Block(above.line, (*block.lines, *above.lines)))
        elif (alone or (len(block.lines) == 1 and block.text.endswith(":"))) and waiting and not waiting[-1].author:
            taken.append(Block(block.line, (*block.lines, *waiting.pop().lines)))
        else:
            taken.append(Block(block.line, block.lines))
    return kept, taken


def _split_at_labels(block: Block) -> Iterator[Block]:
    """Give a block in parts, so that no label stands within one."""
    starts = [0, *(n for n, line in enumerate(block.lines) if n and block.author is None and is_asker_label(line))]
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        yield Block(block.line + start, block.lines[start:end], block.author)
