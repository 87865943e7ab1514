"""Dates in a text, each resolved against the published date, or left open.

Rules are tried only where a word stands that dates are built on; each family of such words has its
own, the more telling first. A date that cannot be told has no days, and one without a published
date to count from has none either: nothing here knows what today is.
What counts from another date of the text ("the next day") is left open, with the day it would be.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from schemas.records import DateMention
from tasks.extractors.counted_dates import UNIT_RULES
from tasks.extractors.date_hits import Family, Hit, find_hits, is_other, starts_of
from tasks.extractors.date_rules import Clue, DateRule, Story
from tasks.extractors.date_words import compiled
from tasks.extractors.day_dates import DAY_RULES
from tasks.extractors.holidays import HOLIDAY_RULES
from tasks.extractors.month_dates import MONTH_RULES
from tasks.extractors.weekday_dates import DEICTIC_RULES, WEEKDAY_RULES
from tasks.extractors.year_dates import BRIEF_RULES, DECADE_RULES, YEAR_RULES

RULES: dict[Family, tuple[DateRule, ...]] = {
    "month": DAY_RULES + MONTH_RULES,
    "weekday": WEEKDAY_RULES + tuple(rule for rule in DAY_RULES if "{WEEKDAY}" in rule.pattern),
    "deictic": DEICTIC_RULES + UNIT_RULES[:1],
    "unit": UNIT_RULES,
    "year": YEAR_RULES,
    "decade": DECADE_RULES,
    "holiday": HOLIDAY_RULES,
    "brief": BRIEF_RULES,
}


def find_dates(text: str, published: date | None) -> tuple[DateMention, ...]:
    """Sorted, never two over the same characters."""
    found: list[DateMention] = []
    story = Story()
    free_from = 0
    for hit in find_hits(text):
        if hit.start < free_from or is_other(text, hit):
            continue
        mention = _read_at(text, hit, free_from, published, story)
        if mention is not None:
            found.append(mention)
            if mention.precision == "day":
                story.note_day(mention.date_end, mention.end)
            free_from = mention.end
    return tuple(found)


def _read_at(
    text: str, hit: Hit, free_from: int, published: date | None, story: Story
) -> DateMention | None:
    for start in starts_of(text, hit, free_from):
        for rule, pattern in _compiled_rules(hit.family):
            match = pattern.match(text, start)
            if match is None or match.end() < hit.end:
                continue
            if mention := _mention(rule, Clue(match, published, story)):
                return mention
    return None


@cache
def _compiled_rules(family: Family) -> tuple[tuple[DateRule, re.Pattern[str]], ...]:
    return tuple((rule, compiled(rule.pattern)) for rule in RULES[family])


def _mention(rule: DateRule, clue: Clue) -> DateMention | None:
    reading = rule.read(clue)
    if reading is None:
        return None
    start, end = clue.match.span("date" if clue.group("date") else 0)
    return DateMention(
        text=clue.match.string[start:end],
        start=start,
        end=end,
        date_start=reading.start,
        date_end=reading.end,
        precision=reading.precision,
        rule=rule.name,
        candidates=reading.candidates,
        agrees_with_weekday=reading.agrees_with_weekday,
    )
