"""Captured pages, as plain text: read by their layout alone. `page` is the door."""
