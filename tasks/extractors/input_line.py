"""One JSON line that holds a page, as `extract` and `ingest --from` read it.

Keys: id, url, published_date, captured_at, and one of html, html_base64, text.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, date, datetime
from typing import Any

from schemas.records import PageInput

LINE_TYPE = "application/x-onrecord-line+json"
BODIES = ("html", "html_base64", "text")
KEYS = {"id", "url", "published_date", "captured_at", *BODIES}


class BadLine(ValueError):
    """The line is not a page; the message says what was expected. `page_id` where it is known."""

    def __init__(self, message: str, page_id: str | None = None) -> None:
        super().__init__(message)
        self.page_id = page_id


def read_line(raw: bytes | str) -> PageInput:
    """Raises `BadLine`."""
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"expected one JSON object, found no JSON: {error}") from error
    if not isinstance(line, dict):
        raise BadLine(f"expected one JSON object, found {type(line).__name__}")
    page_id = str(line.get("id", ""))
    try:
        return _page(page_id, line)
    except ValueError as error:
        raise BadLine(str(error), page_id) from error


def _page(page_id: str, line: dict[str, Any]) -> PageInput:
    unknown = sorted(set(line) - KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(KEYS))}")
    given = [key for key in BODIES if line.get(key) is not None]
    if len(given) != 1:
        raise ValueError(f"expected one of {', '.join(BODIES)}, found {given or 'none'}")
    content = line[given[0]]
    if not isinstance(content, str):
        raise _not_text(given[0], content)
    return PageInput(
        page_id=page_id,
        url=_text(line, "url"),
        body=_body(given[0], content),
        text=content if given[0] == "text" else None,
        content_type="text/html; charset=utf-8" if given[0] == "html" else None,
        captured_at=_instant(_text(line, "captured_at")),
        published_date=_day(_text(line, "published_date")),
    )


def _not_text(key: str, value: object) -> ValueError:
    return ValueError(f"{key}: expected a string, found {type(value).__name__}")


def _body(kind: str, content: str) -> bytes | None:
    if kind == "html":
        return content.encode("utf-8", "surrogatepass")
    if kind == "html_base64":
        try:
            return base64.b64decode(content, validate=True)
        except binascii.Error as error:
            raise ValueError(f"html_base64: not base64: {error}") from error
    return None


def _text(line: dict[str, Any], key: str) -> str | None:
    value = line.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise _not_text(key, value)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _instant(text: str | None) -> datetime | None:
    """Without an offset it is UTC, as archives write it."""
    if text is None:
        return None
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
