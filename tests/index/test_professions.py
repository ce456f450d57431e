"""What a doctor is by the letters behind the name."""

import pytest

from index.search.professions import professions_of


@pytest.mark.parametrize(
    ("credentials", "professions"),
    [
        ("MA, LMFT", ("marriage and family therapist",)),
        ("Psy.D.", ("psychologist",)),
        ("MD, FACS", ("physician",)),
        ("LPC-S, NCC", ()),
        ("LCSW, MSW", ("clinical social worker", "social worker")),
        ("", ()),
    ],
)
def test_letters_say_what_somebody_is(credentials, professions):
    assert professions_of(credentials) == professions
