"""What understanding and searching a long message takes, counted and not timed."""

import pytest

from chatbot.understanding.followups import question_types, resolve
from chatbot.understanding.followups.resolve import MAX_EARLIER, MAX_EARLIER_CHARS
from chatbot.understanding.query import search_query, understood_in
from corpus.text.spelling import Vocabulary
from index import index as index_module
from index.index import Index
from index.search import lexical

HOSTILE = {
    "gaps": "can you diagnose " * 300,
    "what does it": "what does it " * 400,
    "letters": "a " * 2500,
    "only": "only " * 1000,
    "one word": "x" * 5000,
    "signs": "why" + "?" * 4997,
    "newlines": "why" + "\n" * 4990 + "not",
    "digits": "1234 " * 1000,
    "strange words": "".join(f"qz{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}vry " for n in range(700)),
}


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_message_is_understood_and_searched(starter_index: Index, message: str):
    asked = understood_in(message, [message] * MAX_EARLIER, starter_index)
    query = search_query(asked, starter_index)
    hits = starter_index.search(query, 5)
    assert starter_index.answerability(query, hits) in ("answers", "related", "nothing")


def test_of_many_strange_words_few_are_looked_up(starter_index: Index, monkeypatch: pytest.MonkeyPatch):
    looked_up = []
    real = Vocabulary.correction

    def counted(self: Vocabulary, word: str, *, answers: int) -> str | None:
        looked_up.append(word)
        return real(self, word, answers=answers)

    monkeypatch.setattr(Vocabulary, "correction", counted)
    starter_index.query(HOSTILE["strange words"])
    assert 0 < len(looked_up) <= index_module._CORRECTED


def test_a_slip_is_compared_with_words_of_its_first_letter_and_length_only(monkeypatch: pytest.MonkeyPatch):
    compared = []
    monkeypatch.setattr("corpus.text.spelling.extract", lambda word, near, **_: compared.extend(near) or [])
    words = {f"{letter}{'o' * length}": 1 for letter in "abcdefghij" for length in range(3, 30)}
    Vocabulary(words).correction("bxtrmd", answers=1)
    assert sorted(compared) == ["boooo", "booooo", "boooooo"]


def test_phrases_of_question_types_are_tried_only_where_their_first_word_stands(monkeypatch: pytest.MonkeyPatch):
    class Counting:
        tried = 0

        def match(self, *_: object) -> None:
            Counting.tried += 1

    types = [question_types.QuestionType("x", Counting(), frozenset()) for _ in question_types._types()]  # type: ignore[arg-type]
    monkeypatch.setattr(question_types, "_types", lambda: types)
    question_types.question_types_of.__wrapped__("my eyelid itches " * 300 + "what causes it")
    assert 0 < Counting.tried <= len(types)


def test_of_a_long_letter_a_follow_up_reads_the_ends():
    letter = "I had Zogbotulin. " + "It was fine. " * 300 + "Is Dysflorbin better?"
    carried = " ".join(resolve("why?", [letter]).carried)
    assert all(phrase in letter for phrase in resolve("why?", [letter]).carried)
    assert "Zogbotulin" in carried or "Dysflorbin" in carried
    assert len(letter) > MAX_EARLIER_CHARS


def test_names_with_a_sign_are_found_in_one_pass_over_a_long_word():
    """Tried at each letter of a word, this took a square of its length."""
    assert lexical.terms_of("x" * 50_000 + " 2") == ["x" * 50_000, "x" * 50_000 + " 2"]
