"""Names are parted from what a page glued to them, and nothing that was right is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.names import split_credentials
from corpus.formats.json_records import read_record
from corpus.records import Doctor, Thread


@pytest.mark.parametrize(
    ("name", "credentials", "expected"),
    [
        ("Zog InventedMarriage & Family Therapist", None, ("Zog Invented", None, "Marriage & Family Therapist")),
        ("Zog InventedFollow your heart", None, ("Zog Invented", None, None)),
        ("Zog InventedMA", "LPC, NCC", ("Zog Invented", "MA, LPC, NCC", None)),
        ("Zog McInventedHelping you thrive", None, ("Zog McInvented", None, None)),
        ("Zog Inventedwww.zog.example", None, ("Zog Invented", None, None)),
        ('Zog Invented"A wave is the sea."', None, ("Zog Invented", None, None)),
        ("Zog InventedZog Invented", "M.Ed., LPC", ("Zog Invented", "M.Ed., LPC", None)),
        ("Zog InventedTherapist", "LMHC", ("Zog Invented", "LMHC", "Therapist")),
        ("Zog InventedI help couples", "and families. Call me.", ("Zog Invented", None, None)),
        ("Zog Invented", "LCSWCouples and Teen Coach, LCSW", ("Zog Invented", "LCSW", "Couples and Teen Coach")),
        ("Zog Invented", "MA, LPCI tailor what I do to you", ("Zog Invented", "MA, LPC", None)),
        ("Zog Invented", "Psy.D.It's never too late", ("Zog Invented", "Psy.D.", None)),
        ("Zog Invented", "PhD OPQPsychologist in Zug", ("Zog Invented", "PhD OPQ", "Psychologist")),
        ("Zog InventedTrauma Therapist in Zug", "NC", ("Zog Invented", None, "Trauma Therapist")),
    ],
)  # fmt: skip
def test_a_line_about_oneself_is_taken_off(name, credentials, expected):
    assert split_credentials(Doctor(name, credentials)) == Doctor(*expected)


NAMES = [
    *(
        "Zog MacDonald",
        "Zog DeAngelo",
        "LaToya Zog",
        "Zog McCoy",
        "Zog O'Brien",
        "Zog van der Berg",
        "Zog MaryBeth Zug",
    ),
    *("DeShawn McIntyre", "Zog LeBlanc MD", "Zog DiMaggio Jr.", "LeAnn VanDeVelde", "Zog St. John", "Zog D'Souza"),
    *(
        "Zog FitzGerald",
        "Zog McCarthy-VanDyke",
        "Zog DuPont",
        "JanaLee Zug",
        "WebMD",
        "MedlinePlus",
        "CDC",
        "Dr. McZog",
    ),
]
CREDENTIALS = [
    *(
        "MD",
        "PhD",
        "MBChB, FRCPsych",
        "MD, PhD, FACS",
        "FRCPath",
        "MSEd, LPC",
        "BSN, RN-BC",
        "PharmD",
        "LCSW-C",
        "OTR/L",
    ),
    *(
        "M.D., F.A.C.S.",
        "MBBS, MRCPsych",
        "Board Certified Dermatologist",
        "MBChB FRCS",
        "MSc, RP, RMFT",
        "MPhil",
        "EdD",
    ),
    *("PhD Clinical Psychologist", "FRCPsych Consultant Psychiatrist", "MD - General Medicine", "MB BChir", "MRCOphth"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_capital_inside_a_name_stays(name):
    assert split_credentials(Doctor(name)) == Doctor(name)


@pytest.mark.parametrize("credentials", CREDENTIALS)
def test_credentials_stay(credentials):
    assert split_credentials(Doctor("Zog Invented", credentials)) == Doctor("Zog Invented", credentials)


def test_a_specialty_that_the_page_gives_goes_first():
    doctor = Doctor("Zog InventedTherapist", specialty="Dermatologist")
    assert split_credentials(doctor) == Doctor("Zog Invented", specialty="Dermatologist")


def test_ids_are_made_of_the_name_alone():
    records = [
        {"title": "Zog?", "answers": [{"text": "Rest.", "author": {"name": name}}]}
        for name in ("Zog InventedFollow your heart", "Zog Invented")
    ]
    glued, plain = [found for record in records for found in read_record(record, file="f") if isinstance(found, Thread)]
    assert glued == plain


PARTS = st.sampled_from([*"Zog Invented McZug Therapist Follow your heart LCSW MA PhD , I a".split(), " ", ", "])


@given(st.lists(PARTS, max_size=8).map("".join), st.none() | st.lists(PARTS, max_size=8).map("".join))
def test_what_is_parted_is_a_beginning_of_the_name_and_stays_a_name(name, credentials):
    doctor = split_credentials(Doctor(name, credentials))
    assert doctor.name is not None
    assert name.startswith(doctor.name)
    assert doctor.name or not name
