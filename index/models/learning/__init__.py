"""Teaches the reader: low-rank adapters of the packaged model, learned from public pairs and from labels by reading."""
