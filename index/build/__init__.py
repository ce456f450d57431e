"""Threads to an index on disk. `build` is the door; what a build that was broken off had done is a `checkpoint`."""
