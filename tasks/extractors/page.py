"""One page, read: bytes or text to labelled blocks and fields."""

from __future__ import annotations

from datetime import date

from schemas.errors import Unreadable
from schemas.records import BlockLabel, Dateline, Document, Encoding, Finding, PageInput
from schemas.source import Source
from tasks.extractors.agency import find_agency
from tasks.extractors.byline import names_of
from tasks.extractors.dateline import find_dateline
from tasks.extractors.encoding import clean_characters, decode
from tasks.extractors.generic import read_generic
from tasks.extractors.html import parse
from tasks.extractors.labels import assemble
from tasks.extractors.published import find_published
from tasks.extractors.reading import Reading
from tasks.extractors.saved_text import read_saved_text


def read_page(page: PageInput, source: Source | None = None) -> Document:
    """Raises `Unreadable` when the page holds no article; never yields half of one."""
    if page.text is not None:
        return document_of(_read_text(page, source), Encoding(None, "str", "given"))
    body = page.body or b""
    if not body.strip():
        raise Unreadable(
            "empty_body",
            f"{page.page_id}: expected a page, found no bytes; fetch it again",
        )
    text, encoding = decode(body, page.content_type)
    return document_of(read_generic(page, parse(text), source), encoding)


def _read_text(page: PageInput, source: Source | None) -> Reading:
    text = clean_characters(page.text or "")
    if not text.strip():
        raise Unreadable("empty_body", f"{page.page_id}: expected text, found none; check the file")
    return Reading(
        layout="saved_text",
        texts=read_saved_text(text),
        url=page.url,
        given_date=page.published_date,
        captured_on=page.captured_at.date() if page.captured_at else None,
        date_order=source.date_order if source else None,
        source=source,
    )


def document_of(reading: Reading, encoding: Encoding) -> Document:
    text, blocks = assemble(reading.texts)
    published, dates = find_published(reading)
    agency, agencies = find_agency(reading)
    findings: list[Finding] = [*dates, *agencies]
    return Document(
        layout=reading.layout,
        text=text,
        blocks=blocks,
        findings=tuple(findings),
        published_date=published.value if published else None,
        published_precision=published.precision if published else None,
        published_rule=published.rule if published else None,
        headline=_first(reading, "headline"),
        subhead=_first(reading, "subhead"),
        section=_first(reading, "section"),
        byline=_byline(reading),
        dateline=_dateline(reading, published.value if published else None),
        agency=agency,
        language_code="en",
        encoding=encoding,
    )


def _first(reading: Reading, label: BlockLabel) -> str | None:
    return next(reading.labelled(label), None)


def _byline(reading: Reading) -> tuple[str, ...]:
    return next((names for x in reading.labelled("byline") if (names := names_of(x))), ())


def _dateline(reading: Reading, _published: date | None) -> Dateline | None:
    found = find_dateline(next(reading.body(), ""))
    if found:
        return found.dateline
    line = _first(reading, "dateline")
    return Dateline(line, line) if line else None
