"""Templates of the page's HTML: they escape everything, so that text from pages is shown as text."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from chatbot.rendering.plain import safe_link


def render(name: str, **values: Any) -> str:
    """Return a template filled in."""
    return _template(name).render(**values)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["safe_link"] = safe_link
    return environment.get_template(name)
