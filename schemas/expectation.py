"""What is expected of a source in one period of days, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from schemas.records import Miss, Window
from schemas.source import ListingKind

PeriodKind = Literal["day", "month", "year", "whole"]
ExpectedBy = Literal["printed_total", "sequence", "calendar", "index_count"]

# Gaps that no page and no listing names by itself; the others have the reason of a page.
GAP_REASONS: dict[str, str] = {
    "fewer_listed_than_printed": "The listing prints a larger total than it lists.",
    "number_missing": "A number is left out of a sequence the source numbers.",
    "nothing_listed": "A publishing day of the source's calendar lists nothing.",
    "page_quarantined": "The page is kept, and what it holds is refused; see quarantine.",
    "row_quarantined": "The page was read, and its article is refused; see quarantine.",
}


@dataclass(frozen=True, slots=True)
class Period:
    """The days one listing speaks for; `first` is its first day, None for the whole source."""

    kind: PeriodKind
    first: date | None = None

    @property
    def last(self) -> date | None:
        if self.first is None or self.kind == "day":
            return self.first
        if self.kind == "year":
            return self.first.replace(month=12, day=31)
        next_month = self.first.replace(day=1) + timedelta(days=31)
        return next_month.replace(day=1) - timedelta(days=1)

    @property
    def window(self) -> Window:
        return Window(self.first, self.last)

    def __str__(self) -> str:
        """As a person writes it: `2007-05-25`, `2007-05`, `2007` or `all`."""
        if self.first is None:
            return "all"
        return self.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.kind]]


WHOLE = Period("whole")


def day_period(day: date) -> Period:
    return Period("day", day)


@dataclass(frozen=True, slots=True)
class Told:
    """What one listing showed of one period.

    `shown` counts the pages it lists, inside the window asked for or not; `printed` is the total
    it states. `misses` are the listing pages that could not be read: the rest is not known.
    """

    period: Period
    kind: ListingKind
    shown: int
    printed: int | None = None
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What all listings of a source, or its calendar, say of one period.

    `unlisted` pages are expected and no listing shows them; None where a listing failed and
    nobody knows how many. A gap has a `reason`; an `explanation` is why it need not be filled.
    `not_before` is when the site itself asked us to come again.
    """

    source: str
    period: Period
    expected_by: ExpectedBy | None
    unlisted: int | None = 0
    reason: str | None = None
    detail: str | None = None
    explanation: str | None = None
    not_before: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.reason is not None and self.explanation is None

    def says_the_same(self, other: Expectation) -> bool:
        """Whatever the words: a gap that only tells itself differently is no other gap."""
        names = ("expected_by", "unlisted", "reason", "explanation")
        return all(getattr(self, name) == getattr(other, name) for name in names)
