"""Who wrote it: the names of a byline, without posts, employers and dates."""

from __future__ import annotations

import re
from functools import cache

from tasks.extractors.agency_names import agency_named
from tasks.extractors.name_words import body_nouns
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.vocabulary import read_words

MAX_LENGTH = 160
MAX_NAME_WORDS = 6
MAX_NAME = 40
OPENING = re.compile(
    r"^[\s(\[|•*–—-]{0,6}(?:(?:story|written|reported|posted|published|compiled|report|text|words|"
    r"article|analysis|news)\s)?(?:(?:by|from)\b:?|(?:authors?|writers?|reporters?)\s?:)\s{0,3}",
    re.IGNORECASE,
)
# Two persons; "Sheikh and Yusuf", "A. Able, B. Baker", "Able / Baker".
AND = re.compile(r"\s+(?:and|&|with)\s+", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[;|•·]\s*|\s/\s|\s[-–—]\s|,\s*")
# Frames of a page run into one another: "Maria Okello2014-01-26 21:32".
TRAILING = re.compile(
    r"\s*(?:[|•(\[<]|\bon\s+\d|\b\d{1,2}[:/.]\d|(?<=[a-z])(?:19|20)\d\d-).*$", re.DOTALL
)
NAME_WORD = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.-]*|de|van|von|der|den|al|el|bin|ibn|da|di|la|le|del|dos)$"
)


def find_byline(line: str) -> tuple[str, ...]:
    """The writers that a byline names; empty where the line is none."""
    if len(line) > MAX_LENGTH or not (opening := OPENING.match(line)):
        return ()
    return names_of(line[opening.end() :])


def names_nobody(line: str) -> bool:
    """ "Staff and agencies": how papers sign what no one writer signs."""
    return line.strip(" ().").lower() in _staff_lines()


def is_person(line: str) -> bool:
    """The line is one name and nothing else."""
    return len(line) <= MAX_NAME and names_of(line) == (line,)


def names_of(text: str) -> tuple[str, ...]:
    """The names in a byline without its "by"; none in what is too long for one."""
    if len(text) > MAX_LENGTH or names_nobody(text):
        return ()
    text = TRAILING.sub("", OPENING.sub("", text, count=1))
    if (dates := find_printed_dates(text)) and dates[0].start:
        text = text[: dates[0].start]
    text = text.strip(" .,:;-–—)]")
    first, *rest = (_names_in(part) for part in BETWEEN.split(text))
    behind = [name for names in rest for name in names if not _is_employer(name)]
    return _office(text) or tuple(dict.fromkeys(map(_tidy, first + behind)))


def _names_in(text: str) -> list[str]:
    names = (_without_rank(part.strip(" :")) for part in AND.split(text))
    return [name for name in names if _is_name(name)]


def _is_employer(name: str) -> bool:
    """ "Valley Foundation", "PA Sport" behind a writer; a name all in capitals is a person's."""
    words = name.split()
    is_short_form = re.match(r"[A-Z]{2,}\b(?!\.)", name) and not name.isupper()
    return bool(is_short_form) or any(word.lower() in body_nouns() for word in words)


def _without_rank(name: str) -> str:
    """ "Staff Sgt. Dana Whitlock" without what stands before the name."""
    words = name.split()
    while len(words) > 2 and words[0].lower().strip(".") in _ranks():  # noqa: PLR2004
        words = words[1:]
    return " ".join(words)


def _is_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= MAX_NAME_WORDS or agency_named(name):  # noqa: PLR2004
        return False
    if any(word.lower().strip(".'’") in _roles() for word in words):
        return False
    if words[0] == "The" or not words[0][0].isupper():
        return False
    return all(NAME_WORD.match(word) for word in words)


def _office(text: str) -> tuple[str, ...]:
    """An office that signs as a whole: "PMA-205 and NAVAIR Public Affairs" has no persons."""
    is_office = re.search(r"\b(?:Public Affairs|Press Office|Office of|Command|Staff)\b", text)
    return (text,) if is_office and "," not in text and len(text) <= MAX_LENGTH // 2 else ()


def _tidy(name: str) -> str:
    letters = [word for word in name.split() if len(word.strip(".")) > 2]  # noqa: PLR2004
    if letters and all(word.isupper() for word in letters):
        return " ".join(_capital(word) for word in name.split())
    return name


def _capital(word: str) -> str:
    if "." in word and len(word) <= 4:  # noqa: PLR2004
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


@cache
def _ranks() -> frozenset[str]:
    return frozenset(read_words("byline_ranks")) | _roles()


@cache
def _roles() -> frozenset[str]:
    return frozenset(read_words("byline_roles"))


@cache
def _staff_lines() -> frozenset[str]:
    return frozenset(read_words("staff_lines"))
