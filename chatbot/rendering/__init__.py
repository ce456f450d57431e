"""One reply as Markdown, as plain text and in a terminal; the page makes its HTML of the same parts.

- `sentences`: doctors' names, counts, filters: the sentences that every rendering uses, as plain text.
- `markdown`: a reply as Markdown, and text from pages and people made safe to stand in it.
- `plain`: a reply to be copied, with its sources; `terminal`: with colours and links where there are any.
"""
