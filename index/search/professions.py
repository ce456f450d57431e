"""What a doctor is by the letters behind the name: an LMFT is a marriage and family therapist."""

import re
from functools import cache

_PROFESSIONS = {
    "MD": "physician",
    "DO": "physician",
    "MBBS": "physician",
    "MBCHB": "physician",
    "DDS": "dentist",
    "DMD": "dentist",
    "DPM": "podiatrist",
    "DC": "chiropractor",
    "OD": "optometrist",
    "ND": "naturopath",
    "DVM": "veterinarian",
    "RN": "nurse",
    "NP": "nurse practitioner",
    "FNP": "nurse practitioner",
    "PA": "physician assistant",
    "PAC": "physician assistant",
    "PHARMD": "pharmacist",
    "RPH": "pharmacist",
    "RD": "dietitian",
    "RDN": "dietitian",
    "DPT": "physical therapist",
    "OT": "occupational therapist",
    "PSYD": "psychologist",
    "LP": "psychologist",
    "MFT": "marriage and family therapist",
    "LMFT": "marriage and family therapist",
    "RMFT": "marriage and family therapist",
    "RP": "psychotherapist",
    "LPC": "professional counselor",
    "LPCC": "professional counselor",
    "LCPC": "professional counselor",
    "LMHC": "mental health counselor",
    "LSW": "social worker",
    "MSW": "social worker",
    "LMSW": "social worker",
    "LCSW": "clinical social worker",
    "LICSW": "clinical social worker",
    "LISW": "social worker",
}
"""The letters without points and hyphens, and what who has them is."""

_APART = re.compile(r"[,;/|()]|\s+")
_MARKS = re.compile(r"[^A-Za-z]")


@cache
def professions_of(credentials: str) -> tuple[str, ...]:
    """Return what somebody is by their credentials: of "MA, LMFT" "marriage and family therapist"."""
    letters = (_MARKS.sub("", part).upper() for part in _APART.split(credentials))
    return tuple(dict.fromkeys(_PROFESSIONS[part] for part in letters if part in _PROFESSIONS))
