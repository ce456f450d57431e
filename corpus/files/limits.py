"""How much is read of one thing, so that a hostile or broken file costs neither hours nor memory."""

MIB = 1024 * 1024

MAX_PAGE_BYTES = 16 * MIB
"""One page, of text or HTML. The longest real ones are under 2 MiB."""
MAX_ELEMENTS = 1_000_000
"""Elements of one HTML page: each takes some hundred bytes in memory. The longest real pages have some 50,000."""
MAX_NESTING = 2000
"""How deep the elements of an HTML page may stand in one another: extracting its text costs the square of that."""
MAX_DOCUMENT_BYTES = 32 * MIB
"""One JSON document, which takes about ten times its size in memory. JSON Lines have no limit."""
MAX_LINE_BYTES = 8 * MIB
"""One line of JSON Lines, CSV or TSV: one thread or row."""
MAX_UNPACKED_BYTES = 8 * 1024 * MIB
"""What one packed file may unpack to."""
MAX_RATIO = 200
"""How much larger than itself a packed file may become: text is packed 3 to 20 times, bombs 1,000."""
RATIO_FROM_BYTES = 16 * MIB
"""Where the ratio begins to count: a small file of the same letter is harmless."""
MAX_MEMBERS = 200_000
"""Files in one archive."""
