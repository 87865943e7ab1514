"""From a page to its newest capture: one CDXJ file beside each sealed WARC file.

Derived: a lost index is written again from its WARC file. The lines are those replay tools read
(key, 14-digit time, JSON), with what a conditional request needs added.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from schemas.exchange import KnownPage
from tasks.http_fault import Fault
from tasks.http_message import read_head
from tasks.warc_format import WarcRecord

# Sorts before every key, and says how many lines must follow.
_HEADER = "!onrecord-index"


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One kept capture: where it lies and what a later request needs to know of it."""

    role: str
    source: str
    page_url: str
    url: str
    captured_at: str
    capture_id: str
    body_digest: str
    completeness: str
    status: str
    mime: str
    etag: str | None
    last_modified: str | None
    is_archived: bool
    filename: str
    offset: int
    length: int

    def known_page(self) -> KnownPage:
        return KnownPage(
            url=self.page_url,
            capture_id=self.capture_id,
            capture_url=self.url,
            captured_at=datetime.fromisoformat(self.captured_at),
            body_digest=self.body_digest,
            etag=self.etag,
            last_modified=self.last_modified,
            is_archived=self.is_archived,
        )


def index_line(record: WarcRecord, warc_file: str) -> IndexLine | None:
    """The line of a fetched page or listing; saved files have no address to look them up by."""
    if record.kind != "response" or record.get("OnRecord-Role") not in {"page", "listing"}:
        return None
    try:
        head = read_head(record.block)
    except Fault:
        return None
    fields = record.fields
    # The validators of a web archive's copy are the archive's; the page's own site knows none.
    is_own = "onrecord-url" not in fields
    return IndexLine(
        role=fields["onrecord-role"],
        source=fields["onrecord-source"],
        page_url=fields["onrecord-page"],
        url=fields.get("onrecord-url") or fields["warc-target-uri"],
        captured_at=fields.get("onrecord-captured-at") or fields["warc-date"],
        capture_id=fields["onrecord-capture-id"],
        body_digest=fields["onrecord-body-digest"].removeprefix("sha256:"),
        completeness=fields["onrecord-completeness"],
        status=str(head.status),
        mime=(head.get("content-type") or "").partition(";")[0].strip(),
        etag=head.get("etag") if is_own else None,
        last_modified=head.get("last-modified") if is_own else None,
        is_archived=not is_own,
        filename=warc_file,
        offset=record.start,
        length=record.end - record.start,
    )


def write_index(path: Path, lines: list[IndexLine]) -> None:
    rows = sorted(_write_line(line) for line in lines)
    new = path.with_name(path.name + ".new")
    new.write_text(f"{_HEADER} {len(rows)}\n{''.join(rows)}", encoding="utf-8")
    new.replace(path)


def read_index(path: Path) -> list[IndexLine]:
    """Raises ValueError, KeyError or TypeError where the file is not one we wrote whole."""
    header, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    if header != f"{_HEADER} {len(lines)}":
        raise ValueError(f"{path}: {len(lines)} lines under {header[:40]!r}")
    return [IndexLine(**json.loads(line.split(" ", 2)[2])) for line in lines]


def _write_line(line: IndexLine) -> str:
    moment = datetime.fromisoformat(line.captured_at).astimezone(UTC)
    fields = {name: getattr(line, name) for name in IndexLine.__slots__}
    return f"{_key(line.url)} {moment:%Y%m%d%H%M%S} {json.dumps(fields, ensure_ascii=True)}\n"


def _key(url: str) -> str:
    """The host backwards, then the path: pages of one site stand together."""
    parts = urlsplit(url.lower())
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".replace(" ", "%20")
