"""What one line of a captured page is: an author's name, a specialty, a rating, boilerplate.

Everything here looks at a single line and at nothing else, so each rule can be read and
tested by itself. `page` puts the lines together.
"""

import re
from dataclasses import dataclass

_LETTER = r"[^\W\d_]"
_UPPER = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ]"

_NAME_WORD = rf"(?:{_UPPER}(?:{_LETTER}|['’\-])*\.?)"
_PARTICLE = r"(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|zu|bin|ibn|al|el|ben|y|e)"
_GENERATION = r"(?:Jr\.?|Sr\.?|II|III|IV)"
_NAME = rf"{_NAME_WORD}(?:[ ](?:{_NAME_WORD}|{_PARTICLE}))*(?:,?[ ]{_GENERATION}(?=$|,|[ ]))?"
# A credential has at least two capitals ("MD", "FRCPC", "PhD", "PA-C", "M.D.", "MBChB").
_CREDENTIAL = r"(?:[A-Za-z]{0,2}[A-Z](?:[a-z]{0,3}\.?-?[A-Z])[A-Za-z\-]*\.?|[A-Z]\.(?:[A-Z][a-z]?\.)+(?:[A-Z])?)"
_CREDENTIALS = rf"{_CREDENTIAL}(?:\s*[,/]\s*{_CREDENTIAL}|[ ]{_CREDENTIAL})*"
_BYLINE = r"(?:(?:Answer(?:ed)?|Reply|Written|Response|Posted)[ ]+(?:by|from):?|By:?|Author:|From:)"
_DOCTOR = r"(?:Dr\.?|Doctor|Prof\.?|Professor)"

_NAME_LINE = re.compile(
    rf"(?P<byline>(?i:{_BYLINE})\s+)?(?P<name>(?:{_DOCTOR}\s+)?{_NAME})"
    rf"(?:\s*,\s*(?P<credentials>{_CREDENTIALS}))?\s*[,.]?"
)
_CREDENTIAL_WORD = re.compile(_CREDENTIAL)
_GENERATION_WORD = re.compile(_GENERATION)
_DOCTOR_PREFIX = re.compile(rf"{_DOCTOR}\s")
_MAX_NAME_WORDS = 7

_HEADS = (
    r"\w+ologists?|\w+iatrists?|\w+ontists?|\w+opaths?|Surgeon|Physician|Physician Assistant|Dentist|Pediatrician"
    r"|Paediatrician|Obstetrician|Internist|Therapist|Psychotherapist|Counsell?or|Nurse|Nurse Practitioner"
    r"|Practitioner|Aesthetician|Esthetician|Midwife|Pharmacist|Optometrist|Optician|Chiropractor|Nutritionist"
    r"|Dietitian|Dietician|Geneticist|Intensivist|Hospitalist|Hygienist|Specialist|Injector|OB/GYN|OBGYN|Doctor"
)
_MODIFIERS = (
    r"Facial|Plastic|Cosmetic|Aesthetic|Reconstructive|Oculoplastic|Oculofacial|Ophthalmic|Dermatologic|Dermatological"
    r"|General|Vascular|Vein|Oral|Maxillofacial|Orthop(?:a?)edic|Bariatric|Hand|Eye|Eyelid|Hair|Restoration|Transplant"
    r"|Pediatric|Paediatric|Child|Adolescent|Clinical|Family|Internal|Medicine|Medical|Emergency|Board[ -]Certified"
    r"|Certified|Licensed|Registered|Nurse|Physician|Laser|Mohs|Breast|Head|Neck|Colorectal|Thoracic|Cardiac"
    r"|Cardiothoracic|Interventional|Primary|Care|Sports|Pain|Management|Reproductive|Sleep|Marriage|Couples|Mental"
    r"|Health|Physical|Occupational|Speech|Trauma|Spine|Foot|Ankle|Ear|Nose|Throat|Skin|Weight|Loss|Fertility"
    r"|Behavioral|Forensic|Surgical|Neurological|Urological|Gynecologic|Gynecological|Craniofacial|Dental|Implant"
    r"|and|&|/"
)
_SPECIALTY = rf"(?:(?:{_MODIFIERS})[ ])*(?:{_HEADS})"
_PLACE = rf"{_UPPER}[^.!?:;\d]*?"
_SPECIALTY_ALONE = re.compile(_SPECIALTY)
_PLACE_ALONE = re.compile(_PLACE)
_SPECIALTY_FIRST = re.compile(rf"(?P<specialty>{_SPECIALTY})(?:[ ]in[ ]|\s*[,|·•–—-]\s*)(?P<place>{_PLACE})")
_MAX_SPECIALTY_WORDS = 9
_SMALL_WORDS = frozenset("a an the i you your my to for with is are see ask can should".split())

_STARS = r"(?P<stars>\d+(?:[.,]\d+)?(?:e\d+)?)"
_COUNT = r"(?P<count>\d[\d,. ]*)"
_RATING_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:rat(?:ed|ing):?\s*)?{_STARS}\s*(?:out\s+of|of|/)\s*5(?:\.0)?(?:\s*(?:stars?|★+))?"
        rf"(?:[\s,;·|–—-]*\(?\s*{_COUNT}\s*(?:reviews?|ratings?|votes?)?\s*\)?)?",
        rf"(?:rat(?:ed|ing):?\s*)?{_STARS}\s*(?:stars?|★+)(?:[\s,;·|–—-]*\(?\s*{_COUNT}\s*(?:reviews?|ratings?)?\s*\)?)?",
        rf"rat(?:ed|ing):?\s*{_STARS}(?:[\s,;·|–—-]*\(?\s*{_COUNT}\s*(?:reviews?|ratings?)?\s*\)?)?",
        rf"{_STARS}\s*\(\s*{_COUNT}\s*(?:reviews?|ratings?)?\s*\)",
        rf"(?P<drawn>[★☆]{{5}})(?:[\s,;·|–—-]*\(?\s*{_COUNT}\s*(?:reviews?|ratings?)?\s*\)?)?",
        rf"\(?{_COUNT}\s*(?:reviews|ratings|review|rating)\)?",
        r"(?:no|not yet)\s+(?:reviews?|ratings?|rated)(?:\s+yet)?",
    )
)

_ANSWER_COUNT = re.compile(
    r"(?:doctors?['’]?s?\s+)?(?:answers?|replies|responses)\s*[:(]?\s*(?P<after>\d{1,4})\)?"
    r"|(?P<before>\d{1,4})\s+(?:doctors?['’]?s?\s+)?(?:answers?|replies|responses)(?:\s+from\s+.{1,40})?:?",
    re.IGNORECASE,
)

_BOILERPLATE = re.compile(
    r"(?:read|show|see|view|load) (?:more|less|all)(?: (?:answers?|replies|reviews))?[.…]*"
    r"|was this (?:answer )?helpful\s*\??(?:\s*(?:yes|no)\b[\s/|]*)*"
    r"|(?:helpful|not helpful|like|share|save|print|e-?mail|report|flag|follow|thank|reply|comment|copy link|tweet)"
    r"(?: this)?(?: (?:answer|page|post|doctor|abuse))?"
    r"|(?:add|leave|post) (?:a|your) (?:comment|reply|answer)"
    r"|(?:view|see|visit) (?:full )?(?:profile|website|bio)"
    r"|(?:contact|call|ask|message) (?:this |the )?(?:doctor|provider|office)"
    r"|(?:book|request|schedule) (?:an? )?(?:appointment|consultation|consult|online)(?: online)?"
    r"|ask (?:a|your) (?:free )?question|advertisement|sponsored(?: content)?|ad|back to top"
    r"|sign (?:in|up)|log ?in|accept(?: all)? cookies",
    re.IGNORECASE,
)
_HELPFUL = re.compile(
    r"(?P<before>\d[\d,]*)\s+(?:people|persons?|users?|patients?|members?|others?)?\s*"
    r"(?:found|find) this (?:answer )?helpful\.?"
    r"|(?:helpful|like[sd]?|upvotes?|thanks)\s*[:(]?\s*(?P<after>\d[\d,]*)\)?",
    re.IGNORECASE,
)

_DISCLAIMER_SIGNS = tuple(
    re.compile(sign, re.IGNORECASE)
    for sign in (
        r"\b(?:educational|informational|information|general)\s+(?:and\s+\w+\s+)?purposes\b",
        r"\bsubstitute for\b.{0,60}\b(?:advice|diagnosis|treatment|care)\b",
        r"\bmedical advice\b",
        r"\b(?:patient|doctor|physician)\W{0,3}(?:and\W|\w{1,3}\W)?\s?(?:doctor|patient|physician)\s+relationship\b",
        r"\bmedical emergency\b|\bcall 911\b",
        r"\bshould not be (?:relied upon|used|considered)\b|\bnot be relied on\b",
    )
)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line with an author's name.

    `certain` is whether the line alone shows that it is one, `byline` whether it says "Answer by".
    """

    name: str
    credentials: str | None
    certain: bool
    byline: bool = False


@dataclass(frozen=True, slots=True)
class SpecialtyLine:
    """A line such as "Toronto Dermatologist"."""

    specialty: str
    location: str | None


@dataclass(frozen=True, slots=True)
class RatingLine:
    """A line such as "4.9 out of 5 stars 49 reviews". `rating` is as written, 0 or more."""

    rating: float | None
    reviews: int | None


def name_line(line: str) -> NameLine | None:
    """Read "Benjamin Barankin, MD, FRCPC", "Dr. Jane Roe", "Answer by Jo Roe, RN", or give None.

    A bare "Jane Roe" gives a `NameLine` that is not `certain`: it may as well be a title.
    """
    match = _NAME_LINE.fullmatch(line.strip())
    if match is None:
        return None
    words = match["name"].strip().rstrip(",").split()
    # "Jo Roe MD": credentials without a comma. In "JO ROE" nothing tells them from the name.
    bare: list[str] = []
    while len(words) > 2 and not match["name"].isupper() and _is_credential(words[-1]):
        bare.insert(0, words.pop().rstrip(","))
    name = " ".join(words).rstrip(",")
    credentials = ", ".join([*bare, *([match["credentials"]] if match["credentials"] else [])]) or None
    doctor = _DOCTOR_PREFIX.match(name) is not None
    if len(words) > _MAX_NAME_WORDS or (len(words) < 2 and not (match["byline"] and credentials)):
        return None
    certain = bool(match["byline"] or credentials or doctor)
    return NameLine(name=name, credentials=credentials, certain=certain, byline=bool(match["byline"]))


def _is_credential(word: str) -> bool:
    return _CREDENTIAL_WORD.fullmatch(word) is not None and _GENERATION_WORD.fullmatch(word) is None


def specialty_line(line: str) -> SpecialtyLine | None:
    """Read "Beverly Hills Facial Plastic Surgeon" or "Dermatologist in Toronto, ON", or give None."""
    text = line.strip()
    words = text.split()
    if not 1 <= len(words) <= _MAX_SPECIALTY_WORDS or _SMALL_WORDS & {word.lower() for word in words}:
        return None
    # The longest specialty that ends the line: "Beverly Hills | Facial Plastic Surgeon".
    for at in range(len(words)):
        place, specialty = " ".join(words[:at]), " ".join(words[at:])
        if _SPECIALTY_ALONE.fullmatch(specialty) and (not place or _PLACE_ALONE.fullmatch(place)):
            return SpecialtyLine(specialty=specialty, location=place.strip(" ,-–—|·•") or None)
    match = _SPECIALTY_FIRST.fullmatch(text)
    return SpecialtyLine(specialty=match["specialty"], location=match["place"].strip()) if match else None


def rating_line(line: str) -> RatingLine | None:
    """Read "5.0 out of 5 stars 4 reviews", "4.9/5 (49)", "★★★★☆ 12 reviews", or give None."""
    text = line.strip()
    for form in _RATING_FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        stars, drawn, count = found.get("stars"), found.get("drawn"), found.get("count")
        rating = float(stars.replace(",", ".")) if stars else float(drawn.count("★")) if drawn else None
        digits = re.sub(r"\D", "", count) if count else ""
        return RatingLine(rating=rating, reviews=int(digits) if digits else None)
    return None


def answer_count(line: str) -> int | None:
    """Read the number out of "Doctor Answers 9", "9 answers" or "Answers (9)", or give None."""
    match = _ANSWER_COUNT.fullmatch(line.strip())
    return int(match["after"] or match["before"]) if match else None


def is_boilerplate(line: str) -> bool:
    """Whether a line is a button or a notice of the site, and nobody's words: "Was this helpful?", "Read more"."""
    return _BOILERPLATE.fullmatch(line.strip()) is not None


def helpful_votes(line: str) -> int | None:
    """Read the number out of "3 people found this helpful" or "Helpful (3)", or give None."""
    match = _HELPFUL.fullmatch(line.strip())
    return int((match["before"] or match["after"]).replace(",", "")) if match else None


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph is a site's disclaimer: at least two of its usual phrases stand in it."""
    return sum(sign.search(text) is not None for sign in _DISCLAIMER_SIGNS) >= 2
