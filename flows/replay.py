"""Captures read again under today's rules: made aside, shown with its causes, then published.

Nothing that readers or other runs see changes before somebody has agreed.
A replay opens and closes no incident: who asked for it is told, and the next run judges again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from prefect import flow

from flows.finish import Audit, close_run, judge_run, publish_now, show_in_prefect, write_outcomes
from flows.session import Edges, Order, Request, Session, make_run_id, write_start
from flows.settle_batches import read_again
from schemas.errors import WarehouseBusy
from schemas.records import Run, Window
from tasks.choices import choose_sources
from tasks.hold import held_sources, holds_of
from tasks.journal import Journal, read_journal, unfinished_runs
from tasks.keep import CaptureStore
from tasks.load import Warehouse
from tasks.lock import hold_lock
from tasks.quarantine import Rules
from tasks.replay_folder import begin_replay, commit_replay, settle_replay
from tasks.settings import Settings, read_settings
from tasks.summary import RunSummary
from tasks.versions import digest_of, rule_versions


@dataclass(frozen=True, slots=True)
class Replayed:
    """`is_published` is false where a check failed, nobody agreed, or nobody was asked."""

    summary: RunSummary
    is_published: bool


@flow(name="replay")
def replay(source: str | None = None, since: date | None = None) -> dict[str, Any]:
    """Where a deployment enters: whoever starts it has agreed."""
    names = choose_sources([source]) if source else ()
    request = Request(read_settings(os.environ), Order("replay", names, Window(since, None)))
    replayed = run_replay(request, lambda _summary: True)
    show_in_prefect(replayed.summary, request.settings.published)
    return replayed.summary.fields()


def run_replay(request: Request, agrees: Callable[[RunSummary], bool]) -> Replayed:
    """`agrees` is shown what the replay would change, and asked only where no check forbids it."""
    settings = request.settings
    with hold_lock(settings.lock, settings.lock_wait_seconds, "replay"):
        settle_replay(settings.data, settings.journal, settings.working)
        _refuse_unfinished(settings)
        folder = begin_replay(settings.data, settings.working)
        try:
            summary = _make(request, folder)
            is_agreed = not summary.is_blocked and agrees(summary)
            if is_agreed:
                commit_replay(folder, settings.journal, settings.working)
        finally:
            settle_replay(settings.data, settings.journal, settings.working)
        if is_agreed:
            summary = publish_now(settings, summary)
    return Replayed(summary, is_agreed)


def _make(request: Request, folder: Path) -> RunSummary:
    with _open_session(request, folder) as session:
        since = request.order.window.since
        read_again(session, session.warehouse.captures_of(request.order.sources, since))
        write_outcomes(session)
        audited = _judge(session, held_sources(read_journal(request.settings.journal)))
        return close_run(session, audited)


def _judge(session: Session, held_before: frozenset[str]) -> Audit:
    """A replay that would have another source held back is blocked as a whole."""
    results = judge_run(session, datetime.now(UTC))
    holds = holds_of(results)
    is_blocking = holds.leaves_nothing(session.touched) or bool(set(holds.sources) - held_before)
    return Audit(results, (), holds, is_blocking)


@contextmanager
def _open_session(request: Request, folder: Path) -> Iterator[Session]:
    """A run on the copy, whose journal waits in the folder."""
    settings, order = request.settings, request.order
    now = datetime.now(UTC)
    run = Run(make_run_id(order.flow, now), order.flow, now, order.sources, order.window)
    rules = Rules(rule_versions().rules_digest, digest_of(settings.corrections))
    store = CaptureStore(settings.captures)
    with ExitStack() as edges:
        warehouse = edges.enter_context(Warehouse(folder / settings.working.name))
        journal = edges.enter_context(Journal(folder, run.run_id))
        write_start(journal, run, rules, ())
        series = edges.enter_context(store.series(run.run_id, now))
        session = Session(request, run, rules, (), Edges(journal, store, series, warehouse))
        session.write_rules()
        yield session


def _refuse_unfinished(settings: Settings) -> None:
    unfinished = unfinished_runs(settings.journal)
    if unfinished:
        raise WarehouseBusy(
            f"run {unfinished[-1]} was cut off, and what it kept has not been read. "
            "Run `onrecord ingest`, which goes on from there, then replay"
        )
