"""What an archive is, as declared in `tasks/sources/`: data, no behaviour beyond look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from schemas.measures import Tolerance

# Those most newsrooms keep, by their names in vocabulary/holidays.csv.
COMMON_HOLIDAYS = (
    "New Year's Day",
    "Good Friday",
    "Easter Sunday",
    "Easter Monday",
    "May Day",
    "Christmas Day",
)

ListingKind = Literal["index", "feed", "sitemap", "cdx"]
DateOrder = Literal["day_first", "month_first"]


@dataclass(frozen=True, slots=True)
class PublishingCalendar:
    """The days on which an archive publishes; an earlier day that lists nothing is a gap.

    `weekdays` counts from Monday, 0. `holidays` are names of tasks/vocabulary/holidays.csv;
    with `moves_off_weekends` one on a Saturday is kept on Friday, one on a Sunday on Monday.
    `free_days` are single days without an issue.
    """

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[str, ...] = ()
    moves_off_weekends: bool = False
    free_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One way pages are listed.

    `url` may hold {day:%Y}, {day:%m}, {day:%d}: one address per day, month or year of a window,
    as fine as the finest field in it.
    `page_pattern` is a regular expression that a listed address must match in full;
    its named groups `year`, `month`, `day` (two or four digits) give the page's day.
    `next_selector` names the link to the following index page, `count_selector` the printed total.
    `numbered_within`: the pattern's group `number` counts from 1 without a gap within each day,
    month or year, and within its group `series` where there is one.
    """

    kind: ListingKind
    url: str
    page_pattern: str | None = None
    link_selector: str = "a[href]"
    next_selector: str | None = None
    count_selector: str | None = None
    numbered_within: Literal["day", "month", "year"] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """A page design of a source: CSS selectors for its blocks, valid for captures up to a day.

    `fingerprint` are selectors that must all be found for the layout to be tried at all.
    An empty selector means that the design does not show the field.
    `remove` drops furniture before anything is read; what it drops is labelled `banner`.
    """

    name: str
    fingerprint: tuple[str, ...]
    body: str
    used_until: date | None = None
    used_from: date | None = None
    headline: str = ""
    subhead: str = ""
    section: str = ""
    printed_date: str = ""
    byline: str = ""
    source_footer: str = ""
    caption: str = ""
    related: str = ""
    navigation: str = ""
    banner: str = ""
    boilerplate: str = ""
    date_order: DateOrder | None = None
    required: tuple[str, ...] = ("headline",)

    def serves(self, captured_on: date | None) -> bool:
        """Whether the design was in use that day; an unknown day excludes none."""
        if captured_on is None:
            return True
        return (self.used_from is None or captured_on >= self.used_from) and (
            self.used_until is None or captured_on <= self.used_until
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One archive we read.

    `pause` is the least time between two requests to a host; robots.txt may lengthen it.
    `private_hosts` are the only private addresses ("127.0.0.1:8765") this source may reach.
    `expected_per_day` (low, high) is the plausible number of articles a day, None where unknown.
    `reads_other_designs`: a page that shows none of the layouts is read like one of an unknown
    site; without it such a page is refused, which is how a redesign is noticed.
    `quarantine_limit` is the share of its units in quarantine from which on what it gave is held
    back, None for the usual one.
    `calendar` is None where nothing is known of publishing days.
    `gap_tolerance` is how long a gap may stay open before somebody is told.
    `last_verified` is the day `sources check` last met the live site; None means never.
    `quiet_holidays` are those on which it publishes little, by their names in the vocabulary.
    `tolerances` replace those of warehouse/tolerances.csv for the same measure and side.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    listings: tuple[Listing, ...]
    layouts: tuple[Layout, ...]
    contact: str
    time_zone: str
    pause: timedelta = timedelta(seconds=5)
    publisher: str | None = None
    rights: str = "unknown"
    language_code: str = "en"
    date_order: DateOrder | None = None
    private_hosts: tuple[str, ...] = ()
    first_date: date | None = None
    last_date: date | None = None
    expected_per_day: tuple[int, int] | None = None
    reads_other_designs: bool = False
    calendar: PublishingCalendar | None = None
    gap_tolerance: timedelta = timedelta(days=7)
    wayback_fallback: bool = False
    request_budget: int = 10_000
    is_enabled: bool = True
    last_verified: date | None = None
    quarantine_limit: float | None = None
    quiet_holidays: tuple[str, ...] = COMMON_HOLIDAYS
    tolerances: tuple[Tolerance, ...] = ()
    agencies: dict[str, str] = field(default_factory=dict)
