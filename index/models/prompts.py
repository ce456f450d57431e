"""What families of models expect before a query and before a passage.

A model that names its prompts in its own configuration is asked with those. This table is for the
published models that only tell of theirs in their model cards; each row names the card.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """The words put before a query and before a passage; empty for none."""

    query: str = ""
    passage: str = ""


_BGE = "Represent this sentence for searching relevant passages: "

_BY_NAME: tuple[tuple[str, Prompts], ...] = (
    # intfloat/e5-*, intfloat/multilingual-e5-* (but the instruct variants have prompts of their own)
    (r"(?:multilingual-)?e5-(?:small|base|large)", Prompts("query: ", "passage: ")),
    # BAAI/bge-{small,base,large}-en[-v1.5]; bge-m3 takes none
    (r"bge-(?:small|base|large)-en", Prompts(_BGE)),
    # mixedbread-ai/mxbai-embed-*, Snowflake/snowflake-arctic-embed-{xs,s,m,l}, w/o the v2 line
    (r"mxbai-embed|snowflake-arctic-embed-(?:xs|s|m|l)(?:-v1\.5|-long)?$", Prompts(_BGE)),
    # Snowflake/snowflake-arctic-embed-{m,l}-v2.0
    (r"snowflake-arctic-embed-[ml]-v2", Prompts("query: ")),
    # nomic-ai/nomic-embed-text-*, nomic-ai/modernbert-embed-base
    (r"nomic-embed-text|modernbert-embed", Prompts("search_query: ", "search_document: ")),
    # ibm-granite, thenlper/gte-*, Alibaba-NLP/gte-*, sentence-transformers/*: none
)


def prompts_for(name: str) -> Prompts:
    """Return the prompts of the model that is called `name`, a hub name or a folder; none if unknown."""
    last = name.rstrip("/").rsplit("/", 1)[-1].lower()
    return next((prompts for pattern, prompts in _BY_NAME if re.search(pattern, last)), Prompts())
