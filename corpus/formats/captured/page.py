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
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.cleaning.asker import asker_named, mark_asker
from corpus.formats.captured.blocks import Author, Block, Notes, blocks_of, split_asker_blocks
from corpus.formats.captured.lines import answer_count, is_disclaimer, name_line
from corpus.ids import answer_id, thread_id
from corpus.records import MAX_STARS, Answer, Doctor, Place, Problem, Thread

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
class _Segment:
    """The blocks of one answer, and its author lines if it has any."""

    blocks: tuple[Block, ...]
    author: Author | None = None

    @property
    def line(self) -> int:
        """The number of its first line."""
        first = self.blocks[0].line
        return min(first, self.author.line) if self.author else first


def read_text_page(
    text: str, *, file: str, source: str | None = None, url: str | None = None, has_lines: bool = True
) -> Iterator[Thread | Problem]:
    """Read a captured page.

    Args:
        text: the page, lines separated by newlines.
        file: what to call the page in problems.
        source: recorded as the thread's source.
        url: the page's address, if it is known.
        has_lines: whether the lines of `text` are those of the file, so that problems can name them.

    Yields:
        One `Thread`, after a `Problem` for each doubt about it; or a single `Problem` where the
        text is no page of answers.
    """
    blocks, notes = blocks_of(text)
    if not blocks:
        yield Problem(file, "the file is empty: nothing to read")
        return
    title, blocks = _take_title(blocks)
    declared, head, blocks = _split_at_count(blocks)
    blocks, disclaimer = _take_disclaimer(blocks)
    blocks, by_asker = split_asker_blocks(blocks, has_head=declared is not None)
    question, segments = _question_and_answers(head, blocks, title=title, declared=declared)
    segments = sorted([*segments, *map(_alone, by_asker)], key=lambda segment: segment.line) if segments else []
    if not segments or not _is_answer_page(title, question, segments, declared):
        expected = "expected a title, a question and then answers with titles or author lines"
        yield Problem(file, f"no answers found: {expected}")
        return

    identity = thread_id(url=url, title=title, question=question)
    answers: list[Answer] = []
    ends = [*(segment.line for segment in segments[1:]), len(text)]
    for segment, end in zip(segments, ends, strict=True):
        answer, doubts = _answer(segment, thread=identity, position=len(answers) + 1)
        line = segment.line if has_lines else None
        answers.append(replace(_noted(answer, notes, segment.line, end), place=Place(file, line)))
        at = segment.author.line if segment.author and has_lines else line
        yield from (Problem(file, doubt, at) for doubt in doubts)
    answers = list(mark_asker(answers, asker_named(question or ""), given=[None] * len(answers)))
    if declared is not None and declared not in (len(answers), len(answers) - len(by_asker)):
        message = f"the page says that it has {declared} answers, {len(answers)} were found"
        yield Problem(file, message, skipped=declared > len(answers))
    yield Thread(
        id=identity,
        title=title,
        question=question,
        url=url,
        source=source,
        disclaimer=disclaimer,
        answers=tuple(answers),
    )


# -- from blocks to the parts of the page ----------------------------------------------------


def _take_title(blocks: list[Block]) -> tuple[str, list[Block]]:
    first = blocks[0]
    rest = [Block(first.line + 1, first.lines[1:])] if len(first.lines) > 1 else []
    return first.lines[0].strip(), rest + blocks[1:]


def _split_at_count(blocks: list[Block]) -> tuple[int | None, list[Block], list[Block]]:
    """Split at "Doctor Answers 9": what stands before it can't be an answer."""
    for at, block in enumerate(blocks):
        for n, line in enumerate(block.lines):
            count = answer_count(line)
            if count is None:
                continue
            before = [Block(block.line, block.lines[:n])] if n else []
            after = [Block(block.line + n + 1, block.lines[n + 1 :])] if n + 1 < len(block.lines) else []
            return count, blocks[:at] + before, after + blocks[at + 1 :]
    return None, [], blocks


def _take_disclaimer(blocks: list[Block]) -> tuple[list[Block], str | None]:
    end = len(blocks)
    while end > 1 and blocks[end - 1].author is None and is_disclaimer(blocks[end - 1].text):
        end -= 1
    taken = [block.text for block in blocks[end:]]
    return blocks[:end], "\n\n".join(taken) or None


def _question_and_answers(
    head: list[Block], blocks: list[Block], *, title: str, declared: int | None
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


def _end_of_question(blocks: list[Block]) -> int:
    """Where the answers begin, on a page that does not say how many there are.

    The first block is the question. Its paragraphs go on until a title or an author.
    """
    for at, block in enumerate(blocks):
        if block.author is not None and block.author.sure:
            return at
        if at and _is_title(block):
            return at
    return len(blocks)


def _alone(block: Block) -> _Segment:
    return _Segment((block,))


def _segments_by_author(blocks: list[Block]) -> list[_Segment]:
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


def _segments_closed_by_author(blocks: list[Block]) -> list[_Segment]:
    segments: list[_Segment] = []
    open_blocks: list[Block] = []
    for block in blocks:
        if block.author is None:
            open_blocks.append(block)
        else:
            segments.append(_Segment(tuple(open_blocks), block.author))
            open_blocks = []
    return [*segments, _Segment(tuple(open_blocks))]


def _signatures_as_text(blocks: list[Block]) -> list[Block]:
    """On a page with author lines, a lone "Dr. Roe" under an answer is how the doctor signed it."""
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        following = blocks[at + 1].author if at + 1 < len(blocks) else None
        signature = block.author is not None and (not block.author.sure or (following is not None and at > 0))
        kept.append(replace(block, author=None) if signature else block)
    return kept


def _segments_by_title(blocks: list[Block], *, title: str) -> list[_Segment]:
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
    return replace(segment, author=Author(signer, certain_name=True, line=last.line))


def _is_title(block: Block) -> bool:
    """Whether a block has the shape of a title: one short line that is no sentence, greeting or name."""
    text = block.text
    if len(block.lines) != 1 or len(text) > _MAX_TITLE_CHARS or len(text.split()) > _MAX_TITLE_WORDS:
        return False
    if block.author is not None or _GREETING.fullmatch(text) or _FAREWELL.fullmatch(text):
        return False
    end = text.rstrip(_CLOSING)
    return end.endswith(_ELLIPSIS) or not (end.endswith(_SENTENCE_END) or _SENTENCE_INSIDE.search(text))


def _alike(block: Block, title: str) -> float:
    """How many of a block's words stand in the page's title, 0 to 1."""
    words = set(re.findall(r"\w{4,}", block.text.lower()))
    return len(words & set(re.findall(r"\w{4,}", title.lower()))) / len(words) if words else 0.0


def _is_answer_page(title: str, question: str | None, segments: list[_Segment], declared: int | None) -> bool:
    """Whether there is any sign, beside the shape, that this is a question with answers."""
    asked = "?" in title or "?" in (question or "")
    return declared is not None or asked or any(segment.author and segment.author.sure for segment in segments)


# -- from a segment to an answer -------------------------------------------------------------


def _noted(answer: Answer, notes: Notes, start: int, end: int) -> Answer:
    """Return the answer with the votes and the date that stand between its first line and the next answer's."""
    votes = [number for line, number in notes.votes.items() if start <= line < end]
    dates = [day for line, day in notes.dates.items() if start <= line < end]
    return replace(answer, votes=votes[-1] if votes else None, date=dates[0] if dates else None)


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
