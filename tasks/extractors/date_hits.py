"""Where in a text a date may stand: the words that dates are built on, found in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple, get_args

import ahocorasick_rs

from tasks.extractors.calendar_words import months, weekdays
from tasks.extractors.date_words import counting_words, holidays
from tasks.extractors.vocabulary import read_table, read_words

Family = Literal["month", "weekday", "deictic", "unit", "year", "decade", "holiday", "brief"]

_FAMILIES = get_args(Family)
# "28th of May", "two weeks ago": numbers lead these.
_COUNTING: tuple[Family, ...] = ("month", "weekday", "unit")
_UNITS = ("weekend", "day", "week", "month", "quarter", "year", "decade")
_DEICTIC = ("today", "tonight", "yesterday", "tomorrow", "morning", "afternoon", "evening", "night")
_CENTURIES = ("14", "15", "16", "17", "18", "19", "20")
# "about two weeks ago", "the day before last Friday": no date has more words before its own.
_MOST_LEADS = 5
_REACH = 48
# How far before 1701 the word resolution may stand: "resolutions 1696, 1701 and".
_NUMBERED_REACH = 40
_OLD_CENTURIES = ("14", "15", "16")
_OPENING = "(\"“‘'"
_MONEY = frozenset("$£€¥#№")


class Hit(NamedTuple):
    """A word that a date may be built on."""

    family: Family
    start: int
    end: int


def find_hits(text: str) -> Iterator[Hit]:
    """Every whole word, and every number of four figures, that a rule could be built on."""
    families, automaton = _triggers()
    for index, start, end in automaton.find_matches_as_indexes(text):
        family = families[index]
        if family is None or (start and text[start - 1].isalnum()):
            continue
        if family == "year":
            if text[end : end + 2].isdecimal() and not text[end + 2 : end + 3].isdecimal():
                yield Hit(family, start, end + 2)
        elif family == "brief" or not text[end : end + 1].isalnum():
            yield Hit(family, start, end)


def is_other(text: str, hit: Hit) -> bool:
    """The word is there, and is no date: the Today programme, $1990, Resolution 1701."""
    if hit.family == "year":
        return _is_number(text, hit)
    is_capital = hit.family == "deictic" and text[hit.start].isupper()
    return is_capital and _is_inside_sentence(text, hit.start)


def _is_number(text: str, hit: Hit) -> bool:
    if hit.start and text[hit.start - 1] in _MONEY:
        return True
    lead = text[max(0, hit.start - _NUMBERED_REACH) : hit.start].lower().split()
    if lead and lead[-1] == "at":  # at 1830, as news agencies write the time
        return True
    if lead and text[hit.start : hit.start + 2] in _OLD_CENTURIES:
        return lead[-1] not in ("in", "since", "of", "from", "until", "by", "around", "circa", "to")
    listed = [word.rstrip(".,") for word in lead]
    while listed and (listed[-1] in ("and", "or", "to") or listed[-1].isdecimal()):
        listed.pop()
    return bool(listed) and listed[-1] in read_words("numbered_things")


def _is_inside_sentence(text: str, start: int) -> bool:
    """Capitals there are for names: the Today programme."""
    before = text[max(0, start - 3) : start]
    return len(before) > 1 and before[-1] == " " and (before[-2].isalnum() or before[-2] == ",")


def starts_of(text: str, hit: Hit, free_from: int) -> list[int]:
    """Where the date may begin: at a leading word before the hit, the first one first, or at it."""
    start = hit.start
    if start == free_from or text[start - 1] not in " \n\u00a0-(":
        return [start] if hit.family != "year" else _starts_of_figures(text, start, free_from)
    if hit.family == "year":
        return [start]
    starts = [start]
    leads = _leads()[hit.family]
    for word in reversed(text[max(free_from, start - _REACH) : start - 1].split()[-_MOST_LEADS:]):
        bare = word.lstrip(_OPENING)
        folded = bare.lower().rstrip(",.")
        if folded not in leads and not folded[:1].isdecimal():
            break
        start = text.rfind(word, free_from, start)
        starts.append(start + len(word) - len(bare))
    # "year" alone is no date; every other word may be one by itself.
    return starts[:0:-1] if hit.family == "unit" else starts[::-1]


def _starts_of_figures(text: str, start: int, free_from: int) -> list[int]:
    """28/5/2007 is found by its year."""
    first = start
    while first > max(free_from, start - 6) and text[first - 1] in "0123456789/.":
        first -= 1
    return [first, start] if first < start else [start]


@cache
def _leads() -> dict[Family, frozenset[str]]:
    table = read_table("date_leads")
    return {
        family: frozenset(row["word"] for row in table if row["family"] == family)
        | (counting_words() if family in _COUNTING else frozenset())
        for family in _FAMILIES
    }


@cache
def _triggers() -> tuple[tuple[Family | None, ...], ahocorasick_rs.AhoCorasick]:
    """None marks a name that is no date, found so that no rule reads a part of it."""
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    words: dict[str, Family | None] = dict.fromkeys(_CENTURIES, "year")
    words |= dict.fromkeys((f"{mark}{tens}0s" for tens in range(1, 10) for mark in "'’‘"), "decade")
    words |= dict.fromkeys((form for unit in _UNITS for form in (unit, f"{unit}s")), "unit")
    words |= dict.fromkeys((*_DEICTIC, *_names(_DEICTIC)), "deictic")
    words |= dict.fromkeys((*_names(months()), "9/11"), "month")
    words |= dict.fromkeys(_names(weekdays()), "weekday")
    words |= dict.fromkeys(holidays(), "holiday")
    words |= dict.fromkeys((f"({month}/" for month in range(1, 32)), "brief")
    words |= dict.fromkeys(read_words("calendar_names"))
    return tuple(words.values()), ahocorasick_rs.AhoCorasick(list(words), kind)


def _names(words: Iterable[str]) -> list[str]:
    """As running text writes them: "may" and "march" in small letters are other words."""
    return [form for word in words for form in (word.capitalize(), word.upper())]
