"""The texts that are embedded, put together again from the store that they were cut into."""

from collections.abc import Sequence

from corpus.text.sentences import Span
from index.build.passages import context_of, embedded_text, question_text
from index.storage.store_writer import StoreWriter


def passage_texts(store: StoreWriter, numbers: Sequence[int]) -> tuple[list[str], list[list[Span]]]:
    """Return the texts that are embedded for these passages, and where their sentences stand in them."""
    texts: list[str] = []
    spans: list[list[Span]] = []
    for number in numbers:
        source = store.passage_source(number)
        start, end = source.span
        embedded = embedded_text(context_of(source.thread_title, source.answer_title), source.text[start:end])
        shift = len(embedded) - end
        texts.append(embedded)
        spans.append([(left + shift, right + shift) for left, right in source.sentences])
    return texts, spans


def question_texts(store: StoreWriter, threads: Sequence[int]) -> list[str]:
    """Return the texts that are embedded for the questions of the threads with these numbers."""
    return [question_text(*store.question_source(number)) for number in threads]
