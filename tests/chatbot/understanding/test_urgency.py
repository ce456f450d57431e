"""Emergencies get a notice in their language, with the numbers of the place, and nothing else does."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.understanding.urgency import (
    COUNTRIES,
    POSSIBLE,
    SUICIDE,
    VIOLENCE,
    Urgency,
    asks_in_general,
    cannot_read,
    heading,
    language_of,
    notice,
    phone_pattern,
    urgency_by_signs,
    urgency_of,
)
from chatbot.understanding.urgency.english.rules import load_rules
from chatbot.understanding.urgency.english.svm import parts_of
from chatbot.understanding.urgency.examples import ENGLISH, LANGUAGES, examples_in
from chatbot.understanding.urgency.multilingual.signs import LANGUAGES as WITH_LISTS

URGENT = {
    "I saw my doctor 2 hours ago and now I can't keep my eyes open": None,
    "no point anymore. wrote the letters already": SUICIDE,
    "how many amitriptyline would kill a person of 60 kg": SUICIDE,
    "sat in the garage with the engine on": SUICIDE,
    "gonna end it 2nite": SUICIDE,
    "I want to kill myself": SUICIDE,
    "I cut myself again last night and it's deep": SUICIDE,
    "my boyfriend hits me": VIOLENCE,
    "my husband choked me last night": VIOLENCE,
    "my dad's face is drooping": "stroke",
    "cant brethe after botox": "breathing",
    "my mum's gone grey and clammy and says there's an elephant on her chest": None,
}
NOT_URGENT = [
    "no, I meant omeprazole",
    "he has no fever",
    "I'm on methotrexate",
    "my husband takes her side",
    "my boss makes me want to scream, she's suffocating me",
    "baby fell off sofa last week, he is totally normal",
    "can Botox cause trouble swallowing?",
    "no trouble breathing",
    "I had chest pain last year",
    "call 911",
    "thanks",
    "what about ibuprofen?",
    "any other doctor?",
    "How long does Botox last?",
    "my ex used to hit me years ago, does therapy help with the nightmares?",
    "I'd die for lips like hers",
]
IN_OTHER_LANGUAGES = {
    "es": ("no puedo respirar y tengo los labios azules", "quiero morir", "mi marido me pega", "cuánto dura el botox"),
    "de": (
        "mein Vater ist bewusstlos und atmet nicht",
        "ich will mich umbringen",
        "mein Mann schlägt mich",
        "wie lange hält Botox?",
    ),
    "fr": (
        "mon père a mal à la poitrine et transpire",
        "je veux me tuer",
        "mon mari me frappe",
        "combien de temps dure le botox ?",
    ),
    "pt": ("meu filho não respira", "quero me matar", "meu marido me bate", "quanto tempo dura o botox?"),
    "it": ("mio padre non respira", "voglio uccidermi", "mio marito mi picchia", "quanto dura il botox?"),
    "pl": ("moja mama jest nieprzytomna i nie oddycha", "chcę się zabić", "mąż mnie bije", "jak długo działa botoks?"),
    "tr": ("babam bayıldı ve nefes almıyor", "intihar etmek istiyorum", "kocam beni dövüyor", "botoks ne kadar sürer?"),
    "ar": ("أبي لا يتنفس وفقد الوعي", "أريد أن أقتل نفسي", "زوجي يضربني", "كم يدوم البوتوكس؟"),
    "hi": ("पापा बेहोश हैं और सांस नहीं ले रहे", "मैं आत्महत्या करना चाहता हूँ", "मेरे पति मुझे मारते हैं", "बोटॉक्स कितने दिन चलता है?"),
    "zh": ("我爸爸昏迷了没有呼吸", "我想自杀", "我老公打我", "肉毒素能维持多久？"),
}


@pytest.mark.parametrize(("message", "kind"), URGENT.items())
def test_an_emergency_is_told(message, kind):
    found = urgency_of(message)
    assert found is not None
    assert found.language == "en"
    assert kind is None or found.kind == kind


@pytest.mark.parametrize("message", NOT_URGENT)
def test_what_is_no_emergency_now_is_not_told(message):
    assert urgency_of(message) is None


def test_what_was_learned_from_is_told_apart():
    examples = [example for example in examples_in(ENGLISH) if not example.before]
    urgent = [example.text for example in examples if example.label == "urgent"][::40]
    others = [example.text for example in examples if example.label != "urgent"][::40]
    assert sum(urgency_of(text) is not None for text in urgent) >= 0.93 * len(urgent)
    assert sum(urgency_of(text) is not None for text in others) <= 0.05 * len(others)


# -- with the messages before it ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (["My dad drinks every evening. How do I talk to him about it?"], "He says he can stop any time."),
        (
            ["How long does grief last?"],
            "My brother wants to sell the house by Christmas. I said yes, and now I regret it.",
        ),
        (["I push people away, why?"], "what if they kick me out"),
    ],
)
def test_what_only_sounds_alarming_by_itself_is_none_where_the_messages_before_say_so(before, message):
    assert urgency_of(message, before) is None


def test_a_sign_counts_with_the_messages_before_it():
    before = [
        "Since yesterday, one day after botox in my neck bands, I have trouble swallowing and my voice is hoarse."
    ]
    message = "It is getting harder to breathe when I lie flat also."
    assert urgency_of(message) is None
    assert urgency_of(message, before) is not None


def test_a_message_is_read_with_the_ones_before_it():
    found = urgency_of("i did it again last night", ["how do i stop self harming"])
    assert found is not None
    assert found.kind == SUICIDE
    assert urgency_of("and how long does it take?", ["how do i stop self harming"]) is None


@pytest.mark.parametrize("message", ["thanks", "what about ibuprofen?", "any other doctor?", "does Botox last?"])
@pytest.mark.parametrize("before", ["I have crushing chest pain", "I want to kill myself"])
def test_what_follows_an_emergency_need_not_be_another(message, before):
    assert urgency_of(message, [before]) is None


# -- in other languages ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", WITH_LISTS)
def test_an_emergency_is_told_in_each_language(language):
    medical, suicide, violence, question = IN_OTHER_LANGUAGES[language]
    found = urgency_of(medical)
    assert found is not None
    assert found.language == language
    assert found.kind not in (SUICIDE, VIOLENCE)
    assert urgency_of(suicide) == Urgency(SUICIDE, language)
    assert urgency_of(violence) == Urgency(VIOLENCE, language)
    assert urgency_by_signs(suicide) == Urgency(SUICIDE, language)
    assert urgency_of(question) is None


def test_accents_do_not_matter():
    assert urgency_of("nao consigo respirar") == urgency_of("não consigo respirar")
    assert urgency_of("نفسى مقطوع ومش قادر أتنفس") is not None
    assert urgency_of("mujhe saans nahi aa rahi") is not None


def test_negations_and_the_past_cancel_signs_in_other_languages():
    assert urgency_of("no tengo dolor de pecho") is None
    assert urgency_of("mi padre tuvo un infarto el año pasado") is None
    assert urgency_of("hatte vor zwei Jahren einen Schlaganfall") is None


def test_messages_in_other_languages_that_were_learned_from():
    examples = examples_in(LANGUAGES)
    urgent = [example.text for example in examples if example.label == "urgent"]
    others = [example.text for example in examples if example.label != "urgent"]
    assert sum(urgency_by_signs(text) is not None for text in urgent) >= 0.7 * len(urgent)
    assert sum(urgency_by_signs(text) is not None for text in others) <= 0.05 * len(others)


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("no puedo respirar", "es"), ("Ich kann nicht atmen", "de"), ("je veux mourir", "fr"),
        ("ik kan niet ademen", "nl"),
        ("мне больно дышать", "ru"), ("мені важко дихати, болить груди і їсти", "uk"), ("息ができない", "ja"),
        ("숨을 쉴 수 없어요", "ko"), ("tôi bị đau đầu", "vi"), ("mujhe saans nahi aa rahi", "hi"), ("bonjour", "fr"),
    ],
)  # fmt: skip
def test_another_language_is_recognised(message, language):
    assert language_of(message) == language


@pytest.mark.parametrize(
    "message",
    ["hi", "ok", "botox", "lisinopril 10 mg", "myocardial infarction", "dispnea", "cant brethe",
     "no, I meant omeprazole",
     "abductor hallucis longus", "cafe au lait spots", "creme de la mer", "12", "", "???", "dr müller", "is my a1c ok"],
)  # fmt: skip
def test_english_names_typos_and_latin_are_not_taken_for_another_language(message):
    assert language_of(message) is None


def test_english_questions_are_never_taken_for_another_language():
    english = [example.text for example in examples_in(ENGLISH)]
    assert [text for text in english if language_of(text)] == []


# -- notices and numbers --------------------------------------------------------------------------


def test_the_notice_in_english_has_the_usual_numbers():
    assert {"112", "911", "999"} <= set(phone_pattern().findall(notice(Urgency("heart", "en"))))
    assert {"988", "116 123"} <= set(phone_pattern().findall(notice(Urgency(SUICIDE, "en"))))
    assert {"988", "116 123"} <= set(phone_pattern().findall(notice(Urgency(POSSIBLE, "en"))))
    assert "1-800-799-7233" in phone_pattern().findall(notice(Urgency(VIOLENCE, "en")))


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("kind", ["heart", POSSIBLE, SUICIDE, VIOLENCE])
def test_a_country_has_its_own_numbers(country, kind):
    told = notice(Urgency(kind, "en"), country=country)
    assert phone_pattern().search(told)
    assert "{" not in told


def test_the_numbers_are_those_of_the_operators_country():
    assert set(phone_pattern().findall(notice(Urgency(SUICIDE, "en"), country="AU"))) == {"000", "13 11 14"}
    assert "911" not in notice(Urgency("heart", "es"), country="ES")
    assert notice(Urgency(VIOLENCE, "en"), country="CA").endswith("call 911.")


@pytest.mark.parametrize("language", WITH_LISTS)
def test_each_language_has_its_notices(language):
    english = {kind: notice(Urgency(kind, "en")) for kind in ("heart", POSSIBLE, SUICIDE, VIOLENCE)}
    for kind, text in english.items():
        told = notice(Urgency(kind, language))
        assert told != text
        assert phone_pattern().search(told)
        assert "{" not in told
    assert heading(Urgency("heart", language)) != heading(Urgency("heart", "en"))


@pytest.mark.parametrize("language", [*WITH_LISTS, "nl", "ru", "uk", "ja", "ko", "vi", "sv", "fa", "he", "el"])
def test_that_a_language_cannot_be_read_is_said_in_it(language):
    told = cannot_read(language)
    assert told != cannot_read("en")
    assert re.search(r"\d{2}|[۰-۹]{2}", told)
    assert "119" in cannot_read(language, country="TW")


def test_a_language_without_texts_is_told_in_english():
    assert cannot_read("th") == cannot_read("en")
    assert "112" in cannot_read("th")


def test_every_number_told_can_be_tapped():
    for language in ("en", *WITH_LISTS):
        for kind in ("heart", SUICIDE, VIOLENCE):
            untapped = phone_pattern().sub("", notice(Urgency(kind, language)))
            assert not re.search(r"\d{3}", untapped.replace("1800RESPECT", "")) or "988 Suicide" in untapped


# -- signs and parts ------------------------------------------------------------------------------


def test_every_sign_names_where_it_is_from():
    assert all(sign.source.startswith(("NHS, ", "FDA, ", "CDC, ")) for sign in load_rules().signs)


def test_a_question_in_general_is_known_as_one():
    assert asks_in_general("Can Botox massage cause trouble swallowing?")


def test_the_last_of_very_many_sentences_is_looked_at_too():
    parts = parts_of("Hm, that was a long day for all of us here. " * 120 + "The last one.")
    assert "last" in parts[-1]
    assert len(parts) <= 13


def test_one_sentence_of_a_long_message_is_enough():
    story = (
        "I had filler at noon. The clinic was nice and the doctor took her time. The parking was easy to find too. "
        "I paid by card and the receptionist gave me a leaflet about care afterwards, which I read on the tram. My "
        "sister came along because she wants the same, and we had soup in town. The swelling is as they said it would "
        "be, a bit more on the left, and it does not hurt. I put a cold pack on for ten minutes as the leaflet says. "
        "Tomorrow I go back to work at the library. Can I wear lipstick then?"
    )
    assert urgency_of(story) is None
    assert urgency_of(f"{story} Now I can't breathe and my lips are blue. The bill came by mail.") is not None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_signs_or_none(text):
    found = urgency_by_signs(text)
    assert found is None or notice(found)
    language_of(text)


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=3))
def test_any_text_is_checked_whole(text, before):
    found = urgency_of(text, before)
    assert found is None or heading(found)


@pytest.mark.parametrize(
    "text",
    ["a" * 5000, "no puedo " * 555, "我想" * 2500, "can't " * 833, "ا" * 5000, "- " * 2500, "\u202e\u200f", "q" * 5000],
)
def test_signs_are_looked_for_in_bounded_time(text):
    urgency_by_signs("warm up")
    started = time.perf_counter()
    urgency_by_signs(text)
    assert time.perf_counter() - started < 2.0
