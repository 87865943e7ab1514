"""What stands beside a name: does it make a person, a ship, a street or a place of it?"""

from __future__ import annotations

import re
from functools import cache

from tasks.extractors.gazetteer import Hit
from tasks.extractors.vocabulary import read_table, read_words

# The longest cue is two words; names and titles are shorter.
_LOOK = 40
_SPEAKING = re.compile(
    r"(?:speak|speaks|spoke|speaking|spoken|learn|learned|learning|studying|taught|fluent in)"
    r" (?:only |fluent |some |no |little |broken |good )?$"
)
_IN = re.compile(r"\b(?:in|into) $")
_AFTER = re.compile(r"(?:-| )([A-Za-z][\w.'-]*)")
_PARTY = re.compile(r"\b[DRI]-$")
_TOWN = re.compile(r"(?:[A-Z][\w.'-]*, ?|\()$")
_ZIP = re.compile(r" \d{5}\b")
_LONGEST_ADDRESS = 200


def word_after(hit: Hit) -> str:
    found = _AFTER.match(hit.plain, hit.end)
    return found.group(1).rstrip(".'-") if found else ""


def is_ship(hit: Hit) -> bool:
    return hit.before in _cues("ship")


def is_street(hit: Hit) -> bool:
    if hit.plain[hit.end : hit.end + 1] != " ":
        return False
    return _street().match(hit.plain, hit.end) is not None


def is_after_place_noun(hit: Hit) -> bool:
    return hit.before in _cues("opening")


def has_title(hit: Hit) -> bool:
    """ "Ms. China Okello", "Sen. Mike Lebanon": no country has a title before its name."""
    if hit.before in _written_titles():
        return True
    return hit.second_before in _written_titles() and hit.before.istitle()


def is_person(hit: Hit) -> bool:
    """A title, a given name or an initial stands before, or a surname after a given name."""
    if hit.before and _marks_person(hit, hit.before):
        return True
    if not hit.name.is_personal or hit.plain[hit.end : hit.end + 1] != " ":
        return False
    return _is_given_name(hit, hit.before)


def _marks_person(hit: Hit, before: str) -> bool:
    if before in _person_words():
        return True
    if before in _cues("particle"):
        return hit.name.trust == "place"
    if not before[0].isupper():
        return False
    if len(before) == len("J.") and before[1] == ".":
        return True
    # "Ana Verona-Holt"
    is_double = hit.plain[hit.end : hit.end + 1] == "-" and before not in _cues("opener")
    return is_double and hit.plain[hit.end + 1 : hit.end + 2].isupper()


def may_be_surname(hit: Hit) -> bool:
    """ "police met Priya Jordan": an unknown capitalised word before it, within a sentence."""
    before, second = hit.before, hit.second_before
    if not hit.name.is_personal or not before.isalpha() or not before.istitle():
        return False
    return second[-1:].isalnum() and before not in _cues("opener") and before not in place_words()


def _is_given_name(hit: Hit, before: str) -> bool:
    if hit.name.text not in given_names() or before.lower() in _cues("before"):
        return False
    if hit.name.text.isupper() and before.upper() != "BY":
        return False
    after = word_after(hit)
    return after[:1].isupper() and after.removesuffix("'s") not in place_words()


def is_language(hit: Hit) -> bool:
    """ "in French," but not "in French politics"."""
    if hit.name.text not in _languages():
        return False
    start = max(0, hit.start - _LOOK)
    if _SPEAKING.search(hit.plain, start, hit.start):
        return True
    after = word_after(hit)
    return bool(_IN.search(hit.plain, start, hit.start)) and (
        not after or after in _cues("after_language")
    )


def has_place_before(hit: Hit) -> bool:
    cues = _cues("before")
    return hit.before.lower() in cues or f"{hit.second_before} {hit.before}".lower() in cues


def is_inside(hit: Hit) -> bool:
    """ "in Jackson," is hardly a person; "to Jackson" may be, and "in Jackson's view" is."""
    return hit.before in _cues("inside") and hit.plain[hit.end : hit.end + 1] != "'"


def has_place_after(hit: Hit) -> bool:
    return _phrase_after("after").match(hit.plain, hit.end) is not None


def has_town_after(hit: Hit) -> bool:
    return _phrase_after("town").match(hit.plain, hit.end) is not None


def has_any_after(hit: Hit) -> bool:
    return has_place_after(hit) or has_town_after(hit)


def is_part_of_name(hit: Hit) -> bool:
    """Another capitalised word stands directly beside it and makes a longer name."""
    before = hit.before
    if before[:1].isupper() and before not in _cues("opener") and before[-1] not in ".:!?":
        return True
    return is_followed_by_name(hit)


def is_followed_by_name(hit: Hit) -> bool:
    """ "St John's Wood": the next word is capitalised and no word of places."""
    if hit.plain[hit.end : hit.end + 1] != " ":
        return False
    after = word_after(hit)
    return after[:1].isupper() and after not in place_words()


def is_qualifying(hit: Hit) -> bool:
    """An abbreviated state after a place ("Bath, Me."), a party ("R-Me.") or a bracket.

    A postal code that no known place stands before needs its figures after it: OR, IN, ME and OK
    are words too.
    """
    start = max(0, hit.start - _LOOK)
    if _PARTY.search(hit.plain, start, hit.start):
        return True
    if hit.name.text.endswith("."):
        return _TOWN.search(hit.plain, start, hit.start) is not None
    return _ZIP.match(hit.plain, hit.end) is not None


def is_web_address(hit: Hit) -> bool:
    if hit.plain[hit.start - 1 : hit.start] not in ("/", ".", "=", "-"):
        return False
    token = hit.plain[max(0, hit.start - _LONGEST_ADDRESS) : hit.start].rpartition(" ")[2]
    return "://" in token or "www." in token


@cache
def _languages() -> frozenset[str]:
    return frozenset(read_words("languages"))


@cache
def _person_words() -> frozenset[str]:
    return given_names() | frozenset(read_words("personal_titles"))


@cache
def given_names() -> frozenset[str]:
    names = [row["name"] for row in read_table("given_names")]
    names += read_words("given_names_of_places")
    return frozenset(names + [name.upper() for name in names])


@cache
def place_words() -> frozenset[str]:
    """First words of what follows a place and is capitalised: Council, Police, University."""
    return frozenset(
        phrase.split()[0] for where in ("after", "town", "name") for phrase in _cues(where)
    )


@cache
def _cues(where: str) -> frozenset[str]:
    rows = [row["words"] for row in read_table("place_cues") if row["where"] == where]
    words = [phrase for row in rows for phrase in row.split("|")]
    return frozenset(word.lower() for word in words) if where == "before" else frozenset(words)


@cache
def _phrase_after(where: str) -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in sorted(_cues(where)))
    return re.compile(rf"(?:-based|-area|-born|-bound)\b|(?:'s)? (?:{phrases})\b")


@cache
def _street() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in read_words("street_words"))
    return re.compile(rf"(?: [A-Z]\w+)? (?:{words})(?!\w)")


@cache
def _written_titles() -> frozenset[str]:
    """Titles that stand before nothing but a person's name."""
    titles = read_words("personal_titles")
    return frozenset(x for x in titles if x.endswith(".") or x in {"Mr", "Mrs", "Ms"})
