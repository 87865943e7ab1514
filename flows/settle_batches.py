"""Kept captures in batches: read, judged, loaded. One task run per batch, never per page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.session import KeptCapture, Session
from tasks.batch import Proposed, run_frame
from tasks.extract import Read, Unread, read_capture
from tasks.judge import Readings, judge_or_stop
from tasks.keep import CaptureStore
from tasks.ledger import capture_end, record_end
from tasks.load import Warehouse
from tasks.quarantine import (
    WAIVER_ENDED,
    due_for_retry,
    ended_waivers,
    refused_fields,
    releases,
    waiting_on,
)
from tasks.rows import Record
from tasks.settle import Settled, captures_without_article


def add_due_retries(session: Session) -> None:
    """Captures of refused rows are read again when rules or corrections have changed.

    So are those whose waiver has ended, and those that somebody asked for.
    """
    _end_waivers(session)
    rows = session.refused.values()
    due = due_for_retry(rows, session.rules, session.order.retry)
    session.retried = waiting_on(rows, due)
    waiting = {kept.capture_id for kept in session.kept}
    again = session.warehouse.places(set(due) - waiting)
    if again:
        session.journal.write("retried", capture_ids=[place["capture_id"] for place in again])
    session.kept.extend(retried_capture(place) for place in again)


def _end_waivers(session: Session) -> None:
    now = session.run.started_at
    ended = ended_waivers(session.refused.values(), now.date())
    for row in ended:
        session.write_refusal(
            "waiver_ended", quarantine_id=row["quarantine_id"], reason=WAIVER_ENDED, at=now
        )
    session.ended_waivers = len(ended)


def retried_capture(place: Record) -> KeptCapture:
    return KeptCapture(
        capture_id=place["capture_id"],
        page=place["url"] or place["body_digest"],
        warc_file=place["warc_file"],
        warc_offset=place["warc_offset"],
        is_retried=True,
    )


def settle_kept(session: Session) -> None:
    done = 0
    for batch in batches(session.kept, session.settings.batch_size):
        settle_batch(session, batch)
        done += len(batch)
        session.progress("read and load", done, len(session.kept))
    read_uncovered(session)


def read_again(session: Session, capture_ids: Sequence[str]) -> None:
    """Captures that were read before, in this order and outside Prefect's task runs.

    Newest first, so that a capture that is refused now leaves its article to the one before it.
    """
    placed = {place["capture_id"]: place for place in session.warehouse.places(capture_ids)}
    if not placed:
        return
    again = [retried_capture(placed[each]) for each in capture_ids if each in placed]
    session.journal.write("retried", capture_ids=[kept.capture_id for kept in again])
    session.kept.extend(again)
    done = 0
    for batch in batches(again, session.settings.batch_size):
        read_and_load(session, batch)
        done += len(batch)
        session.progress("read again", done, len(again))
    read_uncovered(session)


def read_uncovered(session: Session) -> None:
    """Earlier versions of articles that were withdrawn, but for those that wait to be read."""
    waiting = {kept.capture_id for kept in session.kept}
    uncovered, session.uncovered = session.uncovered, []
    read_again(session, [each for each in uncovered if each not in waiting])


def batches(kept: Sequence[KeptCapture], size: int) -> Iterator[list[KeptCapture]]:
    """Up to `size` captures, no two of one page: the older of two is loaded before the newer."""
    batch: list[KeptCapture] = []
    pages: set[str] = set()
    for each in kept:
        if len(batch) == size or each.page in pages:
            yield batch
            batch, pages = [], set()
        batch.append(each)
        pages.add(each.page)
    if batch:
        yield batch


@task(name="settle batch", cache_policy=NO_CACHE)
def settle_batch(session: Session, batch: Sequence[KeptCapture]) -> None:
    read_and_load(session, batch)


def read_and_load(session: Session, batch: Sequence[KeptCapture]) -> None:
    judged = judge_or_stop(
        read_batch(session.store, batch),
        session.run.run_id,
        session.corrections,
        session.stopped,
    )
    readings, proposed, settled, stopped = judged
    session.stopped.update(stopped)
    session.used_corrections.update(proposed.used_corrections)
    _write_refusals(session, proposed, settled)
    ends = load_settled(session.warehouse, settled, session.run.run_id)
    ends += capture_ends(readings, batch)
    if any(kept.is_retried for kept in batch):
        refused = captures_without_article(settled)
        session.uncovered += session.warehouse.withdraw(refused, session.run.run_id)
    session.warehouse.merge({"dispositions": run_frame("dispositions", ends, session.run.run_id)})
    session.count(settled.rule_counts, ends)


def read_batch(store: CaptureStore, batch: Sequence[KeptCapture]) -> list[Read | Unread]:
    return [read_capture(store.read(kept.warc_file, kept.warc_offset)) for kept in batch]


def load_settled(warehouse: Warehouse, settled: Settled, run_id: str) -> list[Record]:
    """Merges what was accepted; the end of each record, loaded or not."""
    fates = warehouse.load(settled.frames, settled.records, run_id)
    return [*settled.ends, *(_record_end(row) for row in fates.to_dicts())]


def capture_ends(readings: Readings, batch: Sequence[KeptCapture]) -> list[Record]:
    retried = {kept.capture_id for kept in batch if kept.is_retried}
    return [_capture_end(reading, retried) for reading in readings]


def _write_refusals(session: Session, proposed: Proposed, settled: Settled) -> None:
    now = session.clock.now()
    read = {
        *proposed.frames["captures"]["capture_id"],
        *proposed.frames["articles"]["article_id"],
    }
    again = frozenset(refused.quarantine_id for refused in settled.refused)
    for quarantine_id in releases(session.refused.values(), frozenset(read), again):
        why = "read again, and no longer refused"
        session.write_refusal("released", quarantine_id=quarantine_id, reason=why, at=now)
    for refused in settled.refused:
        session.write_refusal("quarantined", **refused_fields(refused, session.rules, now))


def _capture_end(reading: Read | Unread, retried: set[str]) -> Record:
    capture = reading.capture
    if isinstance(reading, Unread):
        return capture_end(capture.capture_id, "page_quarantined", reading.reason, capture.source)
    reason = "read_again" if capture.capture_id in retried else "read"
    return capture_end(capture.capture_id, "parsed", reason, capture.source)


def _record_end(row: Record) -> Record:
    disposition = "duplicate" if row["reason"] == "older_capture" else "loaded"
    return record_end(row["unit_id"], disposition, row["reason"], row["source"])
