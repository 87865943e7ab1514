"""What stands around a name: does it make a person, a ship, a language or a place of it?"""

from __future__ import annotations

import re
from functools import cache

from tasks.extractors.gazetteer import Hit
from tasks.extractors.vocabulary import read_table, read_words

_LOOK = 48
_LAST_WORD = re.compile(r"([^\s\"“”(),;:]+) $")
_NEXT_WORD = re.compile(r" ([^\s\"“”(),;:]+)")
_SHIP = re.compile(
    r"\b(?:USS|HMS|HMAS|HMCS|USNS|RMS|SS|MV|M/V|INS|USCGC|battleship|carrier|destroyer|frigate"
    r"|cruiser|submarine|ferry|tanker|freighter|schooner|warship) $"
)
_LANGUAGE = re.compile(r"\b(?:speak|speaks|spoke|speaking|spoken|fluent|in|into|translated) $")
_INITIAL = re.compile(r"[A-Z]\.$")


def word_before(plain: str, hit: Hit) -> str:
    found = _LAST_WORD.search(plain, max(0, hit.start - _LOOK), hit.start)
    return found.group(1) if found else ""


def word_after(plain: str, hit: Hit) -> str:
    found = _NEXT_WORD.match(plain, hit.end, hit.end + _LOOK)
    return found.group(1) if found else ""


def is_ship(plain: str, hit: Hit) -> bool:
    return _SHIP.search(plain, max(0, hit.start - 12), hit.start) is not None


def is_person(plain: str, hit: Hit) -> bool:
    """A title, given name or initial stands before, or the name is itself a given name."""
    before = word_before(plain, hit)
    if before in titles() or _INITIAL.match(before):
        return True
    if before in given_names() and before != hit.name.text:
        return True
    if hit.name.text in given_names():
        after = word_after(plain, hit)
        return after[:1].isupper() and after not in place_words_after()
    return False


def is_language(plain: str, hit: Hit) -> bool:
    if _LANGUAGE.search(plain, max(0, hit.start - 12), hit.start) is None:
        return False
    return not word_after(plain, hit)[:1].isalpha()


def has_place_cue(plain: str, hit: Hit) -> bool:
    before = plain[max(0, hit.start - _LOOK) : hit.start]
    if _cue_before().search(before):
        return True
    return _cue_after().match(plain, hit.end) is not None


def is_part_of_name(plain: str, hit: Hit) -> bool:
    """Another capitalised word stands directly beside it."""
    return word_before(plain, hit)[:1].isupper() or word_after(plain, hit)[:1].isupper()


@cache
def titles() -> frozenset[str]:
    return frozenset(read_words("personal_titles"))


@cache
def given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("given_names"))


@cache
def place_words_after() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _cues("after"))


@cache
def _cues(where: str) -> tuple[str, ...]:
    rows = [row["words"] for row in read_table("place_cues") if row["where"] == where]
    return tuple(phrase for words in rows for phrase in words.split("|"))


@cache
def _cue_before() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in _cues("before"))
    return re.compile(rf"\b(?:{phrases}) $", re.IGNORECASE)


@cache
def _cue_after() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in _cues("after"))
    return re.compile(rf"(?:-based|-area|-born)\b|(?:'s)? (?:{phrases})\b")
