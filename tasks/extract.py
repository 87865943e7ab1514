"""Captures and input lines to what they yield: the pure core, called one page at a time.

No database and no Prefect: `onrecord extract` and the flows read pages the same way.
"""

from __future__ import annotations

import gc
import traceback
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from schemas.errors import Unreadable
from schemas.records import Capture, Encoding, Extraction, PageInput
from tasks.extractors.article import extract
from tasks.extractors.encoding import decode
from tasks.extractors.input_line import LINE_TYPE, BadLine, read_line
from tasks.extractors.printed_line import error_line, line_of
from tasks.extractors.shown_page import shown_url
from tasks.sources import SOURCES, source_of


@dataclass(frozen=True, slots=True)
class Read:
    capture: Capture
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Unread:
    """A capture that holds no article: reason code, and what was expected and found."""

    capture: Capture
    reason: str
    detail: str


def read_capture(capture: Capture) -> Read | Unread:
    """A page that cannot be read is a value, not an error: it never stops the rest."""
    if capture.completeness == "incomplete":
        return Unread(capture, "incomplete", "the answer ended before its end; it is asked again")
    try:
        page, encoding = page_of(capture)
        extraction = extract(page, SOURCES.get(capture.source))
        _keep_vocabulary()
    except Unreadable as error:
        return Unread(capture, error.reason, str(error))
    except BadLine as error:
        return Unread(capture, "not_a_page", str(error))
    except Exception as error:  # noqa: BLE001 - a defect on one page must not stop the others
        return Unread(capture, "extraction_failed", _where(error))
    return Read(capture, _with_encoding(extraction, encoding))


def page_of(capture: Capture) -> tuple[PageInput, Encoding | None]:
    """Text is decoded here; the bytes of a page are decoded where its markup is read."""
    if capture.content_type == LINE_TYPE:
        return replace(read_line(capture.body), page_id=capture.capture_id), None
    page = PageInput(
        page_id=capture.capture_id,
        url=capture.url,
        body=capture.body,
        content_type=capture.content_type,
        captured_at=capture.captured_at,
    )
    if not (capture.content_type or "").startswith("text/plain"):
        return page, None
    text, encoding = decode(capture.body, capture.content_type)
    return replace(page, body=None, text=text), encoding


def print_page(page: PageInput) -> dict[str, Any]:
    """The line `extract` prints for one page; a known host is read by its own layouts."""
    try:
        line = line_of(extract(page, source_of(shown_url(page.url))))
        _keep_vocabulary()
    except Unreadable as error:
        return error_line(page.page_id, page.url, error.reason, str(error))
    except Exception as error:  # noqa: BLE001 - the same
        return error_line(page.page_id, page.url, "extraction_failed", _where(error))
    return line


@cache
def _keep_vocabulary() -> None:
    """The first page has read the word lists, which stay: the collector need not visit them again.

    Measured on news articles: one twentieth of the whole cost.
    """
    gc.collect()
    gc.freeze()


def _where(error: Exception) -> str:
    """The error and the line that raised it, for whoever mends the extractor."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"


def _with_encoding(extraction: Extraction, encoding: Encoding | None) -> Extraction:
    if encoding is None:
        return extraction
    return replace(extraction, document=replace(extraction.document, encoding=encoding))
