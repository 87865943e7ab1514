"""Days that name their month: "May 28", "May 3-4", "Friday (May 25)", "28 May 2007"."""

from __future__ import annotations

from datetime import date, timedelta

from tasks.extractors.calendar_words import make_day, months, weekdays
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.date_words import ordinal
from tasks.extractors.periods import period

# Inside this, a day without its year is the nearest one whatever the tense: a story of May tells
# of June 1 in the past only by a slip. Further off, the tense decides.
_NEAR = timedelta(days=90)
# Inside this, it is news, whatever year the text has told of another such day: an anniversary.
_RECENT = timedelta(days=30)
# A range is one event; what looks longer than this is two numbers.
_LONGEST_RANGE = timedelta(days=183)
_ATTACKS = date(2001, 9, 11)


def _read_day(clue: Clue) -> Reading:
    """A day with its year, or the year that fits the published date."""
    month, day = months()[clue.group("month").lower()], ordinal(clue.group("day"))
    if clue.group("year"):
        clue.story.note(month, day, int(clue.group("year")), clue.match.end())
        return _beside_weekday(clue, make_day(int(clue.group("year")), month, day))
    return _beside_weekday(clue, year_that_fits(clue, month, day))


def _beside_weekday(clue: Clue, day: date | None) -> Reading:
    """The weekday is compared, never used to choose: a misprint must stay visible."""
    name = clue.group("weekday") or clue.group("weekday_after")
    if not name or day is None:
        return one_day(day)
    return one_day(day, agrees=weekdays()[name.lower()] == day.weekday())


def _read_week_of(clue: Clue) -> Reading:
    day = _read_day(clue).start
    return unknown("week") if day is None else period(day, 0, "week")


def _read_attacks(clue: Clue) -> Reading | None:
    is_later = clue.published is None or clue.published >= _ATTACKS
    return one_day(_ATTACKS) if is_later else None


def year_that_fits(clue: Clue, month: int, day: int) -> date | None:
    """Newspapers leave the year out where it is the current one, or plain from the tense."""
    if clue.published is None:
        return None
    around = (make_day(clue.published.year + shift, month, day) for shift in (-1, 0, 1))
    days = tuple(each for each in around if each)
    if any(abs(each - clue.published) <= _RECENT for each in days):
        return nearest_that_fits(clue, days)
    told = clue.story.year_of(month, day, clue.match.string, clue.match.start())
    return make_day(told, month, day) if told else nearest_that_fits(clue, days)


def nearest_that_fits(clue: Clue, days: tuple[date, ...]) -> date | None:
    """Of the same day in several years: the nearest, or by tense where none is near."""
    published = clue.published
    if published is None or not days:
        return None
    before = max((each for each in days if each < published), default=None)
    after = min((each for each in days if each > published), default=None)
    if clue.group("which").lower() in ("last", "next"):
        return before if clue.group("which").lower() == "last" else after
    nearest = min(days, key=lambda each: abs(each - published))
    if abs(nearest - published) <= _NEAR or not (before and after):
        return nearest
    tense = clue.tense()
    return nearest if tense is None else before if tense == "past" else after


def _read_range(clue: Clue) -> Reading | None:
    """The second month or the year may be left out; a range that runs backwards is none."""
    month = months()[clue.group("month").lower()]
    last_month = months()[(clue.group("last_month") or clue.group("month")).lower()]
    first, last = ordinal(clue.group("day")), ordinal(clue.group("last"))
    if clue.group("year"):
        year = int(clue.group("year"))
        start, end = (
            make_day(year - (month > last_month), month, first),
            make_day(year, last_month, last),
        )
    else:
        start = year_that_fits(clue, month, first)
        end = make_day(start.year + (month > last_month), last_month, last) if start else None
    if start is None or end is None:
        return unknown("day")
    return Reading(start, end, "day") if timedelta(0) < end - start < _LONGEST_RANGE else None


def _read_list(clue: Clue) -> Reading | None:
    """Days in a row are a range; of days apart the first is read alone."""
    between = [int(day) for day in clue.group("between").replace(",", " ").split()]
    first, last = ordinal(clue.group("day")), ordinal(clue.group("last"))
    is_row = [first, *between, last] == list(range(first, last + 1))
    return _read_range(clue) if is_row else None


_MONTH = r"(?P<month>{M})\.?\s{1,2}"
_OPTIONAL_YEAR = r"(?:\.?,?\s{YEAR})?"

DAY_RULES: tuple[DateRule, ...] = (
    # May 3-4, 2007; May 30 to June 2
    DateRule(
        "month_day_range",
        rf"{{WEEKDAY}}{_MONTH}{{DAY}}{{TO}}(?:(?P<last_month>{{M}})\.?\s)?{{LAST}}{{ENDS}}"
        rf"{_OPTIONAL_YEAR}",
        _read_range,
    ),
    # Nov. 6 and 7: but not "on Nov. 6 and 20 others"
    DateRule(
        "month_day_range",
        rf"{_MONTH}{{DAY}}\s(?:and|or)\s{{LAST}}{{ENDS}}(?:,?\s{{YEAR}}"
        r"|(?=[.,;:)?!]|\s(?:at|in|to|with|by|on|of|the|when|for|as|near)\b))",
        _read_range,
    ),
    # March 8, 9 and 10
    DateRule(
        "month_day_list",
        rf"{_MONTH}{{DAY}}(?P<between>(?:,\s[0-9]{{1,2}}){{1,5}}),?\s(?:and|or)\s"
        rf"{{LAST}}{{ENDS}}{_OPTIONAL_YEAR}",
        _read_list,
    ),
    # between May 30 and June 2
    DateRule(
        "month_day_range",
        rf"(?<=[Bb]etween\s){_MONTH}{{DAY}}\sand\s(?:(?P<last_month>{{M}})\.?\s)?{{LAST}}{{ENDS}}"
        rf"{_OPTIONAL_YEAR}",
        _read_range,
    ),
    # 3-4 May 2007; 30 May to 2 June; 3 and 4 May
    DateRule(
        "day_month_range",
        r"{DAY}(?:\sof)?(?:\s(?P<month>{M}))?{TO}{LAST}(?:\sof)?\s(?P<last_month>{M})\b"
        rf"{_OPTIONAL_YEAR}",
        lambda clue: _read_range(clue) if clue.group("month") else None,
    ),
    DateRule(
        "day_month_range",
        rf"{{DAY}}(?:{{TO}}|\s(?:and|or)\s){{LAST}}(?:\sof)?\s(?P<month>{{M}})\b{_OPTIONAL_YEAR}",
        _read_range,
    ),
    # The attacks of 2001 go by their day.
    DateRule("september_11", r"9/11(?![0-9/])", _read_attacks),
    DateRule(
        "september_11",
        r"(?:September|Sept\.?)\s11(?:th)?(?:,?\s2001,?)?(?=,?\s(?:attack|terror|hijack|suicide"
        r"|[Cc]ommission|victim|famil|al[-\s]Qa))",
        _read_attacks,
    ),
    # Friday, May 25, 2007
    DateRule(
        "month_day_year", rf"{{WEEKDAY}}{_MONTH}(?:the\s)?{{DAY}}(?:,\s?|\s){{YEAR}}", _read_day
    ),
    DateRule(
        "week_of",
        rf"week\s(?:of|beginning|ending|ended)\s{_MONTH}{{DAY}}{{ENDS}}{_OPTIONAL_YEAR}",
        _read_week_of,
    ),
    DateRule(
        "which_month_day",
        rf"(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s{{WEEKDAY}}{_MONTH}{{DAY}}{{ENDS}}",
        _read_day,
    ),
    # May 25; March eighth; May 25 (Friday)
    DateRule(
        "month_day",
        rf"{{WEEKDAY}}{_MONTH}(?:the\s)?{{DAY}}{{ENDS}}(?:\s\((?P<weekday_after>{{WD}})\))?",
        _read_day,
    ),
    # 25 May 2007; 25th of May
    DateRule(
        "day_month_year", r"{WEEKDAY}{DAY}\s(?:of\s)?(?P<month>{M})\b\.?,?\s{YEAR}", _read_day
    ),
    DateRule("day_month", r"{WEEKDAY}{DAY}\s(?:of\s)?(?P<month>{M})\b(?!\.?\s?[0-9])", _read_day),
)
