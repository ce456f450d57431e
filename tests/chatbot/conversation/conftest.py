"""A conversation over the starter corpus."""

import pytest

from chatbot.conversation import Conversation
from index.index import Index


@pytest.fixture
def conversation(starter_index: Index) -> Conversation:
    return Conversation(starter_index)
