"""Whether the words around a date tell what happened or what is to come.

No grammar is parsed: the nearest verb before the date in its sentence decides, else the first one
after it. That is enough for news copy, where "said Friday" and "will meet Friday" stand close.
The verbs and their signs are `tense_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from tasks.extractors.vocabulary import read_table

# "open" was to come when it was told, and may have come since: "was to leave Friday".
Tense = Literal["past", "future", "open"]

# How far a verb may stand from its date: what stands further off belongs to another clause.
_REACH = 180
_LEAD_REACH = 40
# A participle after these is no past: "will be held", "are compounded".
_PRESENT = frozenset(["be", "being", "is", "are", "am"])
# A verb that touches the date, the words between and the two that tell whether it is a verb.
_NEAR = 60
# "had been due to end Friday": how many words the pluperfect may stand before the infinitive.
_PLUPERFECT_REACH = 5

_STOP = re.compile(r"[.!?][\"”’')\]]{0,2}\s{1,3}(?=[\"“‘'(\[]{0,2}[A-Z])")
_LAST_WORD = re.compile(r"[\w.]{1,6}$")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|['’]ll\b|[$£€]?[0-9][0-9.,/]*")
_CLOCK = r"(?:(?:[0-9:]{1,5}\s)?(?:[ap]\.?m\.?|noon|midnight)\s(?:\(?[A-Z]{2,4}\)?,?\s)?)?"
# What stands right before the date and leaves no doubt.
_LEADS: tuple[tuple[re.Pattern[str], Tense], ...] = (
    (re.compile(r"\b(?:since|as\sof|dated|not\suntil|up\suntil)\s(?:[a-z]+\s){0,3}$"), "past"),
    (
        re.compile(rf"\b(?:until|till|as\s(?:early|soon|late)\sas)\s(?:[a-z]+\s)?{_CLOCK}$"),
        "future",
    ),
    (
        re.compile(rf"\b(?:scheduled|set|planned|due|slated|plans)\sfor\s(?:[a-z]+\s)?{_CLOCK}$"),
        "open",
    ),
    (
        re.compile(
            r"(?<!points\s)(?<!percent\s)(?<!was\s)(?<!were\s)"
            r"\b(?:ahead\sof|run-?up\sto|leading\sup\sto|advance\sof)\b[^.,;]{0,32}$"
        ),
        "open",
    ),
)
_LEAD_WORD = re.compile(r"\b(?:since|as|dated|until|till|for|of|to)\s")
_NEXT_WORDS = re.compile(r"(?P<possessive>['’]s)?((?:\s[\w-]+){1,4})")


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """None where no word tells; the caller then decides what news copy mostly means."""
    lead = text[max(0, start - _LEAD_REACH) : start]
    if tense := _tense_of_lead(lead):
        return tense
    following = _NEXT_WORDS.match(text, end)
    if following and _is_event(following):
        return None
    near = _words_before(text, start, _NEAR)
    if following and following["possessive"]:
        # "Friday's sitting will end" is Friday to come, "Friday's ruling will stand" is not.
        return None if not near and _first_tense(_words_after(text, end)) == "future" else "past"
    if touching := _touching(near):
        return touching
    before, after = _words_before(text, start, _REACH), _words_after(text, end)
    return _touched(after) or _last_tense(before) or _first_tense(after)


def _tense_of_lead(lead: str) -> Tense | None:
    if not _LEAD_WORD.search(lead):
        return None
    return next((tense for pattern, tense in _LEADS if pattern.search(lead)), None)


def _is_event(following: re.Match[str]) -> bool:
    """No verb tells whether "Sunday's runoff election" or "the Nov. 8 election" has been."""
    words = following[2].split()
    return any(word in _signed("event") for word in words[: None if following["possessive"] else 1])


def _touching(before: Sequence[str]) -> Tense | None:
    """A verb right before the date: "said on Friday"."""
    places = (n for n in range(len(before) - 1, -1, -1) if before[n] not in _signed("beside"))
    last = next(places, None)
    return None if last is None else _tense_of(before, last)


def _touched(after: Sequence[str]) -> Tense | None:
    """A finite verb right after it: "on Friday announced"."""
    first = next((n for n, word in enumerate(after) if word not in _signed("beside")), None)
    return None if first is None or after[first] == "to" else _tense_of(after, first)


def _last_tense(words: Sequence[str]) -> Tense | None:
    """A participle that announces, and "is" right before the date, count only here."""
    if words[-2:].count("is") or words[-2:].count("are"):
        return "future"
    for place in range(len(words) - 1, -1, -1):
        if _verbs().get(words[place]) == "announces":
            return "past" if "had" in words else "open"
        if found := _tense_of(words, place):
            return found
    return None


def _first_tense(words: Sequence[str]) -> Tense | None:
    """Finite verbs only: in "On Monday, in a bid to win, he left" the infinitive tells nothing."""
    places = (place for place in range(len(words)) if words[place] != "to")
    return next((found for place in places if (found := _tense_of(words, place))), None)


def _words_before(text: str, start: int, reach_back: int) -> list[str]:
    """Whole words of the sentence only: half of "announced" would be another verb."""
    first = max(0, start - reach_back)
    reach = text[first:start]
    begin = reach.rfind("\n\n") + 1 or (reach.find(" ") + 1 if first else 0)
    stops = [stop.end() for stop in _STOP.finditer(reach, begin) if _ends(reach, stop)]
    return _WORD.findall(reach, stops[-1] if stops else begin)


def _words_after(text: str, end: int) -> list[str]:
    reach = text[end : end + _REACH]
    paragraph_end = reach.find("\n\n")
    reach = reach if paragraph_end < 0 else reach[:paragraph_end]
    stops = (stop.start() for stop in _STOP.finditer(reach) if _ends(reach, stop))
    return _WORD.findall(reach, 0, next(stops, len(reach)))


def _ends(text: str, stop: re.Match[str]) -> bool:
    """No sentence ends at "Gen. Smith", "John F. Smith" and "5 p.m. EST"."""
    word = _LAST_WORD.search(text, max(0, stop.start() - 6), stop.start())
    if word is None:
        return True
    last = word[0].rpartition(".")[2]
    return last not in _signed("short") and not (
        len(last) == 1 and (last.isupper() or "." in word[0])
    )


def _tense_of(words: Sequence[str], place: int) -> Tense | None:
    """What one word says; a participle after "be" leaves the word before it to say."""
    word = words[place] if place else words[place].lower()
    sign = _verbs().get(word)
    if sign == "future" or word.endswith(("’ll", "'ll")):
        return "future"
    if sign == "open":
        return "past" if word == "could" and _is_denied(words) else "open"
    if sign == "to":
        return _tense_of_infinitive(words, place)
    if sign == "intends":
        return "future" if words[place + 1 : place + 2] == ["to"] else None
    if sign == "timetable":
        return None if _is_noun(words, place) else "future"
    is_past = sign == "past" or (sign != "no_past" and word[-2:] == "ed" and word.islower())
    return "past" if is_past and not (place and words[place - 1] in _PRESENT) else None


def _tense_of_infinitive(words: Sequence[str], place: int) -> Tense | None:
    following = words[place + 1] if place + 1 < len(words) else ""
    if not following.islower() or following in _signed("no_verb"):
        return None
    before = words[max(0, place - _PLUPERFECT_REACH) : place]
    return "past" if "had" in before or (before and before[-1] in _signed("done")) else "open"


def _is_noun(words: Sequence[str], place: int) -> bool:
    """As in "the start", "two votes", "opens of"."""
    before = words[place - 1] if place else ""
    return (
        before in _signed("noun")
        or before[-1:].isdecimal()
        or words[place + 1 : place + 2] == ["of"]
    )


def _is_denied(words: Sequence[str]) -> bool:
    return any(word in ("not", "Neither", "neither", "nor", "No", "no", "never") for word in words)


@cache
def _verbs() -> dict[str, str]:
    """What a verb tells by itself."""
    signs = ("to", "future", "open", "announces", "intends", "timetable", "past", "no_past")
    return {row["word"]: row["sign"] for row in read_table("tense_words") if row["sign"] in signs}


@cache
def _signed(sign: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("tense_words") if row["sign"] == sign)
