"""What a captured page marks as its asker's: "Original poster: thank you" among the answers."""

from collections.abc import Iterator

from corpus.cleaning.asker import is_asker_label, is_asker_name
from corpus.formats.captured.blocks import Block


def take_labelled(blocks: list[Block], *, has_head: bool) -> tuple[list[Block], list[Block]]:
    """Part the blocks of a page from those that the asker wrote below the question, each an answer of its own.

    Args:
        has_head: whether the question stood before these blocks; otherwise the first of them are it.
    """
    kept: list[Block] = []
    taken: list[Block] = []
    waiting = [part for block in blocks for part in _parted(block)][::-1]
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


def _parted(block: Block) -> Iterator[Block]:
    """Give a block in parts, so that no label stands within one."""
    starts = [0, *(n for n, line in enumerate(block.lines) if n and block.author is None and is_asker_label(line))]
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        yield Block(block.line + start, block.lines[start:end], block.author)
