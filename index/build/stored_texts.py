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
        ((title, answer_title, text, start, end, first, count),) = store.execute(
            'SELECT t.title, a.title, a.text, p."start", p."end", p.first_sentence, p.sentences FROM passages p'
            " JOIN answers a ON a.number = p.answer JOIN threads t ON t.number = a.thread WHERE p.number = ?",
            (number,),
        )
        embedded = embedded_text(context_of(title, answer_title), text[start:end])
        shift = len(embedded) - end
        sentences = store.execute(
            'SELECT "start", "end" FROM sentences WHERE number >= ? AND number < ? ORDER BY number',
            (first, first + count),
        )
        texts.append(embedded)
        spans.append([(left + shift, right + shift) for left, right in sentences])
    return texts, spans


def question_texts(store: StoreWriter, threads: Sequence[int]) -> list[str]:
    """Return the texts that are embedded for the questions of the threads with these numbers."""
    found = [store.execute("SELECT title, question FROM threads WHERE number = ?", (number,)) for number in threads]
    return [question_text(title, question) for ((title, question),) in found]
