"""What people decide, written down: acknowledgements, waivers. A line in the journal, no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from flows.session import make_run_id
from schemas.errors import BadUsage
from tasks.evaluation.evaluate import Scored
from tasks.gap_list import open_gap, period_of
from tasks.gaps import EXPLAINED, period_fields
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal
from tasks.settings import Settings
from tasks.status import incident_row, quarantined_row
from tasks.versions import onrecord_version, rule_versions


def acknowledge(settings: Settings, incident_id: str, by: str) -> None:
    """Raises `NotFound` for an unknown incident, `BadUsage` for a closed one."""
    incident = incident_row(settings, incident_id)
    if incident["status"] == "closed":
        raise BadUsage(f"{incident_id}: closed at {incident['closed_at']}; nothing to acknowledge")
    _write(settings, "acknowledged", incident_id=incident["incident_id"], by=by)


def waive(settings: Settings, quarantine_id: str, because: str, until: date | None = None) -> None:
    """For as long as the row and its reasons stay what they are, or through the day `until`.

    The next run publishes it; the first run after `until` judges the row again.
    """
    row = quarantined_row(settings, quarantine_id)
    if row["status"] != "open":
        raise BadUsage(f"{quarantine_id}: {row['status']} already; nothing to waive")
    if not because.strip():
        raise BadUsage("a waiver needs its reason: --because '...'")
    if until is not None and until < datetime.now(UTC).date():
        raise BadUsage(f"--until {until}: expected a day to come; the waiver would be over already")
    _write(settings, "waived", quarantine_id=row["quarantine_id"], reason=because, until=until)


def explain_gap(settings: Settings, source: str, period: str, because: str) -> None:
    """For as long as no more is missing than now. The next run publishes it."""
    if not because.strip():
        raise BadUsage("an explanation needs its reason: --because '...'")
    row = open_gap(settings, source, period)
    _write(
        settings,
        EXPLAINED,
        source=source,
        **period_fields(period_of(period)),
        explanation=because.strip(),
        missing_count=row["missing_count"],
    )


def keep_figures(settings: Settings, scored: Iterable[Scored]) -> None:
    """How well pages are read, by label file, with the rules that read them."""
    lines = [
        {"file": each.file, "figure": figure.what, "value": figure.value, "counted": figure.count}
        for each in scored
        for figure in each.figures
        if figure.value is not None
    ]
    versions = {
        "onrecord_version": onrecord_version(),
        "rules_digest": rule_versions().rules_digest,
    }
    _write(settings, "evaluated", figures=lines, **versions)


def _write(settings: Settings, kind: str, **fields: object) -> None:
    now = datetime.now(UTC)
    with Journal(settings.journal, make_run_id("by-hand", now)) as journal:
        journal.write(RUN_STARTED, flow="by-hand", sources=[], started_at=now)
        journal.write(kind, at=now, **fields)
        journal.write(RUN_FINISHED)
