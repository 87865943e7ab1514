"""Where things stand, from the journal and the published generation. Needs no lock.

What is refused and what is alarming comes from the journal: it knows of blocked runs too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from schemas.errors import NotFound
from tasks.gap_list import open_gaps
from tasks.incidents import fold_incidents
from tasks.journal import RUN_FINISHED, RUN_STARTED, finished_lines, read_journal
from tasks.lock import read_holder
from tasks.projections import delivery_rows
from tasks.quarantine import Choice, fold_quarantine
from tasks.settings import Settings
from warehouse.publish import newest_generation
from warehouse.read import PublishedReader

Row = dict[str, Any]
LAST_RUNS = 5


def read_status(settings: Settings, *, with_gaps: bool) -> dict[str, list[Row]]:
    tables = {
        "last runs": last_runs(settings),
        "open incidents": incidents(settings, with_closed=False),
        "places": places(settings),
    }
    if settings.published.is_file():
        with PublishedReader(settings.published) as reader:
            tables["ledger of the last run"] = reader.rows(LEDGER)
            tables["freshness"] = reader.rows(FRESHNESS)
            if with_gaps:
                tables["pages still wanted"] = reader.rows(WANTED)
        if with_gaps:
            tables["gaps"] = open_gaps(settings)
    return tables


LEDGER = """
    select unit_kind, disposition, reason, count(*) as unit_count
    from dispositions
    where run_id = (select max(run_id) from runs where status = 'completed')
    group by unit_kind, disposition, reason
    order by unit_kind, disposition, reason
"""
FRESHNESS = """
    select
        source,
        max(captured_at) as newest_capture_at,
        count(*) as capture_count,
        (select max(published_date) from articles where articles.source = captures.source)
            as newest_published_date
    from captures
    group by source
    order by source
"""
WANTED = """
    select
        source, url, listed_date, disposition, reason, first_listed_at, try_count, next_try_at
    from pages
    where disposition in ('failed', 'deferred', 'refused')
    order by source, url
"""


def last_runs(settings: Settings) -> list[Row]:
    """The newest runs first; one that has started and not ended is running, or was killed."""
    runs: dict[str, Row] = {}
    for line in read_journal(settings.journal):
        if line["kind"] == RUN_STARTED:
            runs[line["run_id"]] = {
                "run_id": line["run_id"],
                "flow": line["flow"],
                "sources": line["sources"],
                "started_at": datetime.fromisoformat(line["started_at"]),
                "status": "unfinished",
                "generation": None,
            }
        elif line["kind"] == RUN_FINISHED:
            row = line.get("row", {})
            runs[line["run_id"]]["status"] = row.get("status", "completed")
            runs[line["run_id"]]["generation"] = row.get("generation")
    return list(reversed(runs.values()))[:LAST_RUNS]


def last_completed(settings: Settings) -> dict[str, datetime]:
    """When each source was last part of a run that was not cut off."""
    ended: dict[str, datetime] = {}
    for line in read_journal(settings.journal):
        row = line.get("row", {}) if line["kind"] == RUN_FINISHED else {}
        for name in row.get("sources", ()):
            ended[name] = datetime.fromisoformat(row["finished_at"])
    return ended


def first_started(settings: Settings) -> datetime | None:
    """When anything was first done here."""
    for line in read_journal(settings.journal):
        if line["kind"] == RUN_STARTED:
            return datetime.fromisoformat(line["started_at"])
    return None


def places(settings: Settings) -> list[Row]:
    generation = newest_generation(settings.data)
    return [
        {"what": "published generation", "where": str(generation.number if generation else "none")},
        {"what": "database", "where": str(settings.published)},
        {"what": "report", "where": str(settings.report)},
        {"what": "captures", "where": str(settings.captures)},
        {"what": "journal", "where": str(settings.journal)},
        {"what": "last writer", "where": read_holder(settings.lock)},
    ]


def quarantined(settings: Settings, statuses: Collection[str]) -> list[Row]:
    rows = fold_quarantine(finished_lines(read_journal(settings.journal))).values()
    shown = [row for row in rows if row["status"] in statuses]
    columns: tuple[str, ...] = ("quarantine_id", "source", "table_name", "reasons", "status")
    columns += ("status_reason", "waived_until") if "waived" in statuses else ("attempt_count",)
    now = datetime.now(UTC)
    return [
        {name: row[name] for name in columns}
        | {"first_seen_at": row["first_seen_at"], "age_days": (now - row["first_seen_at"]).days}
        for row in sorted(shown, key=lambda row: row["last_seen_at"], reverse=True)
    ]


def quarantined_row(settings: Settings, quarantine_id: str) -> Row:
    rows = fold_quarantine(finished_lines(read_journal(settings.journal)))
    return _one(rows, quarantine_id, "quarantine")


def chosen_rows(settings: Settings, choice: Choice) -> list[Row]:
    """Open rows that a retry would take. Raises `NotFound` where there are none."""
    rows = fold_quarantine(finished_lines(read_journal(settings.journal))).values()
    chosen = [row for row in rows if row["status"] == "open" and choice.takes(row)]
    if not chosen:
        raise NotFound(
            "no open row is like that: expected an id, rule or source of "
            "`onrecord quarantine list`. A waived row waits for the end of its waiver"
        )
    return chosen


def incidents(settings: Settings, *, with_closed: bool) -> list[Row]:
    found = fold_incidents(read_journal(settings.journal)).values()
    return [
        {
            "incident_id": each.incident_id,
            "check_name": each.check_name,
            "source": each.source or "all",
            "severity": each.severity,
            "status": each.status,
            "opened_at": each.opened_at,
            "times_found": each.failure_count,
            "message": each.message,
        }
        for each in sorted(found, key=lambda each: each.opened_at, reverse=True)
        if with_closed or each.closed_at is None
    ]


def incident_row(settings: Settings, incident_id: str) -> Row:
    incidents = fold_incidents(read_journal(settings.journal))
    rows = {incident_id: asdict(each) for incident_id, each in incidents.items()}
    return _one(rows, incident_id, "incidents")


def incident_deliveries(settings: Settings, incident_id: str) -> list[Row]:
    columns = ("event", "channel", "attempted_at", "is_delivered", "detail")
    return [
        {name: row[name] for name in columns}
        for row in delivery_rows(read_journal(settings.journal))
        if row["incident_id"] == incident_id
    ]


def _one(rows: dict[str, Row], row_id: str, verb: str) -> Row:
    """The row of an id, or of its beginning where that is enough to tell it."""
    found = [row for known, row in rows.items() if known.startswith(row_id)]
    if len(found) != 1:
        raise NotFound(
            f"{row_id}: expected one id that begins so, found {len(found)}. "
            f"See `onrecord {verb} list --all`"
        )
    return found[0]
