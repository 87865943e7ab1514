"""One page, read: bytes or text to labelled blocks and fields."""

from __future__ import annotations

import itertools
import re
from datetime import date

from schemas.errors import Unreadable
from schemas.records import BlockLabel, Dateline, Document, Encoding, Finding, PageInput
from schemas.source import Source
from tasks.extractors.agency import find_agency
from tasks.extractors.byline import names_of
from tasks.extractors.dateline import find_dateline, tidy_place
from tasks.extractors.declared import read_declared
from tasks.extractors.encoding import clean_characters, decode
from tasks.extractors.generic import read_generic
from tasks.extractors.html import parse
from tasks.extractors.labels import BODY_LABELS, LabelledText, assemble
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.published import find_published
from tasks.extractors.reading import Reading, reading_of
from tasks.extractors.saved_text import read_saved_text
from tasks.extractors.script_fields import field_value

SUBHEAD = re.compile(r"\(([^()]{8,300})\)(?:\s*\([0-9,]{2,6}\))?$")


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
    tree = parse(text)
    if source is not None and source.layouts:
        return document_of(read_declared(page, tree, source), encoding)
    return document_of(read_generic(page, tree, text, source), encoding)


def _read_text(page: PageInput, source: Source | None) -> Reading:
    text = clean_characters(page.text or "")
    if not text.strip():
        raise Unreadable("empty_body", f"{page.page_id}: expected text, found none; check the file")
    issuers = source.agencies.values() if source else ()
    return reading_of(page, source, "saved_text", read_saved_text(text, issuers))


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
        headline=_headline(reading),
        subhead=_subhead(reading),
        section=_first(reading, "section"),
        byline=_byline(reading),
        dateline=_dateline(reading, published.value if published else None),
        agency=agency,
        language_code="en",
        encoding=encoding,
    )


def _first(reading: Reading, label: BlockLabel) -> str | None:
    line = next(reading.labelled(label), None)
    return field_value(line) if line else None


def _headline(reading: Reading) -> str | None:
    """Without a printed date that stands in the same line."""
    line = _first(reading, "headline")
    found = find_printed_dates(line) if line else ()
    if line and len(found) == 1 and found[0].precision == "day":
        rest = line[: found[0].start] + line[found[0].end :]
        is_edge = found[0].start == 0 or found[0].end == len(line)
        return rest.strip(" ,:|-–—") or line if is_edge and found[0].value else line
    return line


def _subhead(reading: Reading) -> str | None:
    """Without its brackets and the word count that may follow them."""
    above = itertools.takewhile(lambda each: not _is_body(each), reading.texts)
    line = next((each.text for each in above if each.label == "subhead"), None)
    bare = SUBHEAD.match(line) if line else None
    return bare[1] if bare else line


def _is_body(text: LabelledText) -> bool:
    return text.in_body and text.label in BODY_LABELS


def _byline(reading: Reading) -> tuple[str, ...]:
    return next(
        (names for x in reading.labelled("byline") if (names := names_of(field_value(x)))), ()
    )


def _dateline(reading: Reading, _published: date | None) -> Dateline | None:
    found = find_dateline(next(reading.body(), ""))
    if found:
        return found.dateline
    line = _first(reading, "dateline")
    return Dateline(line, tidy_place(line)) if line else None
