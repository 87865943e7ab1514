"""The working warehouse, held open by one run: batches in, its own state out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import polars as pl

from schemas.catalogue import CONTRACTS
from tasks.completeness import PageGroup, completeness_rows
from tasks.extractors.copies import differences, find_clusters
from tasks.frames import frame_of
from tasks.gaps import Gaps
from tasks.retry_pauses import SITE_MAY_MEND
from tasks.waiting import Waiting
from warehouse.changes import Changed, RulesNow, find_changes
from warehouse.checks import CheckResult, Limits, run_checks
from warehouse.clusters import read_signatures, write_clusters
from warehouse.completeness import (
    listed_days,
    pages_by_day,
    recount_published,
    waiting_pages,
    write_completeness,
)
from warehouse.connection import open_warehouse
from warehouse.digests import row_counts
from warehouse.evidence import find_evidence
from warehouse.fates import note_known, read_fates
from warehouse.hold import put_back
from warehouse.measures import measure_sources
from warehouse.merge import append, merge_batch
from warehouse.takeover import captures_by_id, captures_of, known_captures, take_over
from warehouse.unread_pages import unread_pages
from warehouse.withdraw import withdraw_articles

Record = dict[str, Any]


class Warehouse:
    """One connection, one thread, one run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_warehouse(path)

    def load(
        self, frames: Mapping[str, pl.DataFrame], records: Mapping[str, pl.DataFrame], run_id: str
    ) -> pl.DataFrame:
        """Merges one batch; returns `unit_id, source, reason` of each of its records."""
        with note_known(self._connection, records, run_id):
            merge_batch(self._connection, frames, differences=differences)
            return read_fates(self._connection, records, run_id)

    def merge(self, frames: Mapping[str, pl.DataFrame]) -> None:
        """Pages, dispositions, tombstones: what belongs to the run, not to a batch of captures."""
        merge_batch(self._connection, frames)

    def append(self, table: str, rows: Iterable[Record]) -> None:
        frame = frame_of(list(rows), CONTRACTS[table])
        if frame.height:
            append(self._connection, table, frame)

    def settle_copies(self) -> None:
        """Near-duplicates are found over all articles at once."""
        signatures = read_signatures(self._connection)
        clusters = find_clusters(
            {row["article_id"]: tuple(row["copy_signature"]) for row in signatures.to_dicts()}
        )
        write_clusters(
            self._connection,
            pl.DataFrame(
                list(clusters.items()),
                schema={"article_id": pl.String, "copy_cluster_id": pl.String},
                orient="row",
            ),
        )

    def measure(self, tolerances: pl.DataFrame, quiet_days: pl.DataFrame) -> None:
        """What each source gave on each day, beside what was usual: what its checks read."""
        measure_sources(self._connection, tolerances, quiet_days)

    def check(
        self,
        run_id: str,
        sources: Sequence[str],
        checked_at: datetime,
        limits: Limits,
        *,
        judges_all: bool,
    ) -> tuple[CheckResult, ...]:
        return run_checks(
            self._connection,
            run_id,
            checked_at,
            sources=sources,
            limits=limits,
            judges_all=judges_all,
        )

    def check_facts(
        self, run_id: str, checked_at: datetime, limits: Limits
    ) -> tuple[CheckResult, ...]:
        """What is there, whoever wrote it; no run is judged."""
        return run_checks(self._connection, run_id, checked_at, limits=limits, is_about_a_run=False)

    def evidence(self, results: Iterable[CheckResult]) -> dict[tuple[str, str], Record]:
        return find_evidence(self._connection, results)

    def put_back(self, sources: Sequence[str], before: Path | None) -> None:
        put_back(self._connection, sources, before)
        recount_published(self._connection, sources)

    def changes_since(self, published: Path, rules: RulesNow, run_id: str | None) -> Changed:
        return find_changes(self._connection, published, rules, run_id)

    def row_counts(self) -> dict[str, int]:
        return row_counts(self._connection)

    def known(self, capture_ids: Iterable[str]) -> frozenset[str]:
        """Which of these captures the warehouse has read already."""
        return known_captures(self._connection, list(capture_ids))

    def places(self, capture_ids: Iterable[str]) -> list[Record]:
        """Where the captures stand: `capture_id, url, warc_file, warc_offset`."""
        return captures_by_id(self._connection, list(capture_ids))

    def withdraw(self, capture_ids: Iterable[str], run_id: str) -> list[str]:
        """Articles of these captures go; the captures of their earlier versions come back."""
        return withdraw_articles(self._connection, list(capture_ids), run_id)

    def captures_of(self, sources: Iterable[str], since: date | None) -> list[str]:
        return captures_of(self._connection, list(sources), since)

    def take_over(self, dead_run_id: str, run_id: str) -> None:
        take_over(self._connection, dead_run_id, run_id)

    def waiting_pages(self, source: str) -> dict[str, Waiting]:
        """Pages of a source that were asked for and gave no answer, by address."""
        rows = waiting_pages(self._connection, source)
        return {row["url"]: Waiting.from_row(row) for row in rows}

    def unread_pages(self, source: str) -> dict[str, Waiting]:
        """Pages whose site gave something else than the article, by address."""
        rows = unread_pages(self._connection, source, sorted(SITE_MAY_MEND))
        return {row["url"]: Waiting.of_unread(row) for row in rows}

    def listed_days(self, source: str) -> frozenset[date]:
        return frozenset(row["listed_date"] for row in listed_days(self._connection, source))

    def settle_completeness(self, gaps: Gaps, tolerances: Mapping[str, timedelta]) -> None:
        """The ledger of every source and day, anew: after everything else of the run is in."""
        groups = [PageGroup(**row) for row in pages_by_day(self._connection)]
        rows = completeness_rows(groups, gaps, tolerances)
        write_completeness(self._connection, frame_of(rows, CONTRACTS["completeness"]))

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
