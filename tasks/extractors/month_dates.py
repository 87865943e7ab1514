"""Months: "June 2008", "last April", "in July last year", "from January to March"."""

from __future__ import annotations

from datetime import date

from tasks.extractors.calendar_words import months
from tasks.extractors.date_rules import Clue, DateRule, Reading, unknown
from tasks.extractors.periods import month_of, months_from
from tasks.extractors.tense import Tense

# Months since, up to which a month is the last one and not the next, for want of a sure tense.
_JUST_GONE: dict[Tense | None, int] = {"future": 0, "open": 2, None: 7, "past": 11}
_SHIFTS = {"last": -1, "this": 0, "next": 1}


def _read_month(clue: Clue) -> Reading:
    month = _month(clue, "month")
    if clue.group("year"):
        clue.story.note(month, None, int(clue.group("year")), clue.match.end())
        return month_of(int(clue.group("year")), month)
    if clue.published is None:
        return unknown("month")
    return month_of(_year_that_fits(clue, clue.published, month), month)


def _year_that_fits(clue: Clue, published: date, month: int) -> int:
    """Always over is "last April"; "in April", told as past, may be the month that is running."""
    which = clue.group("which").lower()
    if which == "this":
        return published.year
    since = (published.month - month) % 12
    if which:
        since = (since or 12) if which == "last" else since - 12
    elif since > _JUST_GONE[clue.tense()]:
        since -= 12
    return (published.year * 12 + published.month - 1 - since) // 12


def _read_month_in_year(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown("month")
    shift = _SHIFTS[clue.group("which").lower()]
    return month_of(clue.published.year + shift, _month(clue, "month"))


def _read_months(clue: Clue) -> Reading:
    """From one month to another: the year, given or fitting, is that of the last."""
    first, last = _month(clue, "month"), _month(clue, "last_month")
    if clue.group("year"):
        year = int(clue.group("year"))
    elif clue.published is None:
        return unknown("month")
    else:
        year = _year_that_fits(clue, clue.published, last)
    return months_from(year - (first > last), first, year, last, "month")


def _month(clue: Clue, group: str) -> int:
    return months()[clue.group(group).lower()]


# Names that are also a verb, a person or an adjective.
_SURE = "(?:January|February|July|September|October|November|December)"
_NOT_OTHER = r"(?<!\b[Tt]hat\s)(?<!\b[Ee]ach\s)(?<!\b[Ee]very\s)"
# What time follows. Fixed widths, for a pattern may look back no other way.
_OWNER = "|".join(
    rf"(?<=\b{word}\s)" for word in ("the", "The", "a", "an", "its", "his", "her", "their")
)
_LEAD = "|".join(
    rf"(?<=\b{word}[\s-])"
    for word in (
        *("in", "In", "of", "by", "By", "since", "Since", "until", "Until", "during", "During"),
        *("from", "From", "through", "before", "Before", "after", "After", "mid", "Mid"),
        *("early", "Early", "late", "Late", "for"),
    )
)

MONTH_RULES: tuple[DateRule, ...] = (
    DateRule(
        "months",
        r"(?P<month>{M})\b\.?(?:{TO}|\sand\s)(?P<last_month>{M})\b"
        r"(?:\.?\s(?:of\s)?{YEAR})?(?!\s[0-9A-Z])",
        _read_months,
    ),
    # June 2008; June of 2008; June, 2008
    DateRule("month_year", r"(?P<month>{M})\b\.?(?:\sof)?,?\s{YEAR}", _read_month),
    # July last year
    DateRule(
        "month_in_year",
        r"(?P<month>{M})\b\.?\s(?:of\s)?(?P<which>last|this|next)\syear\b",
        _read_month_in_year,
    ),
    DateRule("which_month", r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s(?P<month>{M})\b", _read_month),
    # in June, since May
    DateRule("month", rf"(?:{_LEAD})(?P<month>{{M}})\b(?!\.?\s(?:[0-9]|[A-Z]))", _read_month),
    # the June summit; but not the March on the capital
    DateRule("month", rf"(?:{_OWNER})(?P<month>{{M}})\b(?=\s[a-z]{{4}})", _read_month),
    # January elections
    DateRule("month", rf"{_NOT_OTHER}(?P<month>{_SURE})\b(?!\s(?:[0-9]|[A-Z])|['’])", _read_month),
)
