"""The prompts that families of models expect."""

import pytest

from index.models.prompts import Prompts, prompts_for

BGE = "Represent this sentence for searching relevant passages: "


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("intfloat/e5-small-v2", Prompts("query: ", "passage: ")),
        ("intfloat/multilingual-e5-base", Prompts("query: ", "passage: ")),
        ("/models/e5-large-v2/", Prompts("query: ", "passage: ")),
        ("BAAI/bge-small-en-v1.5", Prompts(BGE)),
        ("BAAI/bge-m3", Prompts()),
        ("mixedbread-ai/mxbai-embed-large-v1", Prompts(BGE)),
        ("Snowflake/snowflake-arctic-embed-m-v2.0", Prompts("query: ")),
        ("nomic-ai/nomic-embed-text-v1.5", Prompts("search_query: ", "search_document: ")),
        ("thenlper/gte-small", Prompts()),
        ("all-MiniLM-L6-v2", Prompts()),
    ],
)
def test_models_are_known_by_their_names(name, prompts):
    assert prompts_for(name) == prompts
