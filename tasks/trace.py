"""From a row back to the bytes: rule, evidence, capture, URL, and the words in their paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schemas.errors import NotFound
from tasks.word_diff import marked, word_diff
from warehouse.read import PublishedReader

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Traceable:
    """A table whose rows can be traced, and the columns that lead from the row to its words."""

    table: str
    key: str
    words: str | None = None
    start: str | None = None
    end: str | None = None


TRACEABLE = (
    Traceable("quotes", "quote_id", "quote_text", "start_offset", "end_offset"),
    Traceable(
        "country_mentions", "country_mention_id", "mention_text", "start_offset", "end_offset"
    ),
    Traceable("date_mentions", "date_mention_id", "mention_text", "start_offset", "end_offset"),
    Traceable("findings", "finding_id", "evidence_text"),
    Traceable("speaker_roles", "role_id", "title"),
    Traceable("articles", "article_id"),
    Traceable("captures", "capture_id"),
)

VERSIONS = "select * from rpt_versions where article_id = ? order by version_number"


@dataclass(frozen=True, slots=True)
class Trace:
    """`before` and `after` are what stands around the words in their paragraph.

    `versions` are those of an article that has changed.
    """

    table: str
    row: Row
    article: Row | None
    speaker: Row | None
    capture: Row
    run: Row | None
    before: str = ""
    words: str = ""
    after: str = ""
    versions: tuple[Row, ...] = ()


def trace_row(reader: PublishedReader, row_id: str) -> Trace:
    """Raises `NotFound` when no table holds the id."""
    for kind in TRACEABLE:
        # Names from the closed list above; the id is a parameter.
        rows = reader.rows(f"select * from {kind.table} where {kind.key} = ?", [row_id])  # noqa: S608
        if rows:
            return _trace(reader, kind, rows[0])
    raise NotFound(
        f"{row_id}: no published row has this id. Ids are in the *_id columns of "
        + ", ".join(kind.table for kind in TRACEABLE)
    )


def _trace(reader: PublishedReader, kind: Traceable, row: Row) -> Trace:
    article = _one(reader, "articles", "article_id", row.get("article_id"))
    capture_id = row.get("capture_id") or (article or {}).get("capture_id")
    capture = _one(reader, "captures", "capture_id", capture_id)
    if capture is None:
        raise NotFound(f"{row[kind.key]}: its capture {capture_id} is not published")
    before, words, after = _in_paragraph(kind, row, article)
    return Trace(
        table=kind.table,
        row=row,
        article=article,
        speaker=_one(reader, "speakers", "speaker_id", row.get("speaker_id")),
        capture=capture,
        run=_one(reader, "runs", "run_id", row.get("run_id")),
        before=before,
        words=words,
        after=after,
        versions=_versions(reader, row["article_id"]) if kind.table == "articles" else (),
    )


def _versions(reader: PublishedReader, article_id: str) -> tuple[Row, ...]:
    """Oldest first, each with what it said otherwise than the one before; none of a single one."""
    rows = reader.rows(VERSIONS, [article_id])
    before = [None, *rows[:-1]]
    versions = [
        _without_texts(new) | {"changes": _changes(old, new)}
        for old, new in zip(before, rows, strict=True)
    ]
    return tuple(versions) if len(versions) > 1 else ()


def _changes(old: Row | None, new: Row) -> list[str]:
    """Headline, subhead and body as one text: each changed paragraph with its words marked."""
    return [] if old is None else marked(word_diff(_text(old), _text(new)))


def _text(version: Row) -> str:
    parts = (version["headline"], version["subhead"], version["body_text"])
    return "\n\n".join(part for part in parts if part)


def _without_texts(version: Row) -> Row:
    shown = ("version_number", "capture_id", "first_seen_at", "last_seen_at")
    return {name: version[name] for name in shown}


def _one(reader: PublishedReader, table: str, key: str, value: object) -> Row | None:
    if value is None:
        return None
    rows = reader.rows(f"select * from {table} where {key} = ?", [value])  # noqa: S608
    return rows[0] if rows else None


def _in_paragraph(kind: Traceable, row: Row, article: Row | None) -> tuple[str, str, str]:
    if kind.start is None or kind.end is None or article is None:
        return "", str(row.get(kind.words or "") or ""), ""
    field = "headline" if row.get("field") == "headline" else "body_text"
    text, start, end = article[field] or "", row[kind.start], row[kind.end]
    first = text.rfind("\n\n", 0, start)
    last = text.find("\n\n", end)
    first = 0 if first < 0 else first + 2
    return text[first:start], text[start:end], text[end : last if last >= 0 else len(text)]
