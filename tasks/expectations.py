"""What the listings of one run and the source's calendar say is expected, period by period. Pure.

Printed totals, sequences and calendars speak of the same pages: a period lacks what the one that
misses most misses, and never their sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from schemas.expectation import GAP_REASONS, WHOLE, Expectation, Period, Told
from schemas.records import Window
from schemas.source import Source
from tasks.listing import Listed
from tasks.numbering import missing_numbers
from tasks.publishing_calendar import calendar_gaps, is_in

# What lists only the newest pages cannot show that an older day has none.
_LISTS_THE_NEWEST = {"feed"}
# Gaps of a day that a listing of any period shows to be filled.
_SEEN_BY_DAY = {"number_missing", "nothing_listed"}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the listings.

    `today` is that of the source's time zone, `days` have pages already, the listings of
    `left_alone` were not asked, `gaps` are what was lacking before.
    """

    today: date
    days: Collection[date] = frozenset()
    left_alone: Collection[Period] = frozenset()
    gaps: Mapping[Period, Expectation] = field(default_factory=dict)


def expectations_of(
    source: Source, listed: Listed, window: Window, known: Known
) -> dict[Period, Expectation]:
    """One for each period that a listing spoke of, or that lacks something."""
    told: dict[Period, list[Told]] = defaultdict(list)
    for each in listed.told:
        told[each.period].append(each)
    found = {
        period: expectation
        for period, several in told.items()
        if (expectation := _of_listings(source, period, several, known)) is not None
    }
    for listing in source.listings:
        for hole in missing_numbers(listing, listed.pages, window):
            _lack(found, source, hole.period, len(hole.numbers), str(hole))
    unread = [each.window for each in _unread(found, known)]
    days = _days(source, listed, window, known.today)
    with_pages = {*known.days, *(page.listed_date for page in listed.pages)}
    found |= calendar_gaps(source, [d for d in days if d not in with_pages], found, unread)
    for period, before in known.gaps.items():
        is_looked_at = window.covers(period.first) and not is_in(unread, period.first)
        if before.reason in _SEEN_BY_DAY and is_looked_at and period not in found:
            found[period] = Expectation(source.name, period, before.expected_by)
    return found


def within(listed: Listed, window: Window) -> Listed:
    """What was shown of these days, as if nothing else had been asked."""
    pages = tuple(page for page in listed.pages if window.covers(page.listed_date))
    told = tuple(each for each in listed.told if _overlap(each.period.window, window))
    return replace(listed, pages=pages, told=told)


def _overlap(left: Window, right: Window) -> bool:
    starts = max(left.since or date.min, right.since or date.min)
    return starts <= min(left.until or date.max, right.until or date.max)


# --- what listings say ---------------------------------------------------------------------------


def _of_listings(
    source: Source, period: Period, told: list[Told], known: Known
) -> Expectation | None:
    misses = [miss for each in told for miss in each.misses]
    short = sum(max(0, (each.printed or 0) - each.shown) for each in told)
    is_printed = any(each.printed is not None for each in told)
    if not misses:
        plain = Expectation(source.name, period, "printed_total" if is_printed else "index_count")
        return _shortfall(plain, told, short) if short else plain
    if misses[0].reason == "not_found" and not _is_over(period, known.today):
        # The index page of a day, or month, that has not ended may not be there yet.
        return None
    is_known = all(each.printed is not None for each in told if each.misses)
    more = f" (and {len(misses) - 1} more)" if len(misses) > 1 else ""
    return Expectation(
        source=source.name,
        period=period,
        expected_by="printed_total" if is_known else None,
        unlisted=short if is_known else None,
        reason=misses[0].reason,
        detail=f"{misses[0].url}: {misses[0].detail}{more}",
        not_before=max((m.next_try_at for m in misses if m.next_try_at), default=None),
    )


def _shortfall(plain: Expectation, told: list[Told], short: int) -> Expectation:
    totals = [f"prints {t.printed}, lists {t.shown}" for t in told if (t.printed or 0) > t.shown]
    reason = "fewer_listed_than_printed"
    return replace(plain, unlisted=short, reason=reason, detail="; ".join(totals))


def _lack(
    found: dict[Period, Expectation], source: Source, period: Period, count: int, detail: str
) -> None:
    """By its sequence; a listing that failed, or lacks more, has said it already."""
    said = found.get(period)
    if said and said.reason and (said.unlisted is None or said.unlisted >= count):
        return
    found[period] = Expectation(
        source.name, period, "sequence", count, "number_missing", detail=detail
    )


# --- days -----------------------------------------------------------------------------------------


def _unread(found: dict[Period, Expectation], known: Known) -> Iterator[Period]:
    """Periods whose listings could not be read, or were not asked: silence proves nothing."""
    yield from known.left_alone
    yield from (
        period for period, each in found.items() if each.reason and each.reason not in GAP_REASONS
    )


def _days(source: Source, listed: Listed, window: Window, today: date) -> Iterator[date]:
    """The days of the window that are over and that the listings can speak for."""
    is_newest_only = all(each.kind in _LISTS_THE_NEWEST for each in source.listings)
    oldest = min((page.listed_date for page in listed.pages if page.listed_date), default=None)
    firsts = [window.since, source.first_date, *([oldest] if is_newest_only else ())]
    first = max((day for day in firsts if day), default=oldest)
    last = min(day for day in (window.until, source.last_date, today - _ONE_DAY) if day)
    if first is None or (is_newest_only and oldest is None):
        return
    while first <= last:
        yield first
        first += _ONE_DAY


def _is_over(period: Period, today: date) -> bool:
    return period.last is not None and period.last < today


def is_paused(period: Period, today: date) -> bool:
    """Only a period that is over can be left alone: new pages may still come to the others."""
    return period != WHOLE and _is_over(period, today)
