"""The index room: how threads become a searchable index on disk, and how a query finds hits.

In come `corpus.Thread` records and a query's text; out go `Hit` records. This is the only room
that knows FAISS, sentence-transformers and the files of an index.

- `index`: an open index, `Index.search`; `records`: queries and hits.
- `build`: threads to an index on disk, put in place in one step; `storage`: its files.
- `search`: dense and lexical matching, fusion, filters, answerability.
- `models`: the embedder, the packaged model, prompts.

FAISS and sentence-transformers take seconds to import, so they are imported when they are needed:
take names out of the modules, not out of this package.
"""
