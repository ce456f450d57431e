"""Messages that the classifier has learned from, one JSON record a line.

`english.jsonl` and `languages.jsonl`: `text`, `before` (the same person's messages before it), `label` (urgent; hard
negative: no emergency though it resembles one; ordinary), `kind`, `set` (whose hand it is from), and `language`.
"""

import json
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent
ENGLISH = _FOLDER / "english.jsonl"
LANGUAGES = _FOLDER / "languages.jsonl"

UNRELATED = "unrelated"
"""The set of pairs of messages that `learn` makes up itself."""
_FROM_OTHERS = ("en_", "b_", "c_")
"""How sets are named whose writers had seen neither the rules nor other examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message and what it is."""

    text: str
    before: tuple[str, ...]
    label: str
    kind: str
    set: str
    language: str = "en"

    @property
    def written(self) -> bool:
        """Whether somebody wrote it who had seen neither the rules nor other examples."""
        return self.set.startswith(_FROM_OTHERS) or (self.language != "en" and not self.set.startswith("plain"))

    @property
    def notice(self) -> str:
        """The kind of notice that it should get: suicide, violence, or possible."""
        return next((name for name in ("suicide", "violence") if self.kind.startswith(name)), "possible")


def examples_in(path: Path) -> list[Example]:
    """Return the examples of a file."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Example(
            record["text"],
            tuple(record["before"]),
            record["label"],
            record["kind"],
            record["set"],
            record.get("language", "en"),
        )
        for record in records
    ]
