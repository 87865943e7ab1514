"""Searching the published record: articles that hold the words, and the passage to read first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tasks.cite import published_words
from tasks.search_words import Term, read_query
from warehouse.read import PublishedReader
from warehouse.search import Filters, find_articles

Row = dict[str, Any]
LONGEST_PASSAGE = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """`marks` are where words stand in `passage`, first character and the one after the last.

    `speaker` is who is quoted in the passage, if anybody; `quote_id` leads to `trace` and `cite`.
    `copy_count`: articles of the same story, this one included.
    """

    article_id: str
    headline: str
    published: str | None
    published_date: date | None
    source: str
    host: str | None
    url: str | None
    speaker: str | None
    quote_id: str | None
    passage: str
    marks: tuple[tuple[int, int], ...]
    copy_count: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """`story_count` is of all that match, of which `hits` are the best."""

    hits: tuple[Hit, ...]
    story_count: int


def search(reader: PublishedReader, query: str, filters: Filters, limit: int) -> Found:
    terms = read_query(query)
    wanted = [term for term in terms if not term.is_unwanted]
    rows = find_articles(
        reader,
        [term.for_engine() for term in wanted],
        [term.for_engine() for term in terms if term.is_unwanted],
        filters,
        limit,
    )
    hits = tuple(_hit(reader, row, wanted) for row in rows)
    return Found(hits, rows[0]["found_count"] if rows else 0)


def find_passage(text: str, terms: Sequence[Term]) -> tuple[int, int]:
    """The paragraph with the most of the words, the first of equals; a long one is cut."""
    start, end = max(_paragraphs(text), key=lambda span: (_held(text, span, terms), -span[0]))
    places = find_marks(text[start:end], terms)
    if end - start <= LONGEST_PASSAGE or not places:
        return start, min(end, start + LONGEST_PASSAGE)
    first = start + max(0, places[0][0] - LONGEST_PASSAGE // 4)
    if first > start:
        first = text.find(" ", first, end) + 1
    return first, min(end, first + LONGEST_PASSAGE)


def find_marks(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """In order, none inside another."""
    places = sorted(
        (match.span() for term in terms for match in term.marks().finditer(text)),
        key=lambda span: (span[0], -span[1]),
    )
    kept: list[tuple[int, int]] = []
    for start, end in places:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _hit(reader: PublishedReader, row: Row, terms: Sequence[Term]) -> Hit:
    start, end = find_passage(row["body_text"], terms)
    passage = row["body_text"][start:end]
    quote = _quote_in(reader, row["article_id"], start, end)
    return Hit(
        article_id=row["article_id"],
        headline=row["headline"],
        published=published_words(row["published_date"], row["published_precision"]),
        published_date=row["published_date"],
        source=row["source"],
        host=row["host"],
        url=row["url"],
        speaker=quote.get("speaker_name"),
        quote_id=quote.get("quote_id"),
        passage=passage,
        marks=find_marks(passage, terms),
        copy_count=row["copy_count"],
        score=round(row["score"], 4),
    )


def _quote_in(reader: PublishedReader, article_id: str, start: int, end: int) -> Row:
    """The first attributed passage in marks that begins there."""
    rows = reader.rows(
        "select quotes.quote_id, speakers.speaker_name from quotes "
        "inner join speakers on quotes.speaker_id = speakers.speaker_id "
        "where article_id = $id and start_offset >= $start and start_offset < $end "
        "order by position limit 1",
        {"id": article_id, "start": start, "end": end},
    )
    return rows[0] if rows else {}


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(r"(?s)\S.*?(?=\n\n|\Z)", text or " . "))


def _held(text: str, span: tuple[int, int], terms: Sequence[Term]) -> int:
    return sum(bool(term.marks().search(text, *span)) for term in terms)
