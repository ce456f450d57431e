"""One reader a format: from a file's content to threads. `documents` takes the one that fits."""
