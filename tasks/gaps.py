"""The gaps of every source as the journal's lines leave them, and what is due to be tried. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from schemas.expectation import Expectation, Period
from schemas.records import Window
from tasks.retry_pauses import Retry, retry_after

EXPECTED = "expected"
EXPLAINED = "explained"
Line = Mapping[str, Any]
Key = tuple[str, Period]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one period: the newest expectation, and since when it has been a gap."""

    expectation: Expectation
    retry: Retry = field(default_factory=Retry)
    missing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A person's word on a gap. It holds while no more is missing than was then."""

    text: str
    missing_count: int | None
    at: datetime

    def holds_for(self, missing_count: int | None) -> bool:
        if missing_count is None or self.missing_count is None:
            return missing_count == self.missing_count
        return missing_count <= self.missing_count


@dataclass(slots=True)
class Gaps:
    standings: dict[Key, Standing] = field(default_factory=dict)
    explanations: dict[Key, Explanation] = field(default_factory=dict)

    def is_explained(self, key: Key, pages: int = 0) -> bool:
        """By a person: nobody asks for it again by themselves. `pages` are listed and not had."""
        explanation, standing = self.explanations.get(key), self.standings.get(key)
        if explanation is None:
            return False
        unlisted = standing.expectation.unlisted if standing else 0
        return explanation.holds_for(None if unlisted is None else unlisted + pages)

    def explained_of(self, source: str) -> frozenset[Period]:
        return frozenset(
            period
            for (name, period) in self.explanations
            if name == source and self.is_explained((name, period))
        )

    def open_of(self, source: str) -> dict[Period, Standing]:
        """Periods whose listings lack something that nobody has explained."""
        return {
            period: standing
            for (name, period), standing in self.standings.items()
            if name == source
            and standing.expectation.is_open
            and not self.is_explained((name, period))
        }


# --- the journal ---------------------------------------------------------------------------------


def fold_gaps(lines: Iterable[Line]) -> Gaps:
    gaps = Gaps()
    for line in lines:
        fold_gap_line(gaps, line)
    return gaps


def fold_gap_line(gaps: Gaps, line: Line) -> None:
    if line["kind"] == EXPECTED:
        standing = _standing(line)
        gaps.standings[standing.expectation.source, standing.expectation.period] = standing
    elif line["kind"] == EXPLAINED:
        gaps.explanations[line["source"], _period(line)] = Explanation(
            line["explanation"], line["missing_count"], _instant(line["at"])
        )


def standing_fields(standing: Standing) -> dict[str, Any]:
    """What the journal keeps under `expected`."""
    said = standing.expectation
    names = ("source", "expected_by", "unlisted", "reason", "detail", "explanation")
    return {
        **{name: getattr(said, name) for name in names},
        **period_fields(said.period),
        "try_count": standing.retry.try_count,
        "next_try_at": standing.retry.next_try_at,
        "missing_since": standing.missing_since,
    }


def period_fields(period: Period) -> dict[str, Any]:
    return {"period": period.kind, "first_date": period.first}


def _standing(line: Line) -> Standing:
    names = ("source", "expected_by", "unlisted", "reason", "detail", "explanation")
    said = Expectation(period=_period(line), **{name: line[name] for name in names})
    next_try_at, since = _instant_or_none(line["next_try_at"]), line["missing_since"]
    retry = Retry(line["try_count"], next_try_at, said.reason or "")
    return Standing(said, retry, _instant_or_none(since))


def _period(line: Line) -> Period:
    first = line["first_date"]
    return Period(line["period"], date.fromisoformat(first) if isinstance(first, str) else first)


def _instant(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def _instant_or_none(at: datetime | str | None) -> datetime | None:
    return _instant(at) if at is not None else None


# --- what a run adds -----------------------------------------------------------------------------


def next_standing(known: Standing | None, said: Expectation, now: datetime) -> Standing | None:
    """None where the journal knows it already, or the gap was looked at before its time."""
    is_same = known is not None and known.expectation.says_the_same(said)
    if not said.is_open:
        if is_same:
            return None
        return Standing(said, missing_since=_since(known, said, now))
    before = known.retry if known and known.expectation.is_open else None
    retry = retry_after(before, said.reason or "", now, said.not_before)
    if is_same and known is not None and retry == known.retry:
        return None
    return Standing(said, retry, _since(known, said, now))


def _since(known: Standing | None, said: Expectation, now: datetime) -> datetime | None:
    if said.reason is None:
        return None
    return (known.missing_since if known else None) or now


def due_again(known: Mapping[Period, Standing], asked: Window, now: datetime) -> tuple[Period, ...]:
    """Gaps outside the days asked for whose time has come, oldest first."""
    return tuple(
        sorted(
            (
                period
                for period, standing in known.items()
                if period.first is not None
                and not asked.covers(period.first)
                and standing.retry.is_due(now)
            ),
            key=lambda period: (period.first or date.min, period.kind),
        )
    )
