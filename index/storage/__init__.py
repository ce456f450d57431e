"""The files of an index: generations, the manifest, the SQLite store, matrices of vectors, and their check."""
