"""Readings judged as a batch; a rule that cannot run stops its source and no other. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from schemas.errors import ContractBroken
from tasks.audit import RULE_CANNOT_RUN
from tasks.batch import Proposed, propose
from tasks.corrections import Correction
from tasks.extract import Read, Unread
from tasks.settle import Settled, settle
from tasks.validate import judge_batch

Readings = Sequence[Read | Unread]


class Judged(NamedTuple):
    """`readings` of a source that was stopped are captures that wait, with what the rule said."""

    readings: Readings
    proposed: Proposed
    settled: Settled
    stopped: Mapping[str, str]


def judge_readings(
    readings: Readings, run_id: str, corrections: Sequence[Correction]
) -> tuple[Proposed, Settled]:
    """Raises `ContractBroken` where a rule cannot run: then no row was judged."""
    proposed = propose(readings, run_id, corrections)
    return proposed, settle(proposed, judge_batch(proposed.frames))


def judge_or_stop(
    readings: Readings,
    run_id: str,
    corrections: Sequence[Correction],
    stopped: Mapping[str, str],
) -> Judged:
    """`stopped` are sources that a rule could not run on before, with what it said."""
    readings = _put_aside(readings, stopped)
    try:
        return Judged(readings, *judge_readings(readings, run_id, corrections), {})
    except ContractBroken:
        newly = _broken(readings, run_id, corrections)
        if not newly:
            raise
    readings = _put_aside(readings, newly)
    return Judged(readings, *judge_readings(readings, run_id, corrections), newly)


def _put_aside(readings: Readings, stopped: Mapping[str, str]) -> Readings:
    return [
        Unread(each.capture, RULE_CANNOT_RUN, stopped[each.capture.source])
        if isinstance(each, Read) and each.capture.source in stopped
        else each
        for each in readings
    ]


def _broken(readings: Readings, run_id: str, corrections: Sequence[Correction]) -> dict[str, str]:
    """Each source by itself: those that no row of can be judged, with what the rule said."""
    broken: dict[str, str] = {}
    for source in _sources(readings):
        own = [each for each in readings if each.capture.source == source]
        try:
            judge_readings(own, run_id, corrections)
        except ContractBroken as error:
            broken[source] = str(error)
    return broken


def _sources(readings: Readings) -> Collection[str]:
    return sorted({each.capture.source for each in readings if isinstance(each, Read)})
