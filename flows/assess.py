"""Re-checks what is published, freshness and missed runs; tells people. Never publishes.

Needs no Prefect server: cron can call `onrecord assess`, and then somebody notices
when the scheduler itself is what stopped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from prefect import flow

from flows.alerting import raise_alerts
from flows.session import make_run_id
from flows.telling import tell_prefect
from schemas.errors import Unavailable
from tasks.audit import freshness_signals, killed_signal, signals_of
from tasks.hold import held_sources
from tasks.incidents import Change, Signal
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal, read_journal, unfinished_runs
from tasks.limits import limits_of
from tasks.lock import is_held
from tasks.settings import Settings, read_settings
from tasks.sources import SOURCES
from tasks.status import first_started, last_completed
from warehouse.assess import check_published

Row = dict[str, Any]


# A failure that goes on is among the failed checks.
TOLD = {"opened", "flapping", "worsened", "closed"}


@dataclass(frozen=True, slots=True)
class Assessed:
    failed: list[Row]
    changed: list[Row]
    is_alarming: bool


@flow(name="assess")
def assess() -> dict[str, Any]:
    """Where the hourly deployment enters."""
    assessed = run_assess(read_settings(os.environ))
    return {"failed": assessed.failed, "changed": assessed.changed}


def run_assess(settings: Settings, now: datetime | None = None) -> Assessed:
    """Raises `Unavailable` where nothing is published yet, once it has told of missed runs."""
    now = now or datetime.now(UTC)
    run_id = make_run_id("assess", now)
    signals = [
        *_published_signals(settings, run_id, now),
        *freshness_signals(
            _scheduled(), last_completed(settings), first_started(settings) or now, now
        ),
        *_killed(settings),
    ]
    with Journal(settings.journal, run_id) as journal:
        journal.write(RUN_STARTED, flow="assess", sources=[], started_at=now)
        changes = raise_alerts(settings, journal, run_id, signals, now)
        journal.write(RUN_FINISHED)
    tell_prefect(run_id, "assess", "assessed", changes, now)
    if not settings.published.is_file():
        raise Unavailable(
            f"{settings.published}: nothing is published yet. Run `onrecord ingest` first"
        )
    return Assessed(
        failed=[_failed(each) for each in signals if not each.is_passed],
        changed=[_changed(each) for each in changes if each.event in TOLD],
        is_alarming=any(not each.is_passed and each.severity == "error" for each in signals),
    )


def _published_signals(settings: Settings, run_id: str, now: datetime) -> list[Signal]:
    """What is held back keeps older rows on purpose, and its incident is open already."""
    if not settings.published.is_file():
        return []
    held = held_sources(read_journal(settings.journal))
    limits = limits_of(settings, SOURCES)
    results, backing = check_published(settings.published, run_id, now, limits)
    known = [each for each in results if each.source not in held]
    return signals_of(known, backing, judged="published")


def _killed(settings: Settings) -> list[Signal]:
    """While somebody holds the lock, a run that has not ended may be just that one."""
    if is_held(settings.lock):
        return []
    return [killed_signal(unfinished_runs(settings.journal))]


def _scheduled() -> list[str]:
    return [name for name, source in SOURCES.items() if source.is_enabled]


def _failed(signal: Signal) -> Row:
    return {
        "check": signal.check_name,
        "source": signal.source or "all",
        "severity": signal.severity,
        "message": signal.message,
    }


def _changed(change: Change) -> Row:
    incident = change.incident
    return {
        "event": change.event,
        "check": incident.check_name,
        "source": incident.source or "all",
        "incident_id": incident.incident_id,
    }
