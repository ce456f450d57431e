"""Which texts of an unfinished store have no vector yet. A text that stands several times is embedded once."""

from pathlib import Path
from typing import Literal, NamedTuple

from index.build.passages import MAX_CONTEXT_CHARS
from index.storage.schema import STORE_FILE
from index.storage.store_writer import StoreWriter

Kind = Literal["question", "passage"]

_TABLE = (
    "CREATE TEMP TABLE todo (kind TEXT NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, chars INTEGER NOT NULL,"
    " PRIMARY KEY (kind, number)) WITHOUT ROWID",
    "CREATE INDEX temp.todo_by_hash ON todo(hash)",
    "INSERT INTO todo SELECT 'question', min(thread), q.hash, max(length(title) + ifnull(length(question), 0))"
    " FROM questions q JOIN threads ON thread = number GROUP BY q.hash",
    "INSERT INTO todo SELECT 'passage', min(p.number), p.hash,"
    f' max(p."end" - p."start" + min({MAX_CONTEXT_CHARS}, length(t.title) + ifnull(length(a.title), 0)))'
    " FROM passages p"
    " JOIN answers a ON a.number = p.answer JOIN threads t ON t.number = a.thread GROUP BY p.hash",
)


class Queued(NamedTuple):
    """A text that has no vector yet: the number of its passage or thread, and its hash."""

    number: int
    hash: bytes


class KnownPassage(NamedTuple):
    """A passage of the queue that another store has too: its rows there are those of its vectors."""

    number: int
    hash: bytes
    row: int
    first_sentence: int
    sentences: int


class KnownQuestion(NamedTuple):
    """A question of the queue that another store has too: its row there is that of its vector."""

    number: int
    hash: bytes
    row: int


class EmbeddingQueue:
    """The texts of an unfinished store that have no vector yet; at first all of them."""

    def __init__(self, store: StoreWriter) -> None:
        self._store = store
        for statement in _TABLE:
            store.execute(statement)

    def __len__(self) -> int:
        """Return how many different texts have no vector yet."""
        ((count,),) = self._store.execute("SELECT count(*) FROM todo")
        return int(count)

    def longest(self, kind: Kind, count: int) -> list[Queued]:
        """Return up to `count` texts, the longest first; each as the first passage or thread that has it."""
        rows = self._store.execute(
            "SELECT number, hash FROM todo WHERE kind = ? ORDER BY chars DESC, number LIMIT ?", (kind, count)
        )
        return [Queued(*row) for row in rows]

    def with_hash(self, text_hash: bytes) -> list[tuple[Kind, int]]:
        """Return the kind and number of the texts with this hash, if they have no vector yet."""
        return [
            (kind, number)
            for kind, number in self._store.execute("SELECT kind, number FROM todo WHERE hash = ?", (text_hash,))
        ]

    def remove(self, kind: Kind, text_hash: bytes) -> None:
        """Note that a text has its vector."""
        self._store.execute("DELETE FROM todo WHERE kind = ? AND hash = ?", (kind, text_hash))

    def known_in(self, generation: Path) -> tuple[list[KnownPassage], list[KnownQuestion]]:
        """Return which texts the store in the folder of another generation has too."""
        address = f"{(generation / STORE_FILE).resolve().as_uri()}?mode=ro&immutable=1"
        self._store.execute("ATTACH ? AS old", (address,))
        try:
            passages = self._store.execute(
                "SELECT t.number, t.hash, min(o.number), o.first_sentence, o.sentences FROM todo t"
                " JOIN passages n ON n.number = t.number JOIN old.passages o ON o.hash = t.hash"
                " AND o.sentences = n.sentences WHERE kind = 'passage' GROUP BY t.number"
            )
            questions = self._store.execute(
                "SELECT number, t.hash, min(thread) FROM todo t JOIN old.questions o ON o.hash = t.hash"
                " WHERE kind = 'question' GROUP BY number"
            )
        finally:
            self._store.commit()
            self._store.execute("DETACH old")
        return [KnownPassage(*row) for row in passages], [KnownQuestion(*row) for row in questions]

    def close(self) -> None:
        """Remove the queue from the store."""
        self._store.execute("DROP TABLE todo")
