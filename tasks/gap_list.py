"""The open gaps as a person reads them: which day, what is missing, and what to do. Reads only."""

from __future__ import annotations

from datetime import date
from typing import Any

from schemas.errors import BadUsage, NotFound
from schemas.expectation import WHOLE, Period, PeriodKind
from tasks.gaps import Gaps, fold_gaps
from tasks.journal import read_journal
from tasks.settings import Settings
from warehouse.read import PublishedReader

Row = dict[str, Any]

OPEN = """
    select
        source, period, first_date, expected_by, expected_count, listed_count, fetched_count,
        published_count, missing_count, reason, detail, try_count, next_try_at, missing_since
    from completeness
    where state = 'open'
    order by source, first_date nulls first, period
"""
# By reason; what is not here is trouble that passes, and is tried again by itself.
WHAT_TO_DO = {
    "page_quarantined": "see `onrecord quarantine list`; what the site may mend is asked for again",
    "row_quarantined": "see `onrecord quarantine list`",
    "login_required": "the site wants a login: explain it",
    "forbidden": "ask the site, or explain it",
    "not_found": "look at the site: the address is listed and not there; then explain it",
    "outside_source": "add the host to the source, or explain it",
    "address_not_allowed": "the host is private: declare it, or explain it",
    "scheme_not_allowed": "explain it",
    "bad_address": "explain it",
    "fewer_listed_than_printed": "count the listing by hand; mend the source, or explain it",
    "number_missing": "look for the number at the site, or explain it",
    "nothing_listed": "a day off? Put it into the source's calendar, or explain it",
    "index_unreadable": "see the listing page; mend the source",
    "limit_reached": "run again without --limit",
    "run_interrupted": "run again",
}
# By its length: what a period is, and what its first day is spelled with.
_KINDS: dict[int, tuple[PeriodKind, str]] = {
    10: ("day", ""),
    7: ("month", "-01"),
    4: ("year", "-01-01"),
}
LATER = "none: it is tried again by itself"


def open_gaps(settings: Settings) -> list[Row]:
    """As of the last generation, without what was explained since."""
    gaps = fold_gaps(read_journal(settings.journal))
    with PublishedReader(settings.published) as reader:
        rows = reader.rows(OPEN)
    return [_shown(row) for row in rows if not _is_explained(row, gaps)]


def open_gap(settings: Settings, source: str, spelled: str) -> Row:
    """The one that is named. Raises `NotFound` where no such gap is open."""
    period = period_of(spelled)
    for row in open_gaps(settings):
        if (row["source"], row["period"]) == (source, str(period)):
            return row
    raise NotFound(
        f"{source} {period}: no gap is open there. `onrecord status --gaps` lists those that are"
    )


def period_of(spelled: str) -> Period:
    """`2007-05-25`, `2007-05`, `2007` or `all`. Raises `BadUsage` for anything else."""
    if spelled == "all":
        return WHOLE
    kind, rest = _KINDS.get(len(spelled), ("day", ""))
    try:
        return Period(kind, date.fromisoformat(spelled + rest))
    except ValueError as error:
        raise BadUsage(
            f"{spelled!r}: expected a day 2007-05-25, a month 2007-05, a year 2007, or all"
        ) from error


def _period(row: Row) -> Period:
    return Period(row["period"], row["first_date"])


def _is_explained(row: Row, gaps: Gaps) -> bool:
    explanation = gaps.explanations.get((row["source"], _period(row)))
    return explanation is not None and explanation.holds_for(row["missing_count"])


def _shown(row: Row) -> Row:
    rest = {name: value for name, value in row.items() if name != "first_date"}
    todo = WHAT_TO_DO.get(row["reason"], LATER)
    return {**rest, "period": str(_period(row)), "to_do": todo}


def for_people(row: Row) -> Row:
    """The same in fewer columns: a terminal is narrow."""
    had = ", ".join(f"{row[f'{name}_count']} {name}" for name in ("listed", "fetched", "published"))
    expected = "?" if row["expected_count"] is None else row["expected_count"]
    missing = "unknown" if row["missing_count"] is None else row["missing_count"]
    is_retried = row["to_do"] == LATER or row["next_try_at"] is not None
    return {
        "source": row["source"],
        "day": row["period"],
        "missing": f"{missing} of {expected}",
        "expected by": row["expected_by"] or "unknown: not listed",
        "had": had,
        "why": row["detail"] or row["reason"],
        "tries": row["try_count"],
        "next try": row["next_try_at"] or ("the next run" if is_retried else ""),
        "what to do": row["to_do"],
    }
