"""Lines of a date that is not whole: its age ("18 hours ago") or a day without its year."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from tasks.extractors.calendar_words import months, one_of, weekdays

MAX_LENGTH = 60
UNITS = {"min": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
LEAD = r"(?:(?:first|last|originally)\s)?(?:published|posted|updated|modified|added|on)?\s?:?\s?"
AGE = re.compile(
    rf"{LEAD}(?P<age>(?:about\s|over\s)?(?P<count>[0-9]{{1,3}}|an?|one)\s"
    r"(?P<unit>min|hour|day)(?:ute)?s?\sago)(?![\w])",
    re.IGNORECASE,
)
CLOCK = (
    r"(?:[,|]?\s{0,2}(?:at\s)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?"
    r"\s?(?i:[ap]\.?m\.?)?\s?[A-Z]{0,4})?"
)


class Age(NamedTuple):
    """How long before the page was made: at least `least`, and less than `least` + `unit`."""

    evidence: str
    least: timedelta
    unit: timedelta


class YearlessDay(NamedTuple):
    evidence: str
    month: int
    day: int
    weekday: int | None


@lru_cache(maxsize=4_096)
def read_age(line: str) -> Age | None:
    """ "Updated 18 hours ago": by itself no date."""
    match = AGE.match(line) if len(line) <= MAX_LENGTH else None
    if match is None:
        return None
    count = int(match["count"]) if match["count"].isdigit() else 1
    unit = UNITS[match["unit"].lower()]
    return Age(match["age"], count * unit, unit)


@lru_cache(maxsize=4_096)
def read_yearless_day(line: str) -> YearlessDay | None:
    """The whole line is a day, with a weekday or a time of day: "Fri 18 Jan, 11:45 AM"."""
    match = _yearless().fullmatch(line.strip()) if len(line) <= MAX_LENGTH else None
    if match is None or not (match["weekday"] or match["clock"]):
        return None
    day, month = match["day"] or match["day2"], match["month"] or match["month2"]
    weekday = weekdays()[match["weekday"].lower()] if match["weekday"] else None
    return YearlessDay(line.strip(), months()[month.lower()], int(day), weekday)


@cache
def _yearless() -> re.Pattern[str]:
    month, weekday = one_of(months()), one_of(weekdays())
    return re.compile(
        rf"(?i:{LEAD})(?:(?P<weekday>{weekday})\b\.?,?\s{{1,2}})?"
        rf"(?:(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s(?P<month>{month})\b\.?"
        rf"|(?P<month2>{month})\b\.?\s(?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)?)(?P<clock>{CLOCK})"
    )
