"""A byline without "by": "Maria Okello", "Maria Okello and Jan de Vries, Valley News".

Only between headline and story, and only names that begin with a known given name: a heading in
capitals ("Congress Asks Ministers") has the form of a name.
"""

from __future__ import annotations

import re

from tasks.extractors.byline import AND, NAME_WORD
from tasks.extractors.countries import may_be_country
from tasks.extractors.cues import word_classes
from tasks.extractors.name_words import given_names, particles

MAX_LENGTH = 80
MAX_NAME_WORDS = 4
LONGEST_INITIAL = 2
NO_NAME = re.compile(r"[0-9]|[.?!…]$")
PARTS = re.compile(r"\s*[,|;/·•:]\s*|\s[-–—]\s")


def is_bare_byline(line: str) -> bool:
    if len(line) > MAX_LENGTH or NO_NAME.search(line) or not line[:1].isupper():
        return False
    first, *rest = PARTS.split(line.strip())
    return all(map(_is_person, AND.split(first))) and all(map(_may_be_employer, rest))


def _is_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= MAX_NAME_WORDS or not all(map(NAME_WORD.match, words)):  # noqa: PLR2004
        return False
    given, *middle, last = (word.title() if word.isupper() else word for word in words)
    return (
        given in given_names()
        and all(map(_may_stand_between, middle))
        and last.lower() not in word_classes()
        and not may_be_country(words[0])
    )


def _may_stand_between(word: str) -> bool:
    is_initial = len(word.strip(".")) <= LONGEST_INITIAL
    return is_initial or word.lower() in particles() or word in given_names()


def _may_be_employer(text: str) -> bool:
    """Words in capitals: "Valley News Service"; an empty end too."""
    words = text.split()
    return all(word[:1].isupper() or word in {"of", "the", "and", "for"} for word in words)
