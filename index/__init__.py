"""The index room: how threads become a searchable index on disk, and how a query finds hits.

In come `corpus.Thread` records and a query's text; out go `Hit` records. This is the only room
that knows FAISS, sentence-transformers and the files of an index.

- `build`: threads to an index on disk, put in place in one step.
- `index`: an open index, `Index.search`.
- `embedder`: texts to vectors; `packaged_model` is the default one.
- `sentences`, `passages`: how an answer's text is cut.

FAISS and sentence-transformers take seconds to import, so they are imported when they are needed:
take names out of the modules, not out of this package.
"""
