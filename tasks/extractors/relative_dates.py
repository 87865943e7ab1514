"""Dates that count from the published date: "Friday", "yesterday", "last month", "two weeks ago"."""

from __future__ import annotations

from datetime import date, timedelta

from schemas.records import Precision
from tasks.extractors.calendar_words import weekdays
from tasks.extractors.date_rules import (
    Clue,
    DateRule,
    Reading,
    nearest_weekday,
    number,
    one_day,
    ordinals,
    unknown,
)
from tasks.extractors.periods import period, quarter_of, shifted

# "two weeks ago" is counted in days; further back people count in weeks.
_WEEKS_COUNTED_IN_DAYS = 3
_SHIFTS = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
}


def _read_deictic(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown("day")
    words = " ".join((clue["word"] or "").lower().split())
    shift = _DEICTIC[words] + {"before": -1, "after": 1}.get(clue["beside"] or "", 0)
    return one_day(shifted(clue.published, shift))


def _read_weekday(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown("day")
    weekday = weekdays()[(clue["weekday"] or "").lower()]
    return one_day(nearest_weekday(clue.published, weekday, clue.tense()))


def _read_which_weekday(clue: Clue) -> Reading:
    """ "last" and "next" never mean the published day; "this" may."""
    if clue.published is None:
        return unknown("day")
    weekday = weekdays()[(clue["weekday"] or "").lower()]
    which = (clue["which"] or "").lower().split()[-1]
    if which in ("last", "past"):
        return one_day(nearest_weekday(clue.published - timedelta(1), weekday, "past"))
    if which in ("next", "coming"):
        return one_day(nearest_weekday(clue.published + timedelta(1), weekday, "future"))
    return one_day(nearest_weekday(clue.published, weekday, clue.tense() or "future"))


def _read_weekday_elsewhere(clue: Clue) -> Reading:
    """ "the previous Friday" counts from a day the story told before."""
    return unknown("day")


def _read_weekday_week_ago(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown("day")
    weekday = weekdays()[(clue["weekday"] or "").lower()]
    weeks = number(clue["number"] or "a")
    return one_day(nearest_weekday(clue.published, weekday, "past") - timedelta(weeks=weeks))


def _read_ago(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown(_precision(clue["unit"]))
    count = number(clue["number"] or "a")
    return _moved(clue.published, -count, _precision(clue["unit"]), is_rough=bool(clue["rough"]))


def _read_from_now(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown(_precision(clue["unit"]))
    return _moved(clue.published, number(clue["number"] or "a"), _precision(clue["unit"]))


def _moved(day: date, count: int, unit: Precision, *, is_rough: bool = False) -> Reading:
    if unit == "week" and abs(count) <= _WEEKS_COUNTED_IN_DAYS and not is_rough:
        return one_day(shifted(day, 7 * count))
    return period(day, count, unit)


def _read_which_unit(clue: Clue) -> Reading:
    unit = _precision(clue["unit"])
    if clue.published is None:
        return unknown(unit)
    return period(clue.published, _SHIFTS[(clue["which"] or "").lower()], unit)


def _precision(word: str | None) -> Precision:
    units: dict[str, Precision] = {
        "day": "day",
        "week": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
        "decade": "decade",
    }
    return units[(word or "").lower().rstrip("s")]


def _read_quarter(clue: Clue) -> Reading:
    """A fiscal quarter is the company's own; without its calendar nobody can date it."""
    ordinal = (clue["ordinal"] or "").lower()
    quarter = int(ordinal[0]) if ordinal[0].isdigit() else ordinals()[ordinal]
    if clue["fiscal"]:
        return unknown("quarter")
    if clue["year"]:
        return quarter_of(int(clue["year"] or ""), quarter)
    if clue.published is None:
        return unknown("quarter")
    if clue["which"]:
        return quarter_of(clue.published.year + _SHIFTS[(clue["which"] or "").lower()], quarter)
    running = (clue.published.month + 2) // 3
    is_over = quarter > running and clue.tense() != "future"
    return quarter_of(clue.published.year - is_over, quarter)


_YEAR = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])"
_UNIT = r"(?P<unit>days?|weeks?|months?|years?|decades?)"

WEEKDAY_RULES: tuple[DateRule, ...] = (
    DateRule(
        "weekday_weeks_ago",
        r"(?P<number>{N})\sweeks?\sago\s(?:on\s)?(?P<weekday>{WD})\b",
        _read_weekday_week_ago,
    ),
    DateRule(
        "which_weekday",
        r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his\spast|[Tt]his\scoming|[Tt]his)\s(?P<weekday>{WD})\b",
        _read_which_weekday,
    ),
    DateRule(
        "weekday_elsewhere",
        r"(?:[Pp]revious|[Ff]ollowing|[Tt]hat|[Aa]nother)\s(?P<weekday>{WD})\b",
        _read_weekday_elsewhere,
    ),
    DateRule(
        "weekday",
        r"(?P<weekday>{WD})\b(?!\s(?:mornings|afternoons|evenings|nights)\b)",
        _read_weekday,
    ),
)
DEICTIC_RULES: tuple[DateRule, ...] = (
    DateRule(
        "deictic",
        r"(?:(?:[Tt]he\s)?day\s(?P<beside>before|after)\s)?"
        r"(?P<word>(?i:today|tonight|yesterday|tomorrow|this\s(?:morning|afternoon|evening)|last\snight))\b",
        _read_deictic,
    ),
)
UNIT_RULES: tuple[DateRule, ...] = (
    DateRule(
        "units_ago",
        r"(?P<rough>(?:[Aa]bout|[Aa]lmost|[Nn]early|[Ss]ome|[Aa]round|[Rr]oughly|[Mm]ore\sthan"
        r"|[Ll]ess\sthan|[Oo]ver)\s)?(?P<number>{N})\s" + _UNIT + r"\sago\b",
        _read_ago,
    ),
    DateRule(
        "units_from_now", r"(?P<number>{N})\s" + _UNIT + r"\sfrom\s(?:now|today)\b", _read_from_now
    ),
    DateRule(
        "which_unit",
        r"(?P<which>(?i:last|next|this|current))\s(?P<unit>week|month|quarter|year|decade)\b",
        _read_which_unit,
    ),
    DateRule(
        "quarter",
        r"(?:(?P<which>last|this|next)\syear['’]s\s)?(?P<fiscal>fiscal[\s-])?"
        r"(?P<ordinal>(?i:first|second|third|fourth)|1st|2nd|3rd|4th)[\s-]quarter\b"
        r"(?:,?\s(?:of\s)?(?:fiscal\s)?" + _YEAR + ")?",
        _read_quarter,
    ),
)
