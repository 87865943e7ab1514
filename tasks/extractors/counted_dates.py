"""Weeks, months, quarters and years counted from the published date: "last month", "a week ago"."""

from __future__ import annotations

from schemas.records import Precision
from tasks.extractors.calendar_words import weekdays
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.date_words import number, ordinal
from tasks.extractors.periods import days_from, nearest_weekday, period, quarter_of, shifted

# "two weeks ago" is counted in days; further back, or about, people count in weeks.
_WEEKS_COUNTED_IN_DAYS = 3
_TENSES = {"last": "past", "next": "future"}
_SATURDAY = 5
_SHIFTS = {"last": -1, "this": 0, "current": 0, "next": 1}
_UNITS: dict[str, Precision] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
}


def _read_ago(clue: Clue) -> Reading:
    return _counted(clue, -number(clue.group("number")))


def _read_weekday_ago(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown("day")
    day = nearest_weekday(clue.published, weekdays()[clue.group("weekday").lower()], "past")
    return one_day(shifted(day, -7 * number(clue.group("number"))) if day else None)


def _read_in_story(clue: Clue) -> Reading | None:
    """From the day told last: right in three of four texts read, so a candidate and no value."""
    told = clue.story.day_before(clue.match.start())
    if told is None:
        return None
    count = number(clue.group("number") or "one")
    is_later = (clue.group("way") or clue.group("which")).lower() in ("later", "next", "following")
    return unknown("day", shifted(told, count if is_later else -count))


def _read_from_now(clue: Clue) -> Reading:
    return _counted(clue, number(clue.group("number")))


def _counted(clue: Clue, count: int) -> Reading:
    unit = _unit(clue)
    is_rough = bool(clue.group("rough") or clue.group("or_so"))
    in_days = unit == "week" and abs(count) <= _WEEKS_COUNTED_IN_DAYS and not is_rough
    if clue.published is None:
        return unknown("day" if in_days else unit)
    if in_days:
        return one_day(shifted(clue.published, 7 * count))
    return period(clue.published, count, unit)


def _read_which_unit(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown(_unit(clue))
    return period(clue.published, _SHIFTS[clue.group("which").lower()], _unit(clue))


def _unit(clue: Clue) -> Precision:
    return _UNITS[clue.group("unit").lower().rstrip("s")]


def _read_weekend(clue: Clue) -> Reading:
    """Two days of a week, so no day: "over the weekend" does not say which."""
    if clue.published is None:
        return unknown("week")
    which = clue.group("which").lower()
    tense = "future" if clue.group("to_come") else _TENSES.get(which) or clue.tense()
    # On the weekend itself "last weekend" is the one before.
    start = shifted(clue.published, -2 if which == "last" else 0)
    if start is None:
        return unknown("week")
    saturday = nearest_weekday(start, _SATURDAY, "future" if tense == "future" else "past")
    return days_from(saturday, 1, "week")


def _read_quarter(clue: Clue) -> Reading:
    """A fiscal quarter is the company's own; without its calendar nobody can date it."""
    quarter = ordinal(clue.group("ordinal"))
    if clue.group("fiscal"):
        return unknown("quarter")
    if clue.group("year"):
        return quarter_of(int(clue.group("year")), quarter)
    if clue.published is None:
        return unknown("quarter")
    if clue.group("which"):
        return quarter_of(clue.published.year + _SHIFTS[clue.group("which").lower()], quarter)
    is_over = quarter > (clue.published.month + 2) // 3 and clue.tense() != "future"
    return quarter_of(clue.published.year - is_over, quarter)


UNIT_RULES: tuple[DateRule, ...] = (
    # the next morning, a day earlier, two days later
    DateRule(
        "day_in_story",
        r"(?:[Tt]he\s(?P<which>next|following|previous)\s(?:day|morning|afternoon|evening|night)"
        r"|(?P<number>{N})\sdays?\s(?P<way>later|earlier))\b",
        _read_in_story,
    ),
    DateRule(
        "weekday_ago",
        r"(?P<number>{N})\sweeks?\sago\s(?:on\s)?(?P<weekday>{WD})\b",
        _read_weekday_ago,
    ),
    DateRule(
        "units_ago",
        r"(?P<rough>(?:[Aa]bout|[Aa]lmost|[Nn]early|[Ss]ome|[Aa]round|[Rr]oughly|[Mm]ore\sthan"
        r"|[Ll]ess\sthan|[Oo]ver)\s)?(?P<number>{N})\s{UNIT}(?P<or_so>\sor\s(?:so|more|two))?\sago\b",
        _read_ago,
    ),
    DateRule("units_from_now", r"(?P<number>{N})\s{UNIT}\sfrom\s(?:now|today)\b", _read_from_now),
    DateRule(
        "quarter",
        r"(?:(?P<which>last|this|next)\syear['’]s\s)?(?P<fiscal>fiscal[\s-])?"
        r"(?P<ordinal>(?i:first|second|third|fourth)|1st|2nd|3rd|4th)[\s-]quarter\b"
        r"(?:,?\s(?:of\s)?(?:fiscal\s)?{YEAR})?",
        _read_quarter,
    ),
    # "the last year", "the next week" are lengths of time.
    DateRule(
        "which_unit",
        r"(?<!\b[Tt]he\s)(?P<which>(?i:last|next|this|current))\s(?P<unit>week|month|quarter|year|decade)\b",
        _read_which_unit,
    ),
    DateRule(
        "weekend",
        r"(?P<to_come>(?:before|by|until)\s)?"
        r"(?P<date>(?P<which>(?i:last|next|this|the|past))\s(?:past\s|coming\s)?weekend)\b",
        _read_weekend,
    ),
)
