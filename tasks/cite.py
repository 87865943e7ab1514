"""A citation pack: what a reader needs to quote a passage, and to prove that it stood there.

Nothing is filled in: what is not on record is left out of the footnote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.errors import BadUsage
from tasks.sources import SOURCES
from tasks.trace import Trace, trace_row
from warehouse.read import PublishedReader

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Citation:
    """`published` is as exact as the record is: `25 May 2007`, `May 2007`, `2007`, or None.

    `warc_file` and `warc_offset` lead to the bytes under `captures/`; `sha256` is of the body.
    """

    row_id: str
    quotation: str | None
    speaker: str | None
    speaker_role: str | None
    headline: str | None
    byline: tuple[str, ...]
    agency: str | None
    host: str | None
    archive: str
    publisher: str | None
    published: str | None
    published_date: date | None
    url: str | None
    captured_at: datetime | None
    article_id: str
    capture_id: str
    sha256: str
    warc_file: str
    warc_offset: int
    footnote: str


def cite_row(reader: PublishedReader, row_id: str) -> Citation:
    """Raises `NotFound` when no table holds the id, `BadUsage` where it leads to no article."""
    trace = trace_row(reader, row_id)
    if trace.article is None:
        raise BadUsage(
            f"{row_id}: a row of {trace.table} that belongs to no article. "
            "Give the id of a quote, a mention or an article"
        )
    return _citation(row_id, trace, trace.article, _role(reader, trace))


def published_words(day: date | None, precision: str | None) -> str | None:
    """No more than is known of the day."""
    if day is None:
        return None
    words = {
        "day": f"{day.day} {day:%B} {day.year}",
        "week": f"week of {day.day} {day:%B} {day.year}",
        "month": f"{day:%B} {day.year}",
        "quarter": f"quarter {(day.month + 2) // 3} of {day.year}",
        "decade": f"{day.year}s",
    }
    return words.get(precision or "", str(day.year))


def footnote(citation: Mapping[str, Any]) -> str:
    """One sentence, in the order of a newspaper citation by the Chicago manual."""
    speaker = ", ".join(filter(None, (citation["speaker"], citation["speaker_role"])))
    said = f"{speaker}, quoted in " if speaker else "Quoted in " if citation["quotation"] else ""
    title = f"“{citation['headline']},”" if citation["headline"] else "untitled article,"
    where = (citation["agency"], citation["host"] or citation["archive"])
    parts = [
        *dict.fromkeys(filter(None, where)),
        citation["published"] or "undated",
        citation["url"],
        _captured(citation["captured_at"]),
        f"SHA-256 {citation['sha256'][:16]}",
    ]
    by = f"{', '.join(citation['byline'])}, " if citation["byline"] else ""
    sentence = f"{said}{by}{title} {', '.join(filter(None, parts))}."
    return sentence[0].upper() + sentence[1:]


def _citation(row_id: str, trace: Trace, article: Row, role: str | None) -> Citation:
    source = SOURCES.get(str(article["source"]))
    facts: dict[str, Any] = {
        "row_id": row_id,
        "quotation": trace.row.get("quote_text"),
        "speaker": (trace.speaker or {}).get("speaker_name"),
        "speaker_role": role,
        "headline": article["headline"],
        "byline": tuple(article["byline"]),
        "agency": article["agency"],
        "host": article["host"],
        "archive": source.title if source else "a file",
        "publisher": source.publisher if source else None,
        "published": published_words(article["published_date"], article["published_precision"]),
        "published_date": article["published_date"],
        "url": article["url"],
        "captured_at": trace.capture["captured_at"],
        "article_id": article["article_id"],
        "capture_id": trace.capture["capture_id"],
        "sha256": trace.capture["body_digest"],
        "warc_file": trace.capture["warc_file"],
        "warc_offset": trace.capture["warc_offset"],
    }
    return Citation(**facts, footnote=footnote(facts))


def _role(reader: PublishedReader, trace: Trace) -> str | None:
    """As this very article gives it: what the speaker was elsewhere proves nothing here."""
    if trace.speaker is None or trace.article is None:
        return None
    rows = reader.rows(
        "select title, affiliation from speaker_roles where speaker_id = ? and article_id = ? "
        "order by title is null, affiliation is null, role_id limit 1",
        [trace.speaker["speaker_id"], trace.article["article_id"]],
    )
    words = ", ".join(filter(None, rows[0].values())) if rows else ""
    return words or None


def _captured(at: datetime | None) -> str | None:
    return f"captured {at.day} {at:%B} {at.year}" if at else None
