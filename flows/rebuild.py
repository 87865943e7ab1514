"""The warehouse from nothing but captures and journal, run by run: the same rows come out.

Facts are read from the captures again. What no page states (ends of pages, what was refused and
when, checks, incidents, deliveries) is taken from the journal as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

from flows.finish import holding_back
from flows.session import KeptCapture
from flows.settle_batches import (
    batches,
    capture_ends,
    load_settled,
    read_batch,
    retried_capture,
)
from schemas.errors import NotFound
from schemas.exchange import Tombstone
from schemas.records import Capture
from tasks.batch import run_frame
from tasks.corrections import Correction, read_corrections
from tasks.extract import Read, Unread
from tasks.gaps import fold_gaps
from tasks.journal import RUN_FINISHED, RUN_STARTED, finished_lines, read_journal
from tasks.judge import judge_readings
from tasks.keep import CaptureStore
from tasks.ledger import PageOutcome, page_dispositions, page_records, tombstone_records
from tasks.load import Warehouse
from tasks.lock import hold_lock
from tasks.measures import quiet_days_of, tolerances_of
from tasks.projections import delivery_rows, evaluation_rows, incident_rows, quarantine_rows
from tasks.replay_folder import settle_replay
from tasks.report.write import write_report
from tasks.rows import Record
from tasks.settings import Settings
from tasks.settle import captures_without_article, withhold
from tasks.sources import SOURCES, gap_tolerances
from warehouse.publish import Generation, publish

Line = Mapping[str, Any]
INSTANTS = ("started_at", "finished_at", "checked_at")
DAYS = ("since", "until")
# What runs of an earlier version did not write into their row.
_NOT_YET_KEPT = dict.fromkeys(("parser_digest", "vocabulary_digest", "contract_digest"))


@dataclass(slots=True)
class Story:
    """What the journal tells of one finished run."""

    run_id: str
    started_at: datetime
    adopts: tuple[str, ...]
    outcomes: list[PageOutcome] = field(default_factory=list)
    tombstones: list[Tombstone] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    checks: list[Record] = field(default_factory=list)
    changes: list[Record] = field(default_factory=list)
    row: Record | None = None

    @property
    def held(self) -> tuple[str, ...]:
        return tuple(self.row["held_sources"]) if self.row else ()

    @property
    def is_published(self) -> bool:
        return self.row is not None and self.row["status"] == "completed"


def rebuild(settings: Settings) -> Generation:
    """Raises `NotFound` where there is nothing to rebuild from."""
    with hold_lock(settings.lock, settings.lock_wait_seconds, "rebuild"):
        settle_replay(settings.data, settings.journal, settings.working)
        lines = list(read_journal(settings.journal))
        if not lines:
            raise NotFound(f"{settings.journal}: no journal. Nothing was ever kept here")
        fresh = settings.working.with_name("rebuilt.duckdb")
        _remove(fresh)
        store = CaptureStore(settings.captures)
        store.repair()
        corrections = read_corrections(settings.corrections)
        told = list(stories(lines))
        bases = _bases(told, fresh)
        for part in _parts(told, bases):
            with Warehouse(fresh) as warehouse:
                for story in part:
                    _retell(warehouse, store, story, corrections)
            _keep_base(fresh, part[-1], bases)
        with Warehouse(fresh) as warehouse:
            warehouse.settle_copies()
            warehouse.measure(tolerances_of(SOURCES.values()), quiet_days_of(SOURCES.values()))
            warehouse.append("quarantine", quarantine_rows(finished_lines(lines)))
            warehouse.settle_completeness(fold_gaps(lines), gap_tolerances())
            warehouse.append("incidents", incident_rows(lines))
            warehouse.append("deliveries", delivery_rows(lines))
            warehouse.append("evaluations", evaluation_rows(lines))
        _remove(settings.working)
        fresh.replace(settings.working)
        generation = publish(settings.working, settings.data, holding_back(settings, bases))
        for base in filter(None, bases.values()):
            _remove(base)
        write_report(settings.published, settings.report)
        return generation


def stories(lines: Sequence[Line]) -> Iterator[Story]:
    """Finished runs that had a warehouse to write to, in the order they started."""
    told: dict[str, Story] = {}
    for line in lines:
        if line["kind"] == RUN_STARTED:
            at = datetime.fromisoformat(line["started_at"])
            told[line["run_id"]] = Story(line["run_id"], at, tuple(line.get("adopts", ())))
        elif line["run_id"] in told:
            _tell(told[line["run_id"]], line)
    return (story for story in told.values() if story.row)


def _bases(told: Sequence[Story], fresh: Path) -> dict[str, Path | None]:
    """Where the last good state of each source that is held back is put aside, if it had one."""
    held = told[-1].held if told else ()
    return {name: _base(told, name, fresh) for name in held}


def _base(told: Sequence[Story], source: str, fresh: Path) -> Path | None:
    good = [each for each in told if each.is_published and source not in each.held]
    return fresh.with_name(_name_of_base(good[-1])) if good else None


def _parts(told: Sequence[Story], bases: Mapping[str, Path | None]) -> Iterator[list[Story]]:
    """Runs of stories; after each the file is closed, so that it can be copied."""
    part: list[Story] = []
    for story in told:
        part.append(story)
        if _name_of_base(story) in {path.name for path in bases.values() if path}:
            yield part
            part = []
    if part:
        yield part


def _keep_base(fresh: Path, story: Story, bases: Mapping[str, Path | None]) -> None:
    for base in {path for path in bases.values() if path and path.name == _name_of_base(story)}:
        copyfile(fresh, base)


def _name_of_base(story: Story) -> str:
    return f"as_of_{story.run_id}.duckdb"


def _tell(story: Story, line: Line) -> None:
    match line["kind"]:
        case "answer":
            story.outcomes.append(PageOutcome.from_line(line))
        case "tombstone":
            story.tombstones.append(Tombstone.from_line(line))
        case "retried":
            story.retried.extend(line["capture_ids"])
        case "quarantined":
            story.refused.append(line)
        case "check_result":
            story.checks.append(_row(line["row"]))
        case "change":
            story.changes.append(line["row"])
        case _ if line["kind"] == RUN_FINISHED and line.get("row"):
            story.row = _NOT_YET_KEPT | _row(line["row"])


def _retell(
    warehouse: Warehouse, store: CaptureStore, story: Story, corrections: Sequence[Correction]
) -> None:
    run_id = story.run_id
    kept = list(_kept(warehouse, store, story))
    # Of several lines on one capture the first one tells.
    reasons = {
        line["capture_id"]: line["reasons"][0]
        for line in reversed(story.refused)
        if line["unit_kind"] == "capture"
    }
    for batch in batches(kept, len(kept) or 1):
        readings = [_as_it_was(each, reasons) for each in read_batch(store, batch)]
        _, settled = judge_readings(readings, run_id, corrections)
        ends = load_settled(warehouse, withhold(settled, story.refused), run_id)
        warehouse.withdraw({*captures_without_article(settled), *_refused_then(story)}, run_id)
        ends += capture_ends(readings, batch)
        warehouse.merge({"dispositions": run_frame("dispositions", ends, run_id)})
    warehouse.merge(
        {
            "dispositions": run_frame("dispositions", page_dispositions(story.outcomes), run_id),
            "pages": run_frame("pages", page_records(story.outcomes, story.started_at), run_id),
            "tombstones": run_frame("tombstones", tombstone_records(story.tombstones), run_id),
        }
    )
    warehouse.append("check_results", story.checks)
    warehouse.append("changes", story.changes)
    warehouse.append("runs", [story.row] if story.row else [])


def _kept(warehouse: Warehouse, store: CaptureStore, story: Story) -> Iterator[KeptCapture]:
    for run_id in (*story.adopts, story.run_id):
        for capture in store.read_run(run_id):
            if isinstance(capture, Capture):
                yield KeptCapture.of(capture)
    placed = {place["capture_id"]: place for place in warehouse.places(story.retried)}
    yield from (retried_capture(placed[each]) for each in story.retried if each in placed)


def _refused_then(story: Story) -> set[str]:
    return {
        line["capture_id"] for line in story.refused if line["table_name"] in {None, "articles"}
    }


def _as_it_was(reading: Read | Unread, reasons: Mapping[str, str]) -> Read | Unread:
    """A capture that was refused then is refused again here, whatever can be read today."""
    reason = reasons.get(reading.capture.capture_id)
    return Unread(reading.capture, reason, "as the journal says") if reason else reading


def _row(values: Line) -> Record:
    row = dict(values)
    if "sources" in row:
        # Journals of before a source could be held back do not say so.
        row.setdefault("held_sources", [])
    for name in INSTANTS:
        if row.get(name):
            row[name] = datetime.fromisoformat(row[name])
    for name in DAYS:
        if row.get(name):
            row[name] = date.fromisoformat(row[name])
    return row


def _remove(database: Path) -> None:
    for path in (database, database.with_name(database.name + ".wal")):
        path.unlink(missing_ok=True)
