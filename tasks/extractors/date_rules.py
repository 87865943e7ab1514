"""What a rule for dates in a text is: a name, a pattern, and how its words become days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schemas.records import Precision
from tasks.extractors.tense import Tense, tense_at

# A month told longer ago in a paragraph is another matter.
_SAME_PARAGRAPH = 600


class Story:
    """Which years the text has told so far, for the days and months that it names again without.

    "the fire of May 28, 2005 ... since May 28": the day is the same wherever the text repeats it,
    the month only in the paragraph that told it.
    """

    def __init__(self) -> None:
        self._days: dict[tuple[int, int], int] = {}
        self._months: dict[int, tuple[int, int]] = {}
        self._last: tuple[date, int] | None = None

    def note(self, month: int, day: int | None, year: int, end: int) -> None:
        self._months[month] = (year, end)
        if day is not None:
            self._days[month, day] = year

    def note_day(self, day: date | None, end: int) -> None:
        """The day told last, from which "the next morning" counts."""
        self._last = None if day is None else (day, end)

    def day_before(self, start: int) -> date | None:
        if self._last is None or start - self._last[1] > _SAME_PARAGRAPH:
            return None
        return self._last[0]

    def year_of(self, month: int, day: int, text: str, start: int) -> int | None:
        if (month, day) in self._days:
            return self._days[month, day]
        year, end = self._months.get(month, (None, 0))
        is_near = start - end <= _SAME_PARAGRAPH and "\n" not in text[end:start]
        return year if is_near else None


class Clue(NamedTuple):
    """Words that name a date, the text around them, and the day relative dates count from."""

    match: re.Match[str]
    published: date | None
    story: Story

    def group(self, name: str) -> str:
        """The words of a group; empty where the rule has no such group or it matched nothing."""
        return (self.match[name] or "") if name in self.match.re.groupindex else ""

    def tense(self) -> Tense | None:
        return tense_at(self.match.string, self.match.start(), self.match.end())


class Reading(NamedTuple):
    """The days meant, both ends included; None is a date that cannot be told."""

    start: date | None
    end: date | None
    precision: Precision
    candidates: tuple[str, ...] = ()
    agrees_with_weekday: bool | None = None


@dataclass(frozen=True, slots=True)
class DateRule:
    """`pattern` is a template, see `date_words.compiled`, matched at a known place.

    Where it has a group `date`, that is the mention; the rest are the words that prove it one.
    A reading of None means: these words are no date after all.
    """

    name: str
    pattern: str
    read: Callable[[Clue], Reading | None]


def one_day(day: date | None, *, agrees: bool | None = None) -> Reading:
    return Reading(day, day, "day", agrees_with_weekday=agrees)


def unknown(precision: Precision, *candidates: date | None) -> Reading:
    return Reading(None, None, precision, tuple(day.isoformat() for day in candidates if day))
