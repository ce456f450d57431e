"""Addresses from pages, as links that can do no harm."""


def safe_link(url: str | None) -> str | None:
    """Return `url` if it is a web address, else None: no `javascript:` and the like becomes a link."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
