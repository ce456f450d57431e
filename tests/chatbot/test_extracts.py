"""Which sentences are quoted."""

import pytest

from chatbot.extracts import MAX_SENTENCES, extract
from index.sentences import sentence_spans


def quoted(text: str, *scores: float) -> str:
    spans = sentence_spans(text)
    start, end = extract(text, list(zip(spans, scores, strict=True)))
    return text[start:end]


def test_the_best_sentence_is_quoted_alone_where_the_others_say_less():
    assert quoted("Zogs are small. Itching lasts a week. Trains are late.", 0.1, 0.9, 0.2) == "Itching lasts a week."


def test_what_follows_joins_if_it_answers_nearly_as_well():
    text = "Zogs are small. Itching lasts a week. Cooling helps the skin. Trains are late."
    assert quoted(text, 0.1, 0.9, 0.82, 0.2) == "Itching lasts a week. Cooling helps the skin."
    assert quoted(text, 0.1, 0.9, 0.8, 0.2) == "Itching lasts a week."


def test_there_are_at_most_three_sentences():
    text = " ".join(f"Sentence {n} is here." for n in range(9))
    assert quoted(text, *[0.9] * 9).count(".") == MAX_SENTENCES


@pytest.mark.parametrize(
    "leaning",
    [
        "However, it may hurt.",
        "But it may hurt.",
        "This may hurt.",
        "It may hurt.",
        "After five days, however, it may hurt.",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_takes_it_along(leaning):
    assert quoted(f"Running is fine. {leaning} Trains are late.", 0.3, 0.9, 0.1) == f"Running is fine. {leaning}"
