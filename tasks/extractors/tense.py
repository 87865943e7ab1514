"""Whether the words around a date tell what happened or what is to come.

No grammar is parsed: the nearest verb before the date in its sentence decides, else the first one
after it. That is enough for news copy, where "said Friday" and "will meet Friday" stand close.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from tasks.extractors.vocabulary import read_words

Tense = Literal["past", "future"]

# How far a verb may stand from its date: what stands further off belongs to another clause.
_REACH = 180
# "had been due to expire Friday": how many words the pluperfect may stand before the infinitive.
_PLUPERFECT_REACH = 5

_NO_END = "".join(
    rf"(?<!\b{short})"
    for short in ("[A-Z]", "Mr", "Mrs", "Ms", "Dr", "St", "Sen", "Gen", "Rep", "Gov", "Lt", "Col")
    + ("Sgt", "Capt", "Rev", "Prof", "Jr", "Sr", "No", "Inc", "Co", "Corp", "Ltd", "a.m", "p.m")
)
_SENTENCE_END = re.compile(_NO_END + r"[.!?][\"”’')\]]{0,2}\s+(?=[\"“‘'(\[]{0,2}[A-Z])|\n\s*\n")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|['’]ll\b|\$?[0-9][0-9.,/]*")
_CLOCK = r"(?:(?:[0-9:]{1,5}\s)?(?:[ap]\.?m\.?|noon|midnight)\s(?:\(?[A-Z]{2,4}\)?,?\s)?)?"
_BEFORE_DAY = (
    # What stands right before the date and leaves no doubt.
    (re.compile(r"\b(?:since|as\sof|dated)\s(?:[a-z]+\s)?$"), "past"),
    (
        re.compile(r"\b(?:until|till|as\s(?:early|soon|late)\sas)\s(?:[a-z]+\s)?" + _CLOCK + "$"),
        "future",
    ),
    (re.compile(r"\b(?:scheduled|set|planned|due|slated|plans)\sfor\s" + _CLOCK + "$"), "future"),
)
_POSSESSIVE = re.compile(r"['’]s\s+(?:[a-z]+\s)?(?P<event>[a-z]+)")
_AHEAD = re.compile(r"\b(?:before|ahead\sof|for|until|upcoming)\s$")
_EVENTS = frozenset(
    ["election", "elections", "vote", "ballot", "referendum", "runoff", "summit", "deadline"]
    + ["poll", "polls", "primary", "talks", "meeting", "game", "match", "final", "debate"]
)
# "to Washington", "to the talks", "to 16" are ways to go, not things to do.
_NO_VERB = frozenset(
    ["a", "an", "the", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these"]
    + ["those", "all", "any", "some", "each", "every", "what", "about", "at", "more", "date", "in"]
    + ["him", "them", "us", "me", "it", "reporters", "journalists", "people", "on", "as", "and"]
)
_NOUN_SIGNS = frozenset(
    ["the", "a", "an", "at", "of", "this", "his", "her", "its", "their", "s", "by", "and", "new"]
)
_PASSIVE = frozenset(["be", "being"])


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """None where no word tells; the caller then decides what news copy mostly means."""
    lead = text[max(0, start - 40) : start]
    for pattern, tense in _BEFORE_DAY:
        if pattern.search(lead):
            return "past" if tense == "past" else "future"
    if possessive := _POSSESSIVE.match(text, end):
        return "future" if possessive["event"] in _EVENTS and _AHEAD.search(lead) else "past"
    return _last_tense(_words_before(text, start)) or _first_tense(_words_after(text, end))


def _last_tense(words: Sequence[str]) -> Tense | None:
    for place in range(len(words) - 1, -1, -1):
        is_near = place >= len(words) - 2
        if (is_near and words[place] in ("is", "are")) or words[place] in _announcing():
            return "future" if "had" not in words else "past"
        if found := _tense_of(words, place):
            return found
    return None


def _first_tense(words: Sequence[str]) -> Tense | None:
    for place in range(len(words)):
        if found := _tense_of(words, place):
            return found
    return None


def _words_before(text: str, start: int) -> list[str]:
    reach = text[max(0, start - _REACH) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(reach)]
    return _WORD.findall(reach[ends[-1] if ends else 0 :])


def _words_after(text: str, end: int) -> list[str]:
    reach = text[end : end + _REACH]
    sentence_end = _SENTENCE_END.search(reach)
    return _WORD.findall(reach[: sentence_end.start()] if sentence_end else reach)


def _tense_of(words: Sequence[str], place: int) -> Tense | None:
    """What one word says; a participle after "be" leaves the word before it to say."""
    word = words[place]
    before = words[place - 1] if place else ""
    after = words[place + 1] if place + 1 < len(words) else ""
    if word == "to":
        return _tense_of_infinitive(words, place)
    if word in _future():
        return "past" if word == "could" and after == "not" else "future"
    if word in _timetable():
        return None if before in _NOUN_SIGNS or after == "of" or before[-1:].isdigit() else "future"
    if before in _PASSIVE:
        return None
    return "past" if _is_past(word) else None


def _tense_of_infinitive(words: Sequence[str], place: int) -> Tense | None:
    following = words[place + 1] if place + 1 < len(words) else ""
    if not following.islower() or following in _NO_VERB:
        return None
    before = words[max(0, place - _PLUPERFECT_REACH) : place]
    return "past" if "had" in before or (before and before[-1] in _done()) else "future"


def _is_past(word: str) -> bool:
    if word in _past():
        return True
    return word.endswith("ed") and word.islower() and word not in _not_past()


@cache
def _future() -> frozenset[str]:
    return frozenset(read_words("future_cues"))


@cache
def _announcing() -> frozenset[str]:
    return frozenset(read_words("announcing_words"))


@cache
def _timetable() -> frozenset[str]:
    return frozenset(read_words("timetable_verbs"))


@cache
def _done() -> frozenset[str]:
    return frozenset(read_words("done_verbs"))


@cache
def _past() -> frozenset[str]:
    return frozenset(read_words("past_verbs"))


@cache
def _not_past() -> frozenset[str]:
    return frozenset(read_words("not_past"))
