"""What a run asks one source for: what its listings show, and what is due again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.session import Session
from schemas.exchange import KnownPage
from schemas.expectation import Expectation, Period
from schemas.records import PageRef
from schemas.source import Source
from tasks.expectations import Known, expectations_of, is_paused, within
from tasks.gaps import Standing, due_again, next_standing
from tasks.ledger import missed, missed_again
from tasks.listing import Listed, list_pages
from tasks.listing_found import ListingFetcher
from tasks.waiting import Waiting, due_pages, not_due, take_turns, without_explained


@dataclass(frozen=True, slots=True)
class Plan:
    """`asked` in order; `waiting` is what is known of the pages that gave no answer before."""

    asked: list[PageRef]
    waiting: Mapping[str, Waiting]


def list_source(
    session: Session, source: Source, fetcher: ListingFetcher, kept: Mapping[str, KnownPage]
) -> Plan:
    """The pages of the days asked for, then those of other days whose time has come.

    Of a day that is listed again only what is missing is asked for.
    """
    now, window = session.clock.now(), session.order.window
    gaps = session.gaps.open_of(source.name)
    again = due_again(gaps, window, now)
    left_alone = _left_alone(session, source, gaps, now)
    listed = list_pages(source, window, fetcher, left_alone, again)
    for miss in listed.misses:
        session.note(missed(miss, is_listing=True))
    _note_expected(session, source, listed, left_alone, again)
    waiting = session.warehouse.waiting_pages(source.name)
    own = [page for page in listed.pages if window.covers(page.listed_date)]
    beyond = [page for page in listed.pages if not window.covers(page.listed_date)]
    others = [page for page in beyond if page.url not in kept]
    turn = take_turns(own, waiting, now, is_ordered=session.order.names_days)
    more = take_turns(others, waiting, now, is_ordered=False)
    for page in (*turn.later, *more.later):
        session.note(missed_again(not_due(page, waiting[page.url], now), page, waiting[page.url]))
    unread = session.warehouse.unread_pages(source.name)
    wanted = without_explained(source.name, {**waiting, **unread}, session.gaps)
    due = due_pages(source.name, wanted, listed.pages, now)
    return Plan([*turn.asked, *more.asked, *due], waiting)


def _left_alone(
    session: Session, source: Source, gaps: Mapping[Period, Standing], now: datetime
) -> frozenset[Period]:
    """Days that are over and whose time has not come, or that somebody has explained.

    Whoever names days wants them asked for now.
    """
    if session.order.names_days:
        return frozenset()
    early = {period for period, standing in gaps.items() if not standing.retry.is_due(now)}
    paused = early | session.gaps.explained_of(source.name)
    return frozenset(period for period in paused if is_paused(period, _today(source, now)))


def _note_expected(
    session: Session,
    source: Source,
    listed: Listed,
    left_alone: frozenset[Period],
    again: tuple[Period, ...],
) -> None:
    now = session.clock.now()
    gaps = session.gaps.open_of(source.name)
    known = Known(
        today=_today(source, now),
        days=session.warehouse.listed_days(source.name),
        left_alone=left_alone,
        gaps={period: standing.expectation for period, standing in gaps.items()},
    )
    found: dict[Period, Expectation] = {}
    for window in (session.order.window, *(period.window for period in again)):
        found |= expectations_of(source, within(listed, window), window, known)
    for period, said in found.items():
        before = session.gaps.standings.get((source.name, period))
        standing = next_standing(before, said, now)
        if standing is not None:
            session.note_expected(standing)


def _today(source: Source, now: datetime) -> date:
    return now.astimezone(ZoneInfo(source.time_zone)).date()
