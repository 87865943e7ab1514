"""The dateline: where, and often when, a story was filed, at the head of its first paragraph.

"Washington --", "MANILA, Nov. 24 (Xinhua) --", "CAIRO (AFP) -", "August 31, 2006 --",
"WASHINGTON (Aug. 13) --", "Taipei, Nov. 17 (CNA)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from schemas.records import Agency, Dateline
from tasks.extractors.agency_names import agency_named
from tasks.extractors.countries import country_of, find_countries
from tasks.extractors.printed_date import find_printed_dates

MAX_LENGTH = 110
LONG_DASHES = ("--", "—", "–", "―", "‒", "_", "- -")
# A dash, or what a crawl left of it: "?" or the replacement character.
DASH = re.compile(r"\s?(?:--|- -|[—–―‒_\ufffd]|(?<=[\s)])[-?](?=\s))\s?|:\s|\s?-\s(?=[A-Z\"“])")
# One of these stands in every dash.
DASH_SIGNS = frozenset("-—–―‒_\ufffd?:")
# Day and agency do without a dash.
NO_DASH = re.compile(
    r"(?P<opening>[A-Z][^()]{4,60}\((?P<agency>[A-Z][A-Za-z ]{1,30})\))\s(?=[A-Z\"“])"
)
AGENCY = re.compile(r"[(\[/]\s?([A-Za-z][\w .!/’'-]{1,40}?)\s?[)\]]")
DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s[0-9]{1,2}"
    r"|[0-9]{1,2}\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*)\b"
    r"(?:,?\s[12][0-9]{3})?",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r",?\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
# Words of a place: capitals, capitalised, or the small words inside names.
PLACE_WORD = re.compile(
    r"(?:[A-ZÀ-Þ][\w’'.]*(?:[-/][\w’'.]+)*|de|del|la|el|al|of|the|on|upon|and|sur|di|da|do|dos|le)$"
)
MAX_PLACE_WORDS = 7
MAX_HEAD_WORDS = 4
MAX_DAYS_BEFORE = 31
NOT_PLACES = frozenset(
    [
        "q",
        "a",
        "question",
        "answer",
        "note",
        "update",
        "updated",
        "summary",
        "editor's",
        "editors",
        "correction",
        "factbox",
        "analysis",
        "feature",
        "interview",
        "mr",
        "mrs",
        "ms",
        "dr",
        "intro",
        "text",
        "act",
        "voice",
        "slug",
        "opt",
        "narrator",
        "title",
    ]
)


@dataclass(frozen=True, slots=True)
class FoundDateline:
    dateline: Dateline
    agency: Agency | None
    day_text: str | None


def find_dateline(paragraph: str) -> FoundDateline | None:
    """The dateline that opens the paragraph."""
    head = paragraph[:MAX_LENGTH]
    if DASH_SIGNS.isdisjoint(head):
        return _find_without_dash(head)
    return _find(head) or _find_without_dash(head)


@lru_cache(maxsize=4_096)
def _find(head: str) -> FoundDateline | None:
    for dash in DASH.finditer(head):
        if dash.start() == 0:
            return None
        if found := _read(head[: dash.start()], dash[0], head[: dash.end()].strip()):
            return found
        if dash[0].strip() not in {"-", "_"}:
            return None
    return None


def _find_without_dash(head: str) -> FoundDateline | None:
    match = NO_DASH.match(head)
    if match is None or not (DAY.search(match["opening"]) and agency_named(match["agency"])):
        return None
    found = _read(match["opening"], "--", match["opening"])
    # "On May 3 (AFP) The ..." opens a sentence.
    return found if found and country_of(found.dateline.place or "") else None


def find_first_dateline(paragraphs: Iterable[str]) -> FoundDateline | None:
    """In one of the first two paragraphs: an introduction may stand above the story."""
    all_of_them = list(paragraphs)
    for paragraph in all_of_them[:2]:
        found = find_dateline(paragraph)
        if found and not _is_speaker(found, all_of_them):
            return found
    return None


def _is_speaker(found: FoundDateline, paragraphs: list[str]) -> bool:
    """ "LINCOLN:" once is a town, twice a person in a conversation."""
    label = found.dateline.text
    return label.endswith(":") and sum(each.startswith(label) for each in paragraphs) > 1


def resolve_day(found: FoundDateline, published: date | None) -> Dateline:
    """ "Nov. 24" is of the published date's year, or of the year before in early January."""
    if found.dateline.day or not found.day_text or not published:
        return found.dateline
    days = [
        each.value
        for year in (published.year, published.year - 1)
        for each in find_printed_dates(f"{found.day_text}, {year}")
        if each.value and each.precision == "day"
    ]
    near = [day for day in days if 0 <= (published - day).days <= MAX_DAYS_BEFORE]
    return replace(found.dateline, day=near[0]) if len(near) == 1 else found.dateline


def _read(opening: str, dash: str, text: str) -> FoundDateline | None:
    agency_match = AGENCY.search(opening)
    if agency_match and DAY.fullmatch(agency_match[1]):
        opening, agency_match = AGENCY.sub(r" \1 ", opening, count=1), None
    agency = _bracketed_agency(agency_match[1]) if agency_match else None
    rest = AGENCY.sub(" ", opening, count=1) if agency_match else opening
    day_match = DAY.search(rest)
    day_text = day_match[0] if day_match else None
    rest = WEEKDAY.sub("", rest.replace(day_text, " ", 1) if day_text else rest)
    place = rest.strip(" ,.;-–—") + ("." if rest.rstrip(" ,;").endswith(_DOTTED) else "")
    is_sure = agency_match is not None or day_text is not None
    if agency is None and (named := agency_named(place)):
        return FoundDateline(Dateline(text, None, _day(day_text)), named, day_text)
    if not place:
        ok = day_text is not None and dash.strip() != ":"
        return FoundDateline(Dateline(text, None, _day(day_text)), agency, day_text) if ok else None
    if not _is_place(place, dash, is_sure=is_sure):
        return None
    return FoundDateline(Dateline(text, tidy_place(place), _day(day_text)), agency, day_text)


def _bracketed_agency(name: str) -> Agency | None:
    """What stands in brackets in a dateline is the agency, in a list or not, or a state."""
    if known := agency_named(name):
        return known
    is_name = name[0].isupper() and name.count(" ") < MAX_HEAD_WORDS
    return Agency(name) if is_name and country_of(name) is None else None


_DOTTED = tuple(f"{letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _is_place(place: str, dash: str, *, is_sure: bool) -> bool:
    words = place.replace(",", " ").split()
    if not words or len(words) > MAX_PLACE_WORDS or any(x.isdigit() for x in words):
        return False
    if words[0].lower().strip(".'") in NOT_PLACES:
        return False
    if not all(PLACE_WORD.match(word) for word in words):
        return False
    head = place.split(",", maxsplit=1)[0]
    is_loud = head.isupper() and len(head) > 2  # noqa: PLR2004
    if is_sure or dash.strip() == ":":
        # As Indian papers set it, "NEW DELHI: "; any other word may be a label or a speaker.
        return is_sure or (is_loud and "." not in head and _is_town(head))
    return is_loud or _is_set_off(place, words, dash.strip())


def _is_set_off(place: str, words: list[str], dash: str) -> bool:
    """A place in small letters, by the dash behind it."""
    if len(words) > MAX_HEAD_WORDS or not words[0][0].isupper():
        return False
    return dash in LONG_DASHES or (dash == "-" and country_of(place) is not None)


def _is_town(name: str) -> bool:
    """A country before a colon is a topic: "SERBIA: ..."."""
    return any(each.kind in {"place", "capital"} for each in find_countries(f"in {name.title()}"))


def tidy_place(place: str) -> str:
    """MOGADISHU is Mogadishu; N.Y. stays."""
    return ", ".join(_tidy(part.strip()) for part in place.split(",") if part.strip())


def _tidy(part: str) -> str:
    if not part.isupper() or "." in part or len(part) <= 2:  # noqa: PLR2004
        return part
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", _capitalise, part)


def _capitalise(match: re.Match[str]) -> str:
    word = match[0]
    if word in {"D'", "O'"}:
        return word
    head, mark, tail = word.partition("'" if "'" in word else "’")
    if mark and len(head) == 1:
        return head + mark + tail.capitalize()
    return head.capitalize() + mark + tail.lower()


def _day(day_text: str | None) -> date | None:
    """Only a day with its year: without one it counts from the published date."""
    found = find_printed_dates(day_text) if day_text else ()
    days = [each.value for each in found if each.precision == "day" and each.value]
    return days[0] if len(days) == 1 else None
