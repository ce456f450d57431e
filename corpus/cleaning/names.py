"""Authors' names split from what a page glued to them: "Lynda MartensMarriage & Family Therapist".

A site shows a name, credentials and a line about oneself below each other; what copies the page often loses the
breaks between. Where lower case or a credential meets the capital of a word that can't belong to the name, the rest
is a line about oneself: what it says of a profession becomes the specialty, a slogan ("Follow your heart") is
dropped. A name that is written with a capital inside ("McCoy", "DeAngelo", "LaToya", "PhD") stays as it is.
"""

import re
from dataclasses import replace
from functools import lru_cache

from corpus.records import Doctor

_MAX_PROFESSION_WORDS = 7
_MAX_CREDENTIAL = 7
"""Letters of a credential: "COUNSELING" is none."""
_INSIDE = frozenset(
    "mc mac de del dela della des di da do dos du la le las los lo van von vander ver fitz saint st san al el abu ab "
    "ben bin ibn o d l m n t ter ten zu af av mary ann anna jo ja jean lee sue rose ka ke ki na ra re ro sha she ta te "
    "ti to ty va ve vi wil al ma mar de ti".split()
)
"""What stands before a capital inside a name: "McCoy", "VanDyke", "LaToya", "MaryAnn"."""
_GIVEN = frozenset("ann anne beth lynn lee jo jean sue marie may mae kay lou rose ellen jane joy claire".split())
"""What stands after it in given names: "SueEllen"."""
_SMALL = frozenset(
    "a an the and or of in on at to for from with by is are be can you your we i my me it as not no into through out "
    "up that this who what when how her his their our & + -".split()
)
_JOINING = frozenset("and of in & / health social worker clinical play parent life".split())
"""What stands in lower case within a profession."""
_HEAD = (
    r"(?:\w*[Tt]herapists?|[Cc]ounsell?ors?|[A-Za-z]\w*ologists?|\w*iatrists?|\w+analysts?|\w+opaths?|\w*ontists?"
    r"|[Ss]ocial [Ww]orkers?|[Cc]linicians?|[Pp]ractitioners?|[Pp]hysicians?|[Ss]urgeons?|[Dd]entists?|[Nn]urses?"
    r"|[Mm]idwi(?:fe|ves)|[Pp]harmacists?|[Ii]nternists?|[Dd]ietiti?cians?|[Nn]utritionists?|[Cc]oach(?:es)?"
    r"|[Ss]pecialists?|[Cc]onsultants?|[Ee]ducators?|[Dd]octors?|[Oo]ptometrists?|[Cc]hiropractors?|Intern"
    r"|[Ss]upervisors?)"
)
_PROFESSION = re.compile(rf"\b{_HEAD}(?!\w)")
_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}\.?-?){1,2}[A-Z][A-Za-z\-]*\.?(?:/[A-Z]+)?|(?:[A-Z][a-z]{0,2}\.){2,}[A-Z]?\.?|[A-Z]{2,}[A-Z\-/]*"
    r"|(?:Ph|Psy|Ed|Th)\.?D\.?|M\.?Ed\.?|M\.?Sc\.?|M\.?Div\.?"
)
# A run of capitals that a word follows at once: "LCSWCouples", "CCTPI tailor", "Ph.D.Claremont", "NCC#1".
_GLUED_CREDENTIAL = re.compile(
    r"(?P<credential>(?:[A-Z]{2,}(?:-[A-Z])?|(?:[A-Z][a-z]{0,2}\.){2,}(?:[A-Z]\.)?|(?:Ph|Psy)\.?D\.?|[A-Z]{2,}\.|M\.?Ed\.?))"
    r"(?P<rest>(?:[A-Z][a-z]|[A-Z]-[A-Z][a-z]|[IA][ ][a-z]|OCD\b|[A-Z]{4,} [A-Z][a-z]|[#\"“‘]).*)"
)
_TOPIC = re.compile(r"LGBT\w*|GLBT\w*|OCD|ADH?D|PTSD|EMDR|[CD]BT|ASD|SPD|NYC|CEO|Inc\.?")
"""Capitals that are no credential."""
_CAPITALS = re.compile(r"[A-Z]{2}|(?:Ph|Psy|Ed)D|[A-Z]\.")
_MIXED = re.compile(
    r"(?:ChB|Psych|Path|Ophth|Ed|Sc|Phil|Med|Surg|Orth|Dent|Chir|Clin|Pharm|Glas|Edin|Hons|Rad|Obs|Gyn)\b"
)
"""What follows capitals within a credential: "MBChB", "FRCPsych", "MSEd"."""
_BOUNDARY = re.compile(
    r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ]|[\"“‘#]\w|\d+/\d|;|www\.|https?://)"
    r"|(?<=[a-z]{3})(?=(?:clinical|licensed|registered|certified) )"
)
_PLACE = re.compile(r"[A-Z]{2}\.?")
_SENTENCE = re.compile(r"[.!?;:|]|\s[-–—]\s|…")


@lru_cache(maxsize=4096)
def split_credentials(doctor: Doctor) -> Doctor:
    """Return the doctor with what is glued to the name or the credentials taken off them."""
    name, pieces = doctor.name, _pieces(doctor.credentials)
    if name is None:
        return doctor
    at = _end_of_name(name, more=pieces)
    rest: list[str] = []
    if at is not None:
        name, rest = name[:at].rstrip(" -–,"), [name[at:]]
    else:
        found = _glued_at_end(name, more=any(not _is_credentials(piece) for piece in pieces))
        if found:
            name, rest = found[0], [found[1]]
    credentials: list[str] = []
    about: list[str] = []
    everything = [*rest, *pieces]
    for piece, following in zip(everything, [*everything, ""][1:], strict=True):
        taken, more = _split_piece(piece, more=bool(following) and not _is_credentials(following))
        if more is None and not rest and not about:
            credentials.append(taken)  # Nothing was glued so far: what a page calls credentials is left alone.
        elif (
            more is None and _is_credentials(taken) and not (_PLACE.fullmatch(taken) and about and " in " in about[-1])
        ):
            credentials.append(taken)
        else:
            credentials += [taken] if more is not None else []
            about.append(more if more is not None else taken)
    if not rest and not about:
        return doctor
    kept = list(dict.fromkeys(credentials))
    return replace(
        doctor,
        name=name,
        credentials=", ".join(kept) or None,
        specialty=doctor.specialty or _profession(about, name),
    )


def _pieces(credentials: str | None) -> list[str]:
    return [piece for piece in re.split(r"\s*,\s*", credentials or "") if piece]


def _end_of_name(name: str, *, more: list[str]) -> int | None:
    """Return where a name ends and a line about oneself begins, or None."""
    for match in _BOUNDARY.finditer(name):
        at = match.start()
        if " " in name[:at].strip() and _is_end_of_name(name, at, more=more):
            return at
    repeated = re.match(r"(?P<first>\w{3,})[ ].*?(?P<again>(?<=\w)(?P=first)[ ])", name)
    return repeated.start("again") if repeated else None


def _is_end_of_name(name: str, at: int, *, more: list[str]) -> bool:
    before = re.split(r"[\s\-]", name[:at])[-1]
    rest = name[at:]
    words = rest.split()
    first = re.match(r"[\w’']*", rest)
    word = first[0] if first else ""
    if not word or not word[0].isupper():
        return len(before) > 1 and (not word or word[0].isdigit() or not rest[0].isupper())
    if (_is_credentials(rest) and _CAPITALS.match(rest)) or (_PROFESSION.match(rest) and len(before) > 1):
        return len(before) > 1 and before.casefold() not in ("ph", "psy", "mc")
    is_about = any(each.casefold().strip(".,!?") in _SMALL or each[:1].islower() for each in words[1:])
    is_about = is_about or _PROFESSION.search(rest) is not None or rest.rstrip().endswith((".", "!", "?", "…"))
    is_about = is_about or name.split(maxsplit=1)[0].casefold() == word.casefold()
    if before.casefold() in _INSIDE or len(before) <= 2 or word.casefold() in _GIVEN:
        # "Amy McCoy Licensed ..." has its joint further on, if at all.
        return (
            is_about
            and before.casefold() not in ("mc", "mac", "de", "la", "le", "du", "o", "d")
            and len(before) > 2
            and len(words) > 1
        )
    return is_about or len(words) > 1 or bool(more) or len(word) >= 9


def _glued_at_end(name: str, *, more: bool) -> tuple[str, str] | None:
    """Part "Cory Shafer LPCPsychotherapist": a credential in a name with a line about oneself glued to it."""
    for match in re.finditer(r"(?<=\s)\S", name):
        found = _GLUED_CREDENTIAL.match(name[match.start() :])
        if found and not _MIXED.match(found["rest"]) and _is_about(found["rest"], more=more):
            end = match.start() + len(found["credential"])
            return name[:end], found["rest"]
    return None


def _dot(credential: str) -> str:
    """Return the full stop that belongs to "Ph.D.", and not to "LPC."."""
    return "." if credential.endswith(".") and "." in credential[:-1] else ""


def _split_piece(piece: str, *, more: bool) -> tuple[str, str | None]:
    """Return a piece of the credentials, and what is glued to it, or None."""
    words = [match.start() for match in re.finditer(r"\S+", piece)]
    for start in words:
        if start and not _is_credentials(piece[:start].strip()):
            break
        found = _GLUED_CREDENTIAL.match(piece[start:])
        fits = found and not _TOPIC.match(piece[start:]) and not _MIXED.match(found["rest"])
        if found and fits and _is_about(found["rest"], more=more):
            return piece[:start] + found["credential"].removesuffix(".") + _dot(found["credential"]), found["rest"]
        # "PhD PsychologistProgressive Therapy": a profession, then a line about oneself.
        profession = re.match(rf"(?P<what>{_HEAD})(?=[A-Z])", piece[start:])
        if start and profession:
            return piece[:start].strip(), profession["what"]
    return piece, None


def _is_about(rest: str, *, more: bool) -> bool:
    """Whether what follows a credential at once is a line about oneself, and no further letters of it.

    Args:
        more: whether what stands behind the next comma is no credential either.
    """
    words = rest.split()
    if more and len(rest) > 2:
        return True
    return (
        (len(words) > 1 and not _is_credentials(words[1].rstrip(",")))
        or _PROFESSION.match(rest) is not None
        or rest[0] in '#"“‘'
    )


def _is_credentials(text: str) -> bool:
    words = text.split()
    return bool(words) and all(_is_credential(word) or (n > 0 and word.isdigit()) for n, word in enumerate(words))


def _is_credential(word: str) -> bool:
    short = len(word) <= _MAX_CREDENTIAL or not word.isalpha()
    return short and _CREDENTIAL.fullmatch(word) is not None and _TOPIC.fullmatch(word) is None


def _profession(about: list[str], name: str) -> str | None:
    """Return what lines about oneself say of a profession, in the words of the page, or None."""
    for text in [", ".join(about), *about]:
        clause = _SENTENCE.split(text, maxsplit=1)[0].strip()
        heads = list(_PROFESSION.finditer(clause))
        for head in reversed(heads):
            phrase = re.split(r",? \b[A-Z]{2} ", clause[: head.end()])[-1].strip(" ,&")
            words = phrase.split()
            if all(map(_fits, words)) and len(words) <= _MAX_PROFESSION_WORDS and phrase != name:
                whole = phrase == "Specialist" and len(clause.split()) <= _MAX_PROFESSION_WORDS
                return clause if whole else phrase[0].upper() + phrase[1:]
    return None


def _fits(word: str) -> bool:
    plain = word.strip(",()")
    return plain[:1].isupper() or plain.casefold() in _JOINING or _PROFESSION.fullmatch(plain) is not None
