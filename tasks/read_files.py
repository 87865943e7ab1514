"""Saved pages on disk into captures: folders, .html, .txt, .jsonl, and what packs many pages.

A file that is no page, or cannot be read, becomes a value that the ledger counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from schemas.errors import NotFound
from schemas.ids import body_digest, make_id
from schemas.records import Capture
from tasks.extractors.input_line import LINE_TYPE, BadLine, read_line
from tasks.extractors.shown_page import shown_url
from tasks.sources import source_of

FILES = "files"
HTML_TYPE = "text/html"
TEXT_TYPE = "text/plain"
MAX_FILE_BYTES = 64 * 1024 * 1024
CONTENT_TYPES = {
    ".html": HTML_TYPE,
    ".htm": HTML_TYPE,
    ".xhtml": HTML_TYPE,
    ".shtml": HTML_TYPE,
    ".txt": TEXT_TYPE,
}
WARC_ENDINGS = (".warc", ".warc.gz")
INDEX_ENDING = ".cdxj"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One page as found on disk: `place` is its path, with a line number in a .jsonl file."""

    place: str
    capture: Capture


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file or line that is not a page; `reason` is one of `schemas.reasons`.

    `moved` are the two addresses of a redirect: its own, and where it leads.
    """

    place: str
    reason: str
    detail: str
    moved: tuple[str, str] | None = None


Found = SavedPage | BadFile
# By the end of a name: who reads files that pack many pages.
Readers = Mapping[str, Callable[[Path], Iterator[Found]]]


def list_files(paths: tuple[Path, ...]) -> list[Path]:
    """Every file under the paths, folders walked in name order. Raises `NotFound`."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            within = sorted(each for each in path.rglob("*") if each.is_file())
            if any(each.name.lower().endswith(WARC_ENDINGS) for each in within):
                # They are read whole: an index of them names the same pages once more.
                within = [each for each in within if each.suffix.lower() != INDEX_ENDING]
            if not within:
                raise NotFound(f"{path}: expected saved pages, found an empty folder")
            files.extend(within)
        elif path.is_file():
            files.append(path)
        else:
            raise NotFound(f"{path}: no such file or folder. Check the path after --from")
    return files


def read_file(path: Path, readers: Readers) -> Iterator[Found]:
    name = path.name.lower()
    reader = next((each for ending, each in readers.items() if name.endswith(ending)), None)
    if reader is not None:
        yield from reader(path)
    elif name.endswith(".jsonl"):
        yield from _read_lines(path)
    elif path.suffix.lower() in CONTENT_TYPES:
        yield _read_page(path, CONTENT_TYPES[path.suffix.lower()])
    else:
        yield BadFile(
            str(path),
            "not_a_page",
            f"expected .html, .txt, .jsonl, {', '.join(readers)}; "
            f"found {path.suffix or 'no ending'!r}",
        )


def _read_page(path: Path, content_type: str) -> Found:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return BadFile(str(path), "unreadable_file", f"{size} bytes, allowed {MAX_FILE_BYTES}")
        body = path.read_bytes()
    except OSError as error:
        return BadFile(str(path), "unreadable_file", str(error.strerror))
    return SavedPage(str(path), _capture(body, content_type, None, None))


def _read_lines(path: Path) -> Iterator[Found]:
    """Each line is kept as it stands, so that what it states beside the page is kept too."""
    try:
        with path.open("rb") as lines:
            for number, raw in enumerate(lines, start=1):
                if raw.strip():
                    yield _read_line(f"{path}:{number}", raw.strip())
    except OSError as error:
        yield BadFile(str(path), "unreadable_file", str(error.strerror))


def _read_line(place: str, raw: bytes) -> Found:
    try:
        page = read_line(raw)
    except BadLine as error:
        return BadFile(place, "not_a_page", str(error))
    return SavedPage(place, _capture(raw, LINE_TYPE, page.url, page.captured_at))


def _capture(
    body: bytes, content_type: str, url: str | None, captured_at: datetime | None
) -> Capture:
    digest = body_digest(body)
    address = web_address(url)
    source = source_name(address)
    return Capture(
        capture_id=make_id(source, address or digest, captured_at, digest),
        source=source,
        url=address,
        captured_at=captured_at,
        http_status=None,
        content_type=content_type,
        body=body,
        body_digest=digest,
    )


def web_address(url: str | None) -> str | None:
    """Only an address that a reader could open; what a file says else is kept in the file."""
    parts = urlsplit(url or "")
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def source_name(url: str | None) -> str:
    """A saved page of a declared host is read by that source's layouts."""
    source = source_of(shown_url(url))
    return source.name if source else FILES
