"""Readings to one frame per table, corrections applied. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.catalogue import CONTRACTS
from schemas.records import Extraction
from tasks.corrections import Correction, correct
from tasks.extract import Read, Unread
from tasks.frames import frame_of
from tasks.rows import (
    Record,
    alias_records,
    article_id_of,
    article_record,
    block_records,
    capture_record,
    country_records,
    date_records,
    finding_records,
    quote_records,
    role_records,
    speaker_records,
)

# Their rows are the records that the ledger counts; `speakers` is derived from them.
RECORD_TABLES = (
    "articles",
    "quotes",
    "speaker_aliases",
    "speaker_roles",
    "country_mentions",
    "date_mentions",
    "findings",
    "blocks",
)
TABLES = (*RECORD_TABLES, "speakers", "captures")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What one batch of captures proposes, before any contract has judged it."""

    frames: Mapping[str, pl.DataFrame]
    unread: tuple[Unread, ...]
    used_corrections: tuple[Correction, ...]


def propose(
    readings: Sequence[Read | Unread], run_id: str, corrections: Sequence[Correction]
) -> Proposed:
    records = _records(readings)
    used = correct(records, corrections)
    frames = {table: run_frame(table, records[table], run_id) for table in TABLES}
    unread = tuple(each for each in readings if isinstance(each, Unread))
    return Proposed(frames, unread, used)


def run_frame(table: str, records: Iterable[Record], run_id: str) -> pl.DataFrame:
    """The records of one run as a frame of their table."""
    return frame_of([{**record, "run_id": run_id} for record in records], CONTRACTS[table])


def _records(readings: Sequence[Read | Unread]) -> dict[str, list[Record]]:
    records: dict[str, list[Record]] = {table: [] for table in TABLES}
    for reading in readings:
        if isinstance(reading, Unread):
            records["captures"].append(capture_record(reading.capture, None))
            continue
        capture, extraction = reading.capture, reading.extraction
        records["captures"].append(capture_record(capture, extraction.document))
        records["blocks"].extend(block_records(capture.capture_id, extraction.document))
        _add_facts(records, article_id_of(capture, extraction), capture.capture_id, extraction)
        records["articles"].append(article_record(capture, extraction))
    records["speakers"] = list({row["speaker_id"]: row for row in records["speakers"]}.values())
    return records


def _add_facts(
    records: dict[str, list[Record]], article_id: str, capture_id: str, extraction: Extraction
) -> None:
    records["quotes"].extend(quote_records(article_id, extraction.quotes))
    records["speakers"].extend(speaker_records(extraction))
    records["speaker_aliases"].extend(alias_records(article_id, extraction))
    records["speaker_roles"].extend(role_records(article_id, extraction))
    records["country_mentions"].extend(country_records(article_id, extraction))
    records["date_mentions"].extend(date_records(article_id, extraction))
    records["findings"].extend(finding_records(article_id, capture_id, extraction.document))
