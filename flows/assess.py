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
from tasks.audit import freshness_signals, signals_of
from tasks.incidents import Change, Signal
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal
from tasks.settings import Settings, read_settings
from tasks.sources import SOURCES
from tasks.status import last_completed
from warehouse.assess import check_published

Row = dict[str, Any]


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


def run_assess(settings: Settings) -> Assessed:
    now = datetime.now(UTC)
    run_id = make_run_id("assess", now)
    signals = [
        *signals_of(check_published(settings.published, run_id, now), judged="published"),
        *freshness_signals(_scheduled(), last_completed(settings), now),
    ]
    with Journal(settings.journal, run_id) as journal:
        journal.write(RUN_STARTED, flow="assess", sources=[], started_at=now)
        changes = raise_alerts(settings, journal, run_id, signals, now)
        journal.write(RUN_FINISHED)
    return Assessed(
        failed=[_failed(each) for each in signals if not each.is_passed],
        changed=[_changed(each) for each in changes],
        is_alarming=any(not each.is_passed and each.severity == "error" for each in signals),
    )


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
