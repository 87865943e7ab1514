"""The countries a text names: every occurrence, with the code valid on the article's day."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from schemas.records import CountryMention, MentionField
from tasks.extractors.country_codes import code_on
from tasks.extractors.country_senses import read_senses
from tasks.extractors.gazetteer import Hit, gazetteer, gazetteer_version, plain_text
from tasks.extractors.place_names import Sense
from tasks.extractors.vocabulary import read_words

_POSTED = re.compile(r"[\w .'’-]*(?:,| in| to| for| on| Embassy)(?: the)? ")

__all__ = ["country_of", "find_countries", "gazetteer_version", "may_be_country"]


def find_countries(
    text: str, on: date | None = None, field: MentionField = "text"
) -> tuple[CountryMention, ...]:
    """Sorted by start, none overlapping. Several possible countries are `candidates`."""
    return tuple(_mention(text, hit, senses, on, field) for hit, senses in read_senses(text))


def may_be_country(words: str) -> bool:
    """Whether the words as a whole are a name the gazetteer knows; a cheap question."""
    return gazetteer().has_spelling(plain_text(words))


@lru_cache(maxsize=4096)
def country_of(words: str, on: date | None = None) -> str | None:
    """The one country that a dateline place or an affiliation evidences, or None.

    A page asks for the same few phrases again and again, hence the cache.
    """
    place = words.strip()
    for phrase in (words, f"in {place}", f"in {place.title()}" if place.isupper() else ""):
        if mentions := find_countries(phrase, on):
            return _country_of(phrase, mentions)
    return None


def _country_of(phrase: str, mentions: tuple[CountryMention, ...]) -> str | None:
    if _international().search(phrase, 0, mentions[0].start):
        return None
    codes = {mention.country_code for mention in mentions}
    is_one = len(codes) == 1 or _is_posted(phrase, mentions)
    return mentions[0].country_code if is_one else None


def _is_posted(phrase: str, mentions: tuple[CountryMention, ...]) -> bool:
    """ "Libyan Embassy in Mogadishu", "U.S. ambassador to Iraq": the first one sent the second."""
    first, second = mentions[:2]
    if first.kind in ("place", "capital"):
        return False
    return _POSTED.fullmatch(phrase, first.end, second.start) is not None


@cache
def _international() -> re.Pattern[str]:
    bodies = "|".join(re.escape(body) for body in read_words("international_bodies"))
    return re.compile(rf"(?<!\w)(?:{bodies})(?!\w)")


def _mention(
    text: str, hit: Hit, senses: tuple[Sense, ...], on: date | None, field: MentionField
) -> CountryMention:
    first = senses[0]
    code: str | None = code_on(first.country_code, on)
    candidates: tuple[str, ...] = ()
    if len(senses) > 1:
        codes = dict.fromkeys(code_on(sense.country_code, on) for sense in senses)
        if len(codes) > 1:
            code, candidates = None, tuple(codes)
    words = text[hit.start : hit.end]
    return CountryMention(
        words, hit.start, hit.end, first.kind, first.rule, code, field, candidates
    )
