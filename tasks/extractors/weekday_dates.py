"""Days that are named from the published date: "Friday", "last Friday", "yesterday", "tonight"."""

from __future__ import annotations

from tasks.extractors.calendar_words import weekdays
from tasks.extractors.date_rules import Clue, DateRule, Reading, one_day, unknown
from tasks.extractors.periods import nearest_weekday, period, shifted
from tasks.extractors.tense import Tense

_SHIFTS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_WEEKS = {"last": -1, "this": 0, "next": 1}
_BESIDE = {"before": -1, "after": 1}


def _read_weekday(clue: Clue) -> Reading:
    """Same day included; news copy without a tense tells what happened."""
    if clue.published is None:
        return unknown("day")
    return one_day(nearest_weekday(clue.published, _weekday(clue), clue.tense()))


def _read_which_weekday(clue: Clue) -> Reading:
    """Never the published day by "last" and "next"; by "this" it may be."""
    if clue.published is None:
        return unknown("day")
    which = clue.group("which").lower().split()[-1]
    shift = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    counted_from = shifted(clue.published, shift)
    if counted_from is None:
        return unknown("day")
    tense: Tense = "past" if shift < 0 or (not shift and clue.tense() == "past") else "future"
    day = nearest_weekday(counted_from, _weekday(clue), tense)
    return one_day(shifted(day, _BESIDE.get(clue.group("beside"), 0)) if day else None)


def _read_elsewhere(clue: Clue) -> Reading:
    """What "the previous Friday" counts from was told before: one of the last two, or neither."""
    if clue.published is None:
        return unknown("day")
    last = nearest_weekday(clue.published, _weekday(clue), "past")
    return unknown("day", shifted(last, -7) if last else None, last)


def _read_deictic(clue: Clue) -> Reading:
    if clue.published is None:
        return unknown("day")
    shift = _SHIFTS.get(" ".join(clue.group("word").lower().split()), 0)
    return one_day(shifted(clue.published, shift + _BESIDE.get(clue.group("beside"), 0)))


def _weekday(clue: Clue) -> int:
    return weekdays()[clue.group("weekday").lower()]


def _read_weekday_of_week(clue: Clue) -> Reading:
    """Weeks begin on Monday, as the press counts them in "Sunday of last week"."""
    if clue.published is None:
        return unknown("day")
    monday = period(clue.published, _WEEKS[clue.group("which").lower()], "week").start
    return one_day(shifted(monday, _weekday(clue)) if monday else None)


def _read_weekdays(clue: Clue) -> Reading:
    """The last day as the tense has it, the first one before it."""
    if clue.published is None:
        return unknown("day")
    end = nearest_weekday(clue.published, weekdays()[clue.group("last").lower()], clue.tense())
    before = shifted(end, -1) if end else None
    start = nearest_weekday(before, _weekday(clue), "past") if before else None
    return Reading(start, end, "day") if start else unknown("day")


_NO_RANGE = "".join(
    rf"(?<!day{to})" for to in (r"\sthrough\s", r"\sthru\s", r"\sto\s", r"\suntil\s", "-", "–")
)

WEEKDAY_RULES: tuple[DateRule, ...] = (
    # Tuesday through Saturday; "10 a.m. to 5 p.m. Monday-Friday" and "open Monday-Friday" recur
    DateRule(
        "weekdays",
        r"(?<![ap]\.m\.\s)(?<!\b[Oo]pen\s)(?P<weekday>{WD}){TO}(?P<last>{WD})\b",
        _read_weekdays,
    ),
    # Monday of last week; Friday next week
    DateRule(
        "weekday_of_week",
        r"(?P<weekday>{WD})\s(?:of\s)?(?P<which>last|this|next)\sweek\b",
        _read_weekday_of_week,
    ),
    DateRule(
        "which_weekday",
        r"(?:day\s(?P<beside>before|after)\s)?"
        r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his\spast|[Tt]his\scoming|[Tt]his)\s(?P<weekday>{WD})\b"
        r"(?!\s(?:in|of)\s{M}\b)",
        _read_which_weekday,
    ),
    DateRule(
        "weekday_elsewhere",
        r"(?:[Pp]revious|[Ff]ollowing)\s(?P<weekday>{WD})\b",
        _read_elsewhere,
    ),
    # Not what happens again and again: each Friday, Friday nights; not a part of "Friday, May 25"
    # or "Monday-Friday", which other rules read or refuse.
    DateRule(
        "weekday",
        rf"(?<!\b[Ee]ach\s)(?<!\b[Ee]very\s){_NO_RANGE}(?P<weekday>{{WD}})\b"
        r"(?!\s(?:(?:and|or|to|through)\s{WD}\s)?(?:mornings|afternoons|evenings|nights)\b|{TO}{WD}"
        r"|\.?,?\s{1,2}\(?(?:the\s)?(?:{M}\b|{DAY}\s(?:of\s)?{M}\b))",
        _read_weekday,
    ),
)
DEICTIC_RULES: tuple[DateRule, ...] = (
    DateRule(
        "deictic",
        r"(?:day\s(?P<beside>before|after)\s)?(?<!\bof\s)(?<!etter\s)(?<!righter\s)"
        r"(?P<word>(?i:today|tonight|yesterday|tomorrow"
        r"|this\s(?:morning|afternoon|evening)|last\snight))\b",
        _read_deictic,
    ),
    # "the schools of tomorrow" are no schools of the next day; "the events of today" are today's.
    DateRule("deictic", r"(?<=\bof\s)(?P<word>today|yesterday|tomorrow(?=['’]s))\b", _read_deictic),
)
