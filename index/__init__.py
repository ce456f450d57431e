"""The index room: how threads become a searchable index on disk, and how a query finds hits.

In come `corpus.Thread` records and a query's text; out go `Hit` records. This is the only room
that knows FAISS, sentence-transformers and the files of an index.

- `index`: an open index, `Index.search`; `records`: queries and hits.
- `build`: threads to an index on disk, put in place in one step; `storage`: its files.
- `search`: dense and lexical matching, fusion, filters, answerability.
- `models`: the embedder, the packaged model, prompts.

What a program needs stands in `__all__`, and is imported when it is first asked for, since FAISS takes its time
(docs/python.md).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build.build import Told, build_index
    from index.errors import EmbedderError, IndexStateError, ReaderError
    from index.index import Index
    from index.info import read_info
    from index.models.embedder import EmbedderSettings
    from index.records import Hit, Parts, Query
    from index.search.filters import Filters
    from index.storage.manifest import Manifest

__all__ = [
    "EmbedderError",
    "EmbedderSettings",
    "Filters",
    "Hit",
    "Index",
    "IndexStateError",
    "Manifest",
    "Parts",
    "Query",
    "ReaderError",
    "Told",
    "build_index",
    "read_info",
]

_MODULES = {
    "EmbedderError": "index.errors",
    "EmbedderSettings": "index.models.embedder",
    "Filters": "index.search.filters",
    "Hit": "index.records",
    "Index": "index.index",
    "IndexStateError": "index.errors",
    "Manifest": "index.storage.manifest",
    "Parts": "index.records",
    "Query": "index.records",
    "ReaderError": "index.errors",
    "Told": "index.build.build",
    "build_index": "index.build.build",
    "read_info": "index.info",
}
"""Where each public name is defined."""


if not TYPE_CHECKING:  # A type checker sees the imports above, and so finds a name that is none.

    def __getattr__(name: str) -> object:
        """Import a public name when it is first asked for: what stands behind it takes its time."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
