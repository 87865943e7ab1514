"""Dates that name a month: "May 28", "May 3-4", "28 May 2007", "June 2008", "last April"."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.extractors.calendar_words import last_day, make_day, months, weekdays
from tasks.extractors.date_rules import Clue, DateRule, Reading, day_of_month, one_day, unknown
from tasks.extractors.periods import month_of, period

# A day without a year is at most this far from the article; half a year, and what tense adds.
_NEAR = timedelta(days=75)
_HALF_YEAR = timedelta(days=183)


def _month(clue: Clue, group: str = "month") -> int:
    return months()[(clue[group] or "").lower()]


def _read_day(clue: Clue) -> Reading:
    """A day with its year, or the year that fits the published date."""
    month, day = _month(clue), day_of_month(clue["day"] or "")
    if clue["year"]:
        return _with_weekday(clue, make_day(int(clue["year"] or ""), month, day))
    return _with_weekday(clue, year_that_fits(clue, month, day))


def _read_week_of(clue: Clue) -> Reading:
    day = _read_day(clue).start
    return unknown("week") if day is None else period(day, 0, "week")


def year_that_fits(clue: Clue, month: int, day: int) -> date | None:
    """Newspapers leave the year out where it is the current one, or plain from the tense."""
    if clue.published is None:
        return None
    around = (make_day(clue.published.year + shift, month, day) for shift in range(-1, 2))
    return nearest_that_fits(clue, tuple(each for each in around if each), clue["which"])


def nearest_that_fits(clue: Clue, days: tuple[date, ...], which: str | None) -> date | None:
    """Of the same day in several years: the nearest, or by tense where none is near."""
    published = clue.published
    if published is None or not days:
        return None
    before = max((each for each in days if each < published), default=None)
    after = min((each for each in days if each > published), default=None)
    if which and which.lower() in ("last", "next"):
        return before if which.lower() == "last" else after
    nearest = min(days, key=lambda each: abs(each - published))
    if abs(nearest - published) <= _NEAR or not (before and after):
        return nearest
    return after if clue.tense() == "future" else before


def _with_weekday(clue: Clue, day: date | None) -> Reading:
    name = clue["weekday"]
    if name is None or day is None:
        return one_day(day)
    return one_day(day, agrees=weekdays()[name.lower()] == day.weekday())


def _read_day_range(clue: Clue) -> Reading | None:
    """The second month or the year may be left out; a range that runs backwards is none."""
    first, last = day_of_month(clue["day"] or ""), day_of_month(clue["last"] or "")
    month = _month(clue)
    last_month = _month(clue, "last_month") if clue["last_month"] else month
    if clue["year"]:
        start = make_day(int(clue["year"] or ""), month, first)
        end = make_day(int(clue["year"] or ""), last_month, last)
        if start and end and end < start:
            start = make_day(start.year - 1, month, first)
    else:
        start = year_that_fits(clue, month, first)
        end = make_day(start.year, last_month, last) if start else None
        if start and end and end < start:
            end = make_day(start.year + 1, last_month, last)
    if start is None or end is None:
        return unknown("day")
    return Reading(start, end, "day") if end - start < _HALF_YEAR else None


def _read_month(clue: Clue) -> Reading:
    month = _month(clue)
    if clue["year"]:
        return month_of(int(clue["year"] or ""), month)
    if clue.published is None:
        return unknown("month")
    which = (clue["which"] or "").lower()
    tense = {"last": "past", "next": "future", "this": "this"}.get(which) or clue.tense()
    return month_of(_year_of_month(clue.published, month, tense, strict=bool(which)), month)


def _year_of_month(published: date, month: int, tense: str | None, *, strict: bool) -> int:
    """ "last April" is over; "in April", told as past, may be the month that is running."""
    year = published.year
    if tense == "this":
        return year
    if tense == "future":
        return (
            year + 1 if month < published.month or (strict and month == published.month) else year
        )
    return year - 1 if month > published.month or (strict and month == published.month) else year


def _read_month_in_year(clue: Clue) -> Reading:
    """ "in July last year"."""
    if clue.published is None:
        return unknown("month")
    shift = {"last": -1, "this": 0, "next": 1}[(clue["which"] or "").lower()]
    return month_of(clue.published.year + shift, _month(clue))


_WEEKDAY = r"(?:(?P<weekday>{W})\.?,?\s{1,2}(?:the\s)?)?"
_YEAR = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2})(?![0-9]|,[0-9]{3})"
_MONTH = r"(?P<month>{M})\.?\s{1,2}"
_DAY = r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?|{O})"
# No day: 3.5, 10:30, 10 a.m., 20,000, 3 percent.
_ENDS = r"(?![0-9A-Za-z%]|[.,:][0-9]|-[A-Za-z]|\s(?:[ap]\.?m\b|percent\b|per\scent\b))"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|through|and|or|until)\s)"
_LAST = r"(?P<last>[0-3]?[0-9](?:st|nd|rd|th)?)"

DAY_RULES: tuple[DateRule, ...] = (
    # May 3-4, 2007; May 30 to June 2; Nov. 6 and 7
    DateRule(
        "month_day_range",
        _MONTH
        + _DAY
        + r"(?:\s?[-–—]\s?|\s(?:to|through|until)\s)(?:(?P<last_month>{M})\.?\s)?"
        + _LAST
        + _ENDS
        + r"(?:,?\s"
        + _YEAR
        + ")?",
        _read_day_range,
    ),
    DateRule(
        "month_day_range",
        _MONTH
        + _DAY
        + r"\s(?:and|or)\s"
        + _LAST
        + _ENDS
        + r"(?:,?\s"
        + _YEAR
        + r"|(?=[.,;:)?!]|\s(?:at|in|to|with|by|on|of|the|when|for|as|near)\b))",
        _read_day_range,
    ),
    # 3-4 May 2007; 30 May to 2 June
    DateRule(
        "day_month_range",
        r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?)"
        + _TO
        + _LAST
        + r"\s(?:of\s)?(?P<month>{M})\b\.?(?:,?\s"
        + _YEAR
        + ")?",
        _read_day_range,
    ),
    # Friday, May 25, 2007; May 25; March eighth
    DateRule(
        "month_day_year",
        _WEEKDAY + _MONTH + r"(?:the\s)?" + _DAY + r"(?:,\s?|\s)" + _YEAR,
        _read_day,
    ),
    DateRule(
        "week_of",
        r"week\s(?:of|beginning|ending)\s" + _MONTH + _DAY + _ENDS + r"(?:,?\s" + _YEAR + ")?",
        _read_week_of,
    ),
    DateRule(
        "which_month_day",
        r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s" + _WEEKDAY + _MONTH + _DAY + _ENDS,
        _read_day,
    ),
    DateRule("month_day", _WEEKDAY + _MONTH + r"(?:the\s)?" + _DAY + _ENDS, _read_day),
    # 25 May 2007; 25th of May
    DateRule(
        "day_month_year",
        _WEEKDAY
        + r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?)\s(?:of\s)?(?P<month>{M})\b\.?,?\s"
        + _YEAR,
        _read_day,
    ),
    DateRule(
        "day_month",
        _WEEKDAY
        + r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?|{O})\s(?:of\s)?(?P<month>{M})\b(?!\s?[0-9])",
        _read_day,
    ),
)
MONTH_RULES: tuple[DateRule, ...] = (
    # June 2008; June of 2008; June, 2008
    DateRule("month_year", r"(?P<month>{M})\.?(?:\sof)?,?\s" + _YEAR, _read_month),
    # July last year; last April; this September
    DateRule(
        "month_in_year",
        r"(?P<month>{M})\b\.?\s(?:of\s)?(?P<which>last|this|next)\syear\b",
        _read_month_in_year,
    ),
    DateRule("which_month", r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s(?P<month>{M})\b", _read_month),
    # in June, since January: only with a word that time follows, for May is also a verb and a name
    DateRule(
        "month",
        r"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Tt]hrough|[Ff]rom|[Bb]efore|[Aa]fter|{MOD})[\s-]"
        r"(?P<date>(?P<month>{M})\b)(?!\.?\s(?:[0-9]|[A-Z]))",
        _read_month,
    ),
)
