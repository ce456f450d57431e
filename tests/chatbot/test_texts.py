"""Every language says everything, with the same words to be filled in."""

import re
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


@pytest.mark.parametrize("language", languages())
def test_where_therapists_answered_nobody_is_called_a_doctor(language):
    """But for the words to be filled in, and for names of sections and texts."""
    doctors, therapists = load_texts(language), load_texts(language, "therapists")
    assert {name: texts.keys() for name, texts in therapists.items()} == {
        name: texts.keys() for name, texts in doctors.items()
    }
    called = re.compile(r"\b(?:doctors?|patients?|Arzt|Ärzten?|Arztes|Patient(?:en)?)\b")
    for section, texts in therapists.items():
        for key, text in texts.items():
            words = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert words == {name for _, name, _, _ in Formatter().parse(doctors[section][key]) if name}, key
            assert not called.search(re.sub(r"\{\w+\}", "", text)), f"{section}.{key}: {text}"


def test_a_conversation_replies_in_its_language(starter_index: Index):
    reply = Conversation(starter_index, language="de").ask("Can I do facial exercises right after Botox?")
    assert reply.text.startswith("Antworten von 5 Ärzten")
    assert reply.disclaimer.startswith("Das ist kein ärztlicher Rat.")
