"""How a name stands in its sentence: as who speaks, as the subject, or governed by other words."""

from __future__ import annotations

import re
from functools import cache

from tasks.extractors.cues import word_classes
from tasks.extractors.name_words import body_nouns, offices, titles

GOVERNED, SUBJECT, SPEAKER, ASKED = 1, 2, 3, 4
_WORD_BEFORE = re.compile(r"([\w.'’\-]+|[^\w\s])\s*$")
_SPEAKS = re.compile(
    r"\s(?:also\s)?(?:said|says|told|tells|added|adds|wrote|writes|noted|argued|continued)\b"
)
_ASKED = re.compile(r"\b[Aa]sk(?:ed|s|ing)\s(?:[A-Z]\w+\.?\s){0,2}$")
_ASKED_BY = re.compile(r"\s(?:was|is|were)\s(?:\w+\s)?(?:asked|pressed|questioned|challenged)\b")
_WORD_AFTER = re.compile(r"\s([a-z\-]+)")
_JOINING = frozenset(("and", "or", "&", "nor"))
_CAPITAL_END = re.compile(r"[A-Z][\w'’.\-]*\s$")
_LEFT, _NEAR_START = 60, 30


def rank_of(text: str, start: int, name: re.Match[str]) -> int:
    """Who is asked goes before who speaks, both before the subject, that before the governed."""
    if _ASKED_BY.match(text, name.end()):
        return ASKED
    if _SPEAKS.match(text, name.end()):
        return SPEAKER
    is_subject = _is_subject(text, start, name.start())
    if name[2]:
        # "Okello's remarks were …" opens with Okello; elsewhere an owner is no subject.
        return SUBJECT if is_subject and name.start() - start < _NEAR_START else GOVERNED
    if _ASKED.search(text, max(start, name.start() - _LEFT), name.start()):
        return ASKED
    following = _WORD_AFTER.match(text, name.end())
    if following and (following[1] in offices() or following[1] in body_nouns()):
        # "Brandt spokeswoman Maria Okello", "the Brandt campaign": Brandt is only whose it is.
        return 0
    return SUBJECT if is_subject else GOVERNED


def _is_subject(text: str, sentence_start: int, at: int) -> bool:
    """No preposition and no verb stands before the name with its titles."""
    low = max(sentence_start, at - _LEFT)
    end = at
    while (found := _WORD_BEFORE.search(text, low, end)) is not None:
        word = found[1]
        if word in _JOINING and _CAPITAL_END.search(text, low, found.start()):
            # "no Maria Okello or Jan Brandt": the second stands as the first does.
            end = found.start()
            continue
        if not (word[0].isupper() or word.rstrip(".").lower() in titles()):
            return not word[0].isalnum() or word.lower() in _before_subjects()
        if word.lower() in word_classes() and word.lower() not in titles():
            return word_classes()[word.lower()] != "I"
        end = found.start()
    return True


@cache
def _before_subjects() -> frozenset[str]:
    """Small words after which a subject begins, verbs of speech among them ("said Okello")."""
    return frozenset(word for word, letter in word_classes().items() if letter in "CTHAVRYB")
