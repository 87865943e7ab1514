"""The end of a run: its own rows, the audit, alerts, publication, and who is shown what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.alerting import raise_alerts
from flows.session import Session, make_run_id
from flows.telling import tell_prefect
from tasks.audit import canary_rows, contract_rows, signals_of, stopped_results, trouble_signals
from tasks.batch import run_frame
from tasks.canaries import run_canaries
from tasks.changes import change_rows, rules_now
from tasks.hold import Holds, hold_back, holds_of, was_held
from tasks.incidents import Change
from tasks.journal import RUN_FINISHED, read_journal
from tasks.ledger import page_dispositions, page_records, tombstone_records
from tasks.limits import limits_of
from tasks.measures import quiet_days_of, tolerances_of
from tasks.projections import delivery_rows, evaluation_rows, incident_rows
from tasks.quarantine import retry_outcome
from tasks.report.scorecard import scorecard_markdown
from tasks.report.write import write_report
from tasks.rows import Record
from tasks.settings import Settings
from tasks.sources import SOURCES, gap_tolerances
from tasks.summary import (
    RunSummary,
    failed_checks,
    markdown_of,
    open_reasons,
    pages_by_reason,
    titles,
)
from tasks.versions import onrecord_version, rule_versions
from warehouse.checks import CheckResult
from warehouse.publish import newest_generation, publish


@dataclass(frozen=True, slots=True)
class Audit:
    results: tuple[CheckResult, ...]
    changes: tuple[Change, ...]
    holds: Holds
    is_blocking: bool


def write_outcomes(session: Session) -> None:
    """The latest state of each page, its end in this run, what is gone, what stands refused."""
    run_id, started_at = session.run.run_id, session.run.started_at
    ends = page_dispositions(session.outcomes)
    pages = page_records(session.outcomes, started_at)
    gone = tombstone_records(session.tombstones)
    session.warehouse.merge(
        {
            "dispositions": run_frame("dispositions", ends, run_id),
            "pages": run_frame("pages", pages, run_id),
            "tombstones": run_frame("tombstones", gone, run_id),
        }
    )
    session.warehouse.settle_copies()
    session.warehouse.append("quarantine", session.refused.values())
    session.warehouse.settle_completeness(session.gaps, gap_tolerances())
    write_changes(session)


def write_changes(session: Session) -> None:
    """What differs from the generation that readers have, and because of what."""
    newest = newest_generation(session.settings.data)
    if newest is None:
        return
    rules, history = session.rules, session.rule_history
    now = rules_now(history, rule_versions(), rules.corrections_digest)
    changed = session.warehouse.changes_since(newest.database, now, session.run.run_id)
    session.changes = change_rows(changed, history, rules.rules_digest, session.run.run_id)
    session.write_changes(session.changes)


@task(name="audit", cache_policy=NO_CACHE)
def audit(session: Session) -> Audit:
    """Contracts, canaries and checks; what changed is told to people before anybody reads it."""
    run_id, now = session.run.run_id, session.clock.now()
    results = judge_run(session, now)
    backing = session.warehouse.evidence(results)
    troubles = trouble_signals(session.run.sources, session.trouble)
    signals = [*signals_of(results, backing), *troubles]
    changes = raise_alerts(session.settings, session.journal, run_id, signals, now)
    lines = list(read_journal(session.settings.journal))
    session.warehouse.append("incidents", incident_rows(lines))
    session.warehouse.append("deliveries", delivery_rows(lines))
    session.warehouse.append("evaluations", evaluation_rows(lines))
    holds = holds_of(results)
    is_blocking = holds.leaves_nothing(session.touched)
    outcome = "blocked" if is_blocking else "held" if holds.sources else "completed"
    tell_prefect(run_id, session.run.flow, outcome, changes, now)
    return Audit(results, changes, holds, is_blocking)


def judge_run(session: Session, now: datetime) -> tuple[CheckResult, ...]:
    run_id = session.run.run_id
    session.write_check_rows(canary_rows(run_canaries(), run_id, now))
    session.write_check_rows(contract_rows(session.rule_counts.values(), run_id, now))
    session.warehouse.append("runs", [run_row(session, "completed", now)])
    session.warehouse.measure(tolerances_of(SOURCES.values()), quiet_days_of(SOURCES.values()))
    lines = list(read_journal(session.settings.journal))
    results = (
        *session.warehouse.check(
            run_id,
            session.run.sources,
            now,
            limits_of(session.settings, SOURCES),
            judges_all=was_held(lines),
        ),
        *stopped_results(session.touched, session.refused.values(), run_id, now),
    )
    session.write_check_rows([each.row() for each in results])
    return results


def close_run(session: Session, audited: Audit) -> RunSummary:
    """The run's last row, in the warehouse and in the journal: after this it has happened."""
    status = "blocked" if audited.is_blocking else "completed"
    newest = newest_generation(session.settings.data)
    to_come = None if audited.is_blocking else (newest.number if newest else 0) + 1
    row = run_row(session, status, session.clock.now(), to_come)
    row["held_sources"] = sorted(audited.holds.sources)
    session.warehouse.append("runs", [row])
    summary = _summary(session, audited, status)
    session.series.close()
    session.warehouse.close()
    session.journal.write(RUN_FINISHED, adopted=list(session.adopted), row=row)
    session.journal.sync()
    return summary


@task(name="publish", cache_policy=NO_CACHE)
def publish_working(settings: Settings, summary: RunSummary) -> RunSummary:
    return publish_now(settings, summary)


def publish_now(settings: Settings, summary: RunSummary) -> RunSummary:
    """The working file becomes the newest generation, and the report is written from it.

    Sources that are held back keep the facts of the generation before.
    """
    before = newest_generation(settings.data)
    bases = dict.fromkeys(summary.held, before.database if before else None)
    generation = publish(settings.working, settings.data, holding_back(settings, bases))
    write_report(settings.published, settings.report)
    known = before.digests if before else {}
    changed = [name for name, digest in generation.digests.items() if known.get(name) != digest]
    return replace(summary, generation=generation.number, changed_tables=tuple(sorted(changed)))


def holding_back(
    settings: Settings, bases: Mapping[str, Path | None]
) -> Callable[[Path], None] | None:
    """What is done to the copy that becomes a generation, if anything."""
    if not bases:
        return None
    now, limits = datetime.now(UTC), limits_of(settings, SOURCES)
    return lambda database: hold_back(database, bases, limits, make_run_id("hold", now), now)


def show_in_prefect(summary: RunSummary, published: Path) -> None:
    description = f"{summary.run_id}: {summary.status}"
    create_markdown_artifact(markdown_of(summary), key="run-ledger", description=description)
    if published.is_file():
        scores = scorecard_markdown(published)
        create_markdown_artifact(scores, key="scorecard", description=description)


def run_row(
    session: Session, status: str, finished_at: datetime, generation: int | None = None
) -> Record:
    run, versions = session.run, rule_versions()
    return {
        "run_id": run.run_id,
        "flow": run.flow,
        "sources": list(run.sources),
        "since": run.window.since,
        "until": run.window.until,
        "started_at": run.started_at,
        "finished_at": finished_at,
        "status": status,
        "onrecord_version": onrecord_version(),
        "rules_digest": session.rules.rules_digest,
        "corrections_digest": session.rules.corrections_digest,
        "page_count": len(session.outcomes),
        "capture_count": len(session.kept),
        "record_count": session.records.total(),
        "quarantined_count": session.captures["page_quarantined"]
        + session.records["row_quarantined"],
        "generation": generation,
        "message": _message(session),
        "held_sources": [],
        "parser_digest": versions.parser_digest,
        "vocabulary_digest": versions.vocabulary_digest,
        "contract_digest": versions.contract_digest,
    }


def _message(session: Session) -> str | None:
    said = [f"{name}: {why}" for name, why in session.trouble.items()]
    if session.ended_waivers:
        said.append(f"waivers ended: {session.ended_waivers}")
    if session.retried:
        said.append(f"quarantine: {retry_outcome(session.refused, session.retried)}")
    return "; ".join(said) or None


def _summary(session: Session, audited: Audit, status: str) -> RunSummary:
    unused = [each for each in session.corrections if each not in session.used_corrections]
    read = {kept.capture_id for kept in session.kept}
    return RunSummary(
        retried=retry_outcome(session.refused, session.retried),
        ended_waivers=session.ended_waivers,
        held={name: ", ".join(checks) for name, checks in audited.holds.sources.items()},
        held_here=tuple(sorted(set(audited.holds.sources) & session.touched)),
        run_id=session.run.run_id,
        status=status,
        generation=None,
        pages=pages_by_reason(session.outcomes),
        captures=dict(sorted(session.captures.items())),
        records=dict(sorted(session.records.items())),
        rows=session.warehouse.row_counts(),
        quarantined=open_reasons(session.refused.values()),
        failed_checks=failed_checks(audited.results),
        opened=titles(audited.changes, "opened"),
        closed=titles(audited.changes, "closed"),
        changed_tables=(),
        trouble=session.trouble,
        changes=tuple(session.changes),
        unused_corrections=tuple(
            f"{each.capture_id} {each.table}.{each.field}: read_as {each.read_as!r} not found"
            for each in unused
            if each.capture_id in read
        ),
    )
