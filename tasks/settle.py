"""A verdict into what follows from it: rows to load, rows refused, and each record's end. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from schemas.catalogue import CONTRACTS, key_of
from tasks.batch import RECORD_TABLES, Proposed
from tasks.extract import Unread
from tasks.ledger import record_end
from tasks.quarantine import Refused
from tasks.rows import Record
from tasks.validate import BatchVerdict, RuleCount

# A row refused only because the row it belongs to was.
DEPENDENT = {"article_quarantined", "speaker_quarantined", "capture_quarantined"}


@dataclass(frozen=True, slots=True)
class Settled:
    """`frames` are the accepted rows; `ends` the records that are not among them."""

    frames: Mapping[str, pl.DataFrame]
    refused: tuple[Refused, ...]
    ends: tuple[Record, ...]
    rule_counts: tuple[RuleCount, ...]

    @property
    def records(self) -> dict[str, pl.DataFrame]:
        """Those whose end the ledger tells one by one."""
        return {table: self.frames[table] for table in RECORD_TABLES}


@dataclass(frozen=True, slots=True)
class Owners:
    """Which capture a row was read from, and which source that is of."""

    capture_by_article: Mapping[str, str]
    article_by_speaker: Mapping[str, str]
    source_by_capture: Mapping[str, str]

    def capture(self, row: Record) -> str:
        article = row.get("article_id") or self.article_by_speaker.get(row.get("speaker_id", ""))
        return row.get("capture_id") or self.capture_by_article[article or ""]

    def source(self, row: Record) -> str:
        return self.source_by_capture[self.capture(row)]


def settle(proposed: Proposed, verdict: BatchVerdict) -> Settled:
    owners = _owners(proposed)
    ends: list[Record] = []
    refused = [_refused_capture(unread) for unread in proposed.unread]
    for table, judged in verdict.verdicts.items():
        rows = judged.quarantined.to_dicts()
        refused += [_refused_row(table, row, owners) for row in rows]
        if table in RECORD_TABLES:
            ends += [_end(table, row, owners, "row_quarantined", _why(row)) for row in rows]
            doubles = judged.duplicates.to_dicts()
            ends += [_end(table, row, owners, "duplicate", "same_key") for row in doubles]
    return Settled(verdict.accepted(), tuple(refused), tuple(ends), verdict.rule_counts())


def key_text(table: str, row: Record) -> str:
    return ":".join(str(row[name]) for name in _key(table))


def _owners(proposed: Proposed) -> Owners:
    articles, quotes = proposed.frames["articles"], proposed.frames["quotes"]
    captures = proposed.frames["captures"]
    return Owners(
        dict(articles.select("article_id", "capture_id").iter_rows()),
        dict(quotes.select("speaker_id", "article_id").reverse().iter_rows()),
        dict(captures.select("capture_id", "source").iter_rows()),
    )


def _why(row: Record) -> str:
    for reason in row["reasons"]:
        if reason in DEPENDENT:
            return str(reason)
    return "contract_refused"


def _end(table: str, row: Record, owners: Owners, disposition: str, reason: str) -> Record:
    return record_end(f"{table}:{key_text(table, row)}", disposition, reason, owners.source(row))


def _refused_capture(unread: Unread) -> Refused:
    capture = unread.capture
    return Refused(
        unit_kind="capture",
        source=capture.source,
        capture_id=capture.capture_id,
        reasons=(unread.reason,),
        record={"url": capture.url, "detail": unread.detail, "byte_count": len(capture.body)},
    )


def _refused_row(table: str, row: Record, owners: Owners) -> Refused:
    reasons = tuple(row["reasons"])
    return Refused(
        unit_kind="record",
        source=owners.source(row),
        capture_id=owners.capture(row),
        reasons=reasons,
        record={name: value for name, value in row.items() if name != "reasons"},
        table_name=table,
        row_key=key_text(table, row),
        article_id=row.get("article_id"),
    )


def withhold(settled: Settled, lines: Iterable[Mapping[str, Any]]) -> Settled:
    """Without the rows that these journal lines say were refused, though they would pass today."""
    frames, ends = dict(settled.frames), list(settled.ends)
    for line in lines:
        table = line["table_name"]
        if table is None:
            continue
        key = pl.concat_str([pl.col(name).cast(pl.String) for name in _key(table)], separator=":")
        held = frames[table].filter(key == line["row_key"])
        if held.is_empty():
            continue
        frames[table] = frames[table].filter(key != line["row_key"])
        if table in RECORD_TABLES:
            unit_id = f"{table}:{line['row_key']}"
            why = _why({"reasons": line["reasons"]})
            ends.append(record_end(unit_id, "row_quarantined", why, line["source"]))
    return replace(settled, frames=frames, ends=tuple(ends))


def captures_without_article(settled: Settled) -> list[str]:
    """Captures that were refused themselves, or whose article was."""
    return sorted(
        {each.capture_id for each in settled.refused if each.table_name in {None, "articles"}}
    )


def _key(table: str) -> tuple[str, ...]:
    return key_of(CONTRACTS[table])
