"""Contracts of what judges the rows: check results, quarantine, incidents, deliveries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import come_together, in_order
from schemas.contract import About, Contract, Instant, Strings, column
from schemas.rule import Rule, Severity

QUARANTINED_UNITS = ("capture", "record")
QUARANTINE_STATUSES = ("open", "released", "waived")
INCIDENT_STATUSES = ("open", "acknowledged", "closed")
DELIVERY_EVENTS = ("opened", "flapping", "worsened", "reminder", "closed")


class CheckResults(
    Contract, about=About(key=("run_id", "check_name", "source"), owner="operations")
):
    """One row is the outcome of one check on one source in one run."""

    run_id: str = column("Run that checked.", forms.a_name)
    check_name: str = column("Name of the check.", forms.a_name)
    source: str = column("Archive judged; empty for all together.")
    severity: str = column("Whether a failure blocks publication.", listed=get_args(Severity))
    judged_count: int = column("Rows judged.", forms.a_count)
    failed_count: int = column("Rows that break the promise.", forms.a_count)
    threshold: float = column("Threshold in force.", forms.a_number, nullable=True)
    measured: float = column("Value held against it.", forms.a_number, nullable=True)
    is_passed: bool = column("Whether the promise holds.")
    sample: str = column("At most 20 offending rows, as JSON.", forms.a_json_list)
    checked_at: Instant = column("When (UTC).", forms.an_instant)


class Quarantine(Contract, about=About(key=("quarantine_id",), owner="operations")):
    """One row is one refused capture or record, whole, with every reason."""

    quarantine_id: str = column("Id from table and row key, or capture.", forms.an_id)
    unit_kind: str = column("What was refused.", listed=QUARANTINED_UNITS)
    source: str = column("Declared archive; `files` for files.", forms.a_name)
    table_name: str = column("Table of a record.", forms.a_name, nullable=True)
    row_key: str = column("Key of a record.", forms.a_line, nullable=True)
    capture_id: str = column("Capture it was read from.", forms.an_id, nullable=True)
    article_id: str = column("Article it belongs to.", forms.an_id, nullable=True)
    record: str = column("The whole record, as JSON.", forms.a_json_object)
    reasons: Strings = column("Every rule it breaks.", forms.whole_lines)
    rules_digest: str = column("Rules in force when last refused.", forms.a_name)
    corrections_digest: str = column("Corrections in force then.", forms.a_name)
    first_seen_at: Instant = column("When first refused (UTC).", forms.an_instant)
    last_seen_at: Instant = column("When last refused (UTC).", forms.an_instant)
    attempt_count: int = column("How often it was judged.", forms.a_number_from_one)
    status: str = column("Where it stands.", listed=QUARANTINE_STATUSES)
    status_at: Instant = column("Since when (UTC).", forms.an_instant, nullable=True)
    status_run_id: str = column("Run that changed it.", forms.a_name, nullable=True)
    status_reason: str = column("Why it was changed.", forms.a_text, nullable=True)
    waived_until: date = column(
        "Last day of a waiver that ends by itself.", forms.a_day_in_history, nullable=True
    )
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            in_order("first_seen_at", "last_seen_at", _backwards("first_seen_at", "last_seen_at")),
            Rule(
                name="refused_for_a_reason",
                column="reasons",
                passes=pl.col("reasons").list.len() > 0,
                says="There is at least one reason.",
                broken_by={"reasons": []},
            ),
            Rule(
                name="record_names_table_and_key",
                column="table_name",
                passes=(pl.col("unit_kind") != "record")
                | (pl.col("table_name").is_not_null() & pl.col("row_key").is_not_null()),
                says="A refused record names its table and its key.",
                broken_by={"unit_kind": "record", "table_name": None},
            ),
            Rule(
                name="left_quarantine_at_an_instant",
                column="status_at",
                passes=(pl.col("status") == "open") | pl.col("status_at").is_not_null(),
                says="What was released or waived says when.",
                broken_by={"status": "released", "status_at": None},
            ),
            Rule(
                name="waived_for_a_reason",
                column="status_reason",
                passes=(pl.col("status") != "waived") | pl.col("status_reason").is_not_null(),
                says="A waiver has a reason.",
                broken_by={"status": "waived", "status_reason": None},
            ),
            Rule(
                name="only_waivers_end",
                column="waived_until",
                passes=pl.col("waived_until").is_null() | (pl.col("status") == "waived"),
                says="Only what is waived has a last day of its waiver.",
                broken_by={"status": "open", "waived_until": date(2022, 6, 30)},
            ),
        )


class Incidents(Contract, about=About(key=("incident_id",), owner="operations")):
    """One row is one failure of one check on one source, from its opening to its end."""

    incident_id: str = column("Id from check, source and opening run.", forms.an_id)
    check_name: str = column("Check that failed.", forms.a_name)
    source: str = column("Archive it is about; empty for all together.")
    severity: str = column("Whether it blocks publication.", listed=get_args(Severity))
    status: str = column("Where it stands.", listed=INCIDENT_STATUSES)
    opened_at: Instant = column("When it was opened (UTC).", forms.an_instant)
    opened_run_id: str = column("Run that opened it.", forms.a_name)
    closed_at: Instant = column("When it was closed (UTC).", forms.an_instant, nullable=True)
    closed_run_id: str = column("Run that closed it.", forms.a_name, nullable=True)
    message: str = column("What failed and what to do.", forms.a_text)
    evidence: str = column("Offending rows and counts, as JSON.", forms.a_json_object)
    owner: str = column("Who looks at it.", forms.a_line)
    acknowledged_at: Instant = column(
        "When somebody took it (UTC).", forms.an_instant, nullable=True
    )
    acknowledged_by: str = column("Who took it.", forms.a_line, nullable=True)
    next_step: str = column("What to do about it.")
    failed_count: int = column("Rows that broke it when last found.", forms.a_count)
    is_flapping: bool = column("Whether it opens and closes too often to be told of.")

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        is_closed = pl.col("status") == "closed"
        return (
            in_order("opened_at", "closed_at", _backwards("opened_at", "closed_at")),
            come_together("closed_at", "closed_run_id", {"closed_run_id": None, **_CLOSED}),
            come_together("acknowledged_at", "acknowledged_by", {"acknowledged_at": _LATER}),
            Rule(
                name="closed_at_an_instant",
                column="closed_at",
                passes=is_closed == pl.col("closed_at").is_not_null(),
                says="A closed incident says when it was closed, an open one does not.",
                broken_by={"status": "closed", "closed_at": None},
            ),
        )


class Deliveries(Contract, about=About(key=("delivery_id",), owner="operations")):
    """One row is one attempt to tell somebody of one incident."""

    delivery_id: str = column("Id from incident, event, channel and instant.", forms.an_id)
    incident_id: str = column("Incident told of.", forms.an_id)
    event: str = column("What was told.", listed=DELIVERY_EVENTS)
    channel: str = column("Where to, secrets redacted.", forms.a_line)
    attempted_at: Instant = column("When (UTC).", forms.an_instant)
    is_delivered: bool = column("Whether the channel took it.")
    detail: str = column("What the channel answered.")
    run_id: str = column("Run that told.", forms.a_name)


_LATER = datetime(2022, 6, 2, tzinfo=UTC)
_CLOSED = {"status": "closed", "closed_at": _LATER}


def _backwards(first: str, last: str) -> dict[str, datetime]:
    return {first: _LATER, last: datetime(2022, 6, 1, tzinfo=UTC)}
