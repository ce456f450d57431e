"""Messages that lean on those before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.understanding.followups import query_expansion, resolve
from chatbot.understanding.followups.resolve import phrases_of, term_probabilities

FIRST = "Can I do facial exercises right after Botox?"


@pytest.mark.parametrize(
    ("message", "carried"),
    [
        ("How long?", "Botox"),
        ("and massage?", "Botox"),
        ("why?", "facial exercises right after Botox"),
        ("is that safe for my eyelids too", "Botox"),
        ("what about Dysport", "Botox"),
        ("no, I meant before the injection", "Botox"),
        ("does it hurt?", "Botox"),
    ],
)
def test_a_message_that_leans_on_the_one_before_carries_its_subject(message, carried):
    resolved = resolve(message, [FIRST])
    assert carried in " ".join(resolved.carried)
    assert carried in resolved.text


@pytest.mark.parametrize(
    "message",
    [
        "What is the price of a tummy tuck?",
        "What are the side effects of isotretinoin for acne scars?",
    ],
)
def test_a_message_that_stands_alone_carries_nothing(message):
    resolved = resolve(message, [FIRST])
    assert (resolved.text, resolved.carried) == (message, ())


@pytest.mark.parametrize(
    ("message", "earlier", "probabilities"),
    [
        ("and massage?", ["Can I exercise after Botox?"], {"exercis": 0.315993, "botox": 0.85947}),
        (
            "how long does it take?",
            ["What is Tetralogy of Fallot?", "Is Tetralogy of Fallot inherited?"],
            {"tetralog": 0.933213, "fallot": 0.946752, "inherit": 0.343047},
        ),
        (
            "What about the red ones in Boston?",
            ["I had lasers on My Face", "thanks", "Do fillers hurt with the Zog Device?"],
            {"laser": 0.244635, "face": 0.322756, "thank": 0.038831, "filler": 0.238892, "hurt": 0.100885}
            | {"zog": 0.634319, "devic": 0.433591},
        ),
    ],
)
def test_the_shipped_weights_give_what_they_were_learned_to_give(message, earlier, probabilities):
    """As computed before the features had names: an order that is mixed up gives other numbers."""
    assert term_probabilities(message, earlier) == pytest.approx(probabilities, abs=1e-6)


def test_the_first_message_stands_alone():
    assert resolve("why?", []).text == "why?"
    assert resolve("why?", ["?"]).text == "why?"


@pytest.mark.parametrize("message", ["Is it inherited?", "how much does that cost", "what else can they prescribe?"])
def test_the_message_stays_as_it_was_written_and_no_phrase_stands_in_a_pronouns_place(message):
    resolved = resolve(message, ["What is Zogheimer syndrome?"])
    assert resolved.message == message
    assert resolved.carried == ("Zogheimer syndrome",)
    assert resolved.text == f"{message.rstrip('?')} Zogheimer syndrome?"


def test_names_are_carried_whole():
    said = ["Tell me about glycogen storage disease type 1B"]
    assert resolve("What are the symptoms?", said).carried == ("glycogen storage disease type 1B",)
    assert [word.text for word in phrases_of("What causes Tetralogy of Fallot?")[-1]] == [
        "causes",
        "Tetralogy",
        "Fallot",
    ]


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_any_messages_give_a_text(message, earlier):
    resolved = resolve(message, earlier)
    assert isinstance(resolved.text, str)
    assert all(any(phrase in text for text in earlier) for phrase in resolved.carried)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Can I pass Zog's disease on to my kids?", "inherited"),
        ("What can be done about zogging?", "treatments"),
        ("How would I know if I have it?", "symptoms"),
        ("What are the treatments for zogging?", ""),
        ("May I swim after Florbin?", ""),
    ],
)
def test_a_question_is_searched_with_the_words_that_pages_have_for_it_too(question, words):
    assert query_expansion(question) == words


def test_a_follow_up_of_another_type_does_not_carry_the_old_one_over():
    assert resolve("What causes it?", ["What are the symptoms of Zog's disease?"]).carried == ("Zog's disease",)
    assert resolve("How is it treated?", ["What is the outlook for zogitis type 2?"]).carried == ("zogitis type 2",)


def test_what_pages_say_is_searched_with_and_not_missed(starter_index):
    plain = starter_index.query("Can I pass it on?")
    query = starter_index.query("Can I pass it on?", expansion="inherited")
    assert query.text == plain.text
    assert "inherit" in query.terms
    assert "inherit" not in plain.terms
