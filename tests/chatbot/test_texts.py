"""Every language says everything, with the same words to be filled in."""

from string import Formatter

import pytest

from chatbot.conversation import Conversation
from chatbot.texts import languages, load_texts
from index.index import Index

OTHERS = [language for language in languages() if language != "en"]


def test_there_is_a_second_language():
    assert OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_the_same_texts_as_english(language):
    english, other = load_texts("en"), load_texts(language)
    assert other.keys() == english.keys()
    for section, texts in english.items():
        assert other[section].keys() == texts.keys(), section


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_fills_in_the_same_words(language):
    def words(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    other = load_texts(language)
    for section, texts in load_texts("en").items():
        for key, text in texts.items():
            assert words(other[section][key]) == words(text), f"{section}.{key}"


def test_a_conversation_replies_in_its_language(starter_index: Index):
    reply = Conversation(starter_index, language="de").ask("Can I do facial exercises right after Botox?")
    assert reply.text.startswith("Antworten von 5 Ärzten")
    assert reply.disclaimer.startswith("Das ist kein ärztlicher Rat.")
