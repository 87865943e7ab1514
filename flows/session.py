"""One open run: who it is, and the edges its stages use. Every flow that writes opens one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from schemas.exchange import Tombstone
from schemas.ids import make_id
from schemas.records import Capture, Run, Window
from tasks.changes import fold_history, note_known, unknown_lines
from tasks.clock import Clock, SystemClock
from tasks.corrections import Correction, read_corrections
from tasks.estimate import Estimate
from tasks.gaps import EXPECTED, Standing, fold_gap_line, fold_gaps, standing_fields
from tasks.journal import RUN_STARTED, Journal, finished_lines, read_journal, unfinished_runs
from tasks.keep import CaptureSeries, CaptureStore
from tasks.ledger import PageOutcome
from tasks.load import Warehouse
from tasks.lock import hold_lock
from tasks.quarantine import Choice, Rules, fold_line, fold_quarantine
from tasks.replay_folder import settle_replay
from tasks.rows import Record
from tasks.settings import Settings
from tasks.summary import RunSummary
from tasks.validate import RuleCount
from tasks.versions import digest_of, onrecord_version, rule_parts, rule_versions

Progress = Callable[[str, int, int | None], None]


def no_progress(_stage: str, _done: int, _total: int | None) -> None:
    """For runs that nobody watches."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked for."""

    flow: str
    sources: tuple[str, ...] = ()
    window: Window = field(default_factory=Window)
    limit: int | None = None
    paths: tuple[Path, ...] = ()
    retry: Choice | None = None

    @property
    def names_days(self) -> bool:
        return self.window.since is not None or self.window.until is not None


def go_ahead(_source: str, _estimate: Estimate) -> bool:
    """For runs that nobody is there to ask about: the budget of the source bounds them."""
    return True


def nobody_waits(_summary: RunSummary) -> None:
    """For runs whose caller asks Prefect how they went."""


class Request:
    """An order with the settings to carry it out.

    `when_done` is told the outcome as soon as the work is done: what Prefect still writes down
    of it may take minutes where its server died meanwhile. `confirm` is asked before a source
    is asked for many pages. `clock` is the machine's, unless it is set to another.

    No dataclass on purpose: Prefect writes the parameters of a flow into its database,
    looks into dataclasses, and would find the addresses that alerts are sent to.
    """

    __slots__ = ("clock", "confirm", "order", "progress", "settings", "when_done")

    def __init__(
        self,
        settings: Settings,
        order: Order,
        progress: Progress = no_progress,
        when_done: Callable[[RunSummary], None] = nobody_waits,
        confirm: Callable[[str, Estimate], bool] = go_ahead,
    ) -> None:
        self.clock: Clock = SystemClock()
        self.settings = settings
        self.order = order
        self.progress = progress
        self.when_done = when_done
        self.confirm = confirm


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """Where a capture stands on disk; its bytes are read where they are needed."""

    capture_id: str
    page: str
    warc_file: str
    warc_offset: int
    is_retried: bool = False

    @classmethod
    def of(cls, capture: Capture) -> Self:
        if capture.warc_file is None or capture.warc_offset is None:
            raise AssertionError("a capture is kept before it is read")
        page = capture.url or capture.body_digest
        return cls(capture.capture_id, page, capture.warc_file, capture.warc_offset)


@dataclass(frozen=True, slots=True)
class Edges:
    """What a run writes to: its journal, its WARC files, the working warehouse."""

    journal: Journal
    store: CaptureStore
    series: CaptureSeries
    warehouse: Warehouse


class Session:
    """No dataclass either: Prefect walks through those for every task run."""

    def __init__(
        self, request: Request, run: Run, rules: Rules, adopted: tuple[str, ...], edges: Edges
    ) -> None:
        self.settings = request.settings
        self.order = request.order
        self.progress = request.progress
        self.confirm = request.confirm
        self.clock = request.clock
        self.run = run
        self.rules = rules
        self.adopted = adopted
        self.journal = edges.journal
        self.store = edges.store
        self.series = edges.series
        self.warehouse = edges.warehouse
        self.corrections = read_corrections(request.settings.corrections)
        lines = list(read_journal(request.settings.journal))
        self.refused = fold_quarantine(finished_lines(lines))
        self.rule_history = fold_history(lines)
        self.gaps = fold_gaps(lines)
        self.used_corrections: set[Correction] = set()
        self.outcomes: list[PageOutcome] = []
        self.tombstones: list[Tombstone] = []
        self.kept: list[KeptCapture] = []
        self.captures: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        self.rule_counts: dict[tuple[str, str], RuleCount] = {}
        self.trouble: dict[str, str] = {}
        self.requests_left = request.settings.request_budget
        self.changes: list[Record] = []
        self.seen_sources: set[str] = set()
        self.stopped: dict[str, str] = {}
        self.retried: tuple[str, ...] = ()
        self.ended_waivers = 0
        # Older captures of articles whose newest capture was refused when it was read again.
        self.uncovered: list[str] = []

    @property
    def touched(self) -> frozenset[str]:
        """The sources that this run was asked for, or brought something of."""
        return frozenset((*self.run.sources, *self.seen_sources))

    def take(self, capture: Capture, outcome: PageOutcome) -> None:
        """A kept capture waits to be read."""
        self.kept.append(KeptCapture.of(capture))
        self.note(outcome)

    def note(self, outcome: PageOutcome) -> None:
        """How asking for a page ended; where a saved page came from only the journal knows."""
        self.outcomes.append(outcome)
        self.seen_sources.add(outcome.source)
        self.journal.write("answer", **outcome.to_fields())

    def note_gone(self, tombstone: Tombstone) -> None:
        self.tombstones.append(tombstone)
        self.journal.write("tombstone", **tombstone.fields())

    def note_expected(self, standing: Standing) -> None:
        """What is expected of one period, and how often and when it is tried."""
        fields = standing_fields(standing)
        self.journal.write(EXPECTED, **fields)
        fold_gap_line(self.gaps, {"kind": EXPECTED, **fields})

    def write_refusal(self, kind: str, **fields: object) -> None:
        """To the journal, and to what stands refused in this run."""
        self.journal.write(kind, **fields)
        fold_line(self.refused, {"kind": kind, "run_id": self.run.run_id, **fields})

    def write_rules(self) -> None:
        """What the digests of this run are of, where the journal does not hold it yet."""
        known = (self.rule_history, self.rules, rule_parts(), self.corrections)
        for line in list(unknown_lines(*known)):
            note_known(self.rule_history, line)
            self.journal.write(line.pop("kind"), **line)

    def write_changes(self, rows: Sequence[Record]) -> None:
        self.warehouse.append("changes", rows)
        for row in rows:
            self.journal.write("change", row=row)

    def write_check_rows(self, rows: Sequence[Record]) -> None:
        self.warehouse.append("check_results", rows)
        for row in rows:
            self.journal.write("check_result", row=row)

    def count(self, rule_counts: Iterable[RuleCount], ends: Iterable[Record]) -> None:
        """Adds one batch to what the run has judged so far."""
        for end in ends:
            counter = self.captures if end["unit_kind"] == "capture" else self.records
            counter[end["disposition"]] += 1
            self.seen_sources.add(end["source"])
        for each in rule_counts:
            known = self.rule_counts.get((each.table, each.rule))
            self.rule_counts[each.table, each.rule] = _sum(known, each) if known else each


@contextmanager
def open_session(request: Request) -> Iterator[Session]:
    """Waits for the lock, seals what a killed run left, opens the edges.

    A run that does not reach its end leaves no `run_finished` in the journal:
    what it kept is adopted by the next one.
    """
    settings, order = request.settings, request.order
    now = request.clock.now()
    run = Run(make_run_id(order.flow, now), order.flow, now, order.sources, order.window)
    with ExitStack() as edges:
        holder = f"{order.flow} {run.run_id}"
        edges.enter_context(hold_lock(settings.lock, settings.lock_wait_seconds, holder))
        settle_replay(settings.data, settings.journal, settings.working)
        store = CaptureStore(settings.captures)
        store.repair()
        adopted = unfinished_runs(settings.journal)
        rules = Rules(rule_versions().rules_digest, digest_of(settings.corrections))
        warehouse = edges.enter_context(Warehouse(settings.working))
        journal = edges.enter_context(Journal(settings.journal, run.run_id))
        write_start(journal, run, rules, adopted)
        series = edges.enter_context(store.series(run.run_id, now))
        session = Session(request, run, rules, adopted, Edges(journal, store, series, warehouse))
        session.write_rules()
        yield session


def _sum(known: RuleCount, more: RuleCount) -> RuleCount:
    return replace(
        known,
        judged_count=known.judged_count + more.judged_count,
        failed_count=known.failed_count + more.failed_count,
    )


def write_start(journal: Journal, run: Run, rules: Rules, adopted: tuple[str, ...]) -> None:
    journal.write(
        RUN_STARTED,
        flow=run.flow,
        sources=list(run.sources),
        since=run.window.since,
        until=run.window.until,
        started_at=run.started_at,
        onrecord_version=onrecord_version(),
        rules_digest=rules.rules_digest,
        corrections_digest=rules.corrections_digest,
        adopts=list(adopted),
    )
    journal.sync()


def make_run_id(flow: str, now: datetime) -> str:
    """Sorts by time; the digest parts two runs of one second."""
    return f"{now:%Y%m%dT%H%M%SZ}-{make_id(flow, now)[:8]}"
