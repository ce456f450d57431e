"""Where a shown answer begins and folds, and what is marked in it: no cut misleads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.snippets import FOLD_CHARS, LONGEST_CHARS, WHOLE_CHARS, excerpt, is_filler, snippet
from corpus.text.sentences import sentence_spans

FILL = "The florbin settles by itself in most patients, as we see every day. "


def shown(text: str, best: str = "") -> tuple[str, list[str]]:
    """Return what is shown and what is marked, where the sentence with `best` in it answers and the others do not."""
    scored = [(span, 0.9 if best and best in text[slice(*span)] else 0.1) for span in sentence_spans(text)]
    cut = snippet(text, scored, {span: score for span, score in scored if score > 0.5})
    return text[cut.start : cut.end], [text[start:end] for start, end in cut.highlights]


def test_a_short_answer_is_shown_whole_with_its_greeting():
    text = "Hi there. Itching lasts a week. Be well."
    assert shown(text, "Itching") == (text, ["Itching lasts a week."])


def test_a_long_answer_is_shown_from_where_it_begins_to_answer_up_to_a_sentence_end():
    text = f"Hello and thank you for your question! Itching lasts a week. {FILL * 9}"
    part, marks = shown(text, "Itching")
    assert part.startswith("Itching lasts a week.")
    assert part.endswith("day.")
    assert FOLD_CHARS <= len(part) < WHOLE_CHARS + len(FILL)
    assert marks == ["Itching lasts a week."]


def test_the_fold_waits_for_the_sentence_that_matches_best():
    text = f"{FILL * 6}Itching lasts a week. {FILL * 9}"
    part, marks = shown(text, "Itching")
    assert part.endswith("Itching lasts a week.")
    assert marks == ["Itching lasts a week."]


def test_what_is_far_behind_the_fold_does_not_move_it_but_is_marked():
    part, marks = shown(f"{FILL * 30}Itching lasts a week.", "Itching")
    assert "Itching" not in part
    assert marks == ["Itching lasts a week."]


@pytest.mark.parametrize(
    "takes_back",
    ["but considering its color it can turn", "However it can turn", "unless it grows", "Although it may turn",
     "except on the face", "Yet it may turn", "Five months later, however, it can turn",
     "If a doctor sees that it grows however it must go"],
)  # fmt: skip
def test_no_fold_and_no_mark_ends_before_what_takes_a_sentence_back(takes_back):
    lead = f"{FILL * 5}It does not seem to be dangerous."
    text = f"{lead} {takes_back}. {FILL * 9}"
    part, marks = shown(text, "dangerous")
    assert takes_back in part
    assert all(takes_back in mark for mark in marks)


@pytest.mark.parametrize(
    "number",
    [
        "0. 5mg",
        "0. 05 percent",
        "2. 5 – 3. 5",
        "1 . 25 mg",
        "1,000 units",
        "3. 5",
        "20. mg",
        "tsh 0. 1 to 2. 5",
        "no. 5",
    ],
)
def test_the_number_of_the_issue_stays_whole(number):
    text = f"{'Zog helps ' * 40}take another {number} but do not repeat it after that. {FILL * 9}"
    part, marks = shown(text, "repeat")
    for piece in (part, *marks):
        assert number in piece or number[-1] not in re.sub(r"\D", "", piece)


_DIGITS = st.integers(0, 9999).map(str)
_SPACED = st.builds(
    lambda whole, left, sign, right, part, gap, unit: f"{whole}{left}{sign}{right}{part}{gap}{unit}",
    _DIGITS,
    st.sampled_from(["", " ", "  "]),
    st.sampled_from([".", ",", "-", " – ", "/", " to "]),
    st.sampled_from(["", " ", "  "]),
    _DIGITS,
    st.sampled_from(["", " "]),
    st.sampled_from(["mg", "mcg", "ml", "percent", "%", "units", "hours", "weeks", "iu", "cm"]),
)
_WORDS = st.lists(
    st.sampled_from("zog the skin. itches but after a week take dose. daily".split()), min_size=1, max_size=60
)


@given(before=_WORDS, number=_SPACED, after=_WORDS, best=st.integers(0, 50), repeats=st.integers(1, 6))
def test_neither_fold_nor_mark_ever_falls_inside_a_number_or_before_its_unit(before, number, after, best, repeats):
    text = " ".join([*before, number, *after, "."]) * repeats
    spans = sentence_spans(text)
    scored = [(span, 0.9 if at == best % len(spans) else 0.2) for at, span in enumerate(spans)]
    cut = snippet(text, scored, {span: score for span, score in scored if score > 0.5})
    places = [match.span() for match in re.finditer(re.escape(number), text)]
    for edge in (cut.start, cut.end, *(edge for span in cut.highlights for edge in span)):
        assert not any(start < edge < end for start, end in places)


@given(st.text(max_size=3000), st.randoms(use_true_random=False))
def test_any_text_is_shown_from_one_place_to_another_with_marks_in_order_within(text, random):
    spans = sentence_spans(text)
    cut = snippet(text, [(span, random.uniform(-1, 1.25)) for span in spans], {span: random.random() for span in spans})
    assert 0 <= cut.start <= cut.end <= len(text)
    edges = [edge for span in cut.highlights for edge in span]
    assert edges == sorted(edges)
    assert all(cut.start <= edge <= len(text) for edge in edges)
    if len(text) <= WHOLE_CHARS:
        assert (cut.start, cut.end) == (0, len(text))


def test_an_answer_without_a_sentence_end_folds_between_two_words():
    part, _ = shown("zog and " * 900)
    assert len(part) <= LONGEST_CHARS
    assert part.split()[-1] in ("zog", "and")


@pytest.mark.parametrize(
    "filler",
    [
        "Hi there,",
        "Hello Zog!",
        "Thank you for your question.",
        "Hello, and thank you for your message to our team!",
        "Thanks for the query.",
        "Best of luck to you!",
        "Hope this helps.",
        "Kind regards",
        "Take care.",
        "Dr. Zog Invented, MD",
        "https://zog.invalid/page",
        "See www.zog.invalid",
        "MsoNormalTable {mso-style-name: x}",
        "...",
    ],
)
def test_a_greeting_thanks_a_signature_a_link_or_markup_is_never_marked(filler):
    assert is_filler(filler)
    text = f"{filler} Zogs are green."
    scored = [(span, 0.9 if text[slice(*span)] in filler else 0.35) for span in sentence_spans(text)]
    marked = [text[start:end] for start, end in snippet(text, scored).highlights]
    assert all(filler not in mark for mark in marked)


@pytest.mark.parametrize(
    "sentence",
    [
        "Itching lasts a week.",
        "Thanks to the laser the skin tightens within a month and stays so for a year in most patients that we see.",
        "No.",
        "Yes, you can.",
        "Best results are seen after three months.",
        "I do not recommend it.",
    ],
)
def test_what_says_something_is_no_filler(sentence):
    assert not is_filler(sentence)


def test_what_matches_little_is_not_marked():
    assert shown("Zogs are green. Trains are late.") == ("Zogs are green. Trains are late.", [])


def test_an_excerpt_ends_between_two_words_and_not_inside_a_number():
    line = excerpt("Zog " * 30 + "took 0. 5 mg daily " + "zog " * 50, 160)
    assert line.endswith(" …")
    assert not re.search(r"0\.\s?…|0\. 5 …", line)
    assert excerpt("short\n question", 160) == "short question"
