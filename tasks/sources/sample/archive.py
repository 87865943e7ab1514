"""What the sample archive answers at each address: `manifest.csv` and the files under `pages/`.

A row of the manifest holds from its revision on, until a later row of the same path.
Nothing here counts requests or reads the clock: one revision always gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. `etag` is None where the archive sends no validator."""

    path: str
    status: int
    content_type: str | None
    body: bytes
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None


@cache
def read_archive(revision: int = 1) -> Mapping[str, Answer]:
    """Every address of the archive as it stands at `revision`."""
    rows = [row for row in _manifest() if int(row["revision"]) <= revision]
    rows.sort(key=lambda row: int(row["revision"]))
    return MappingProxyType({row["path"]: _answer(row) for row in rows})


def archive_digest(revision: int = 1) -> str:
    """Tells one state of the archive from another, over every answer it gives."""
    digest = hashlib.sha256()
    for path, answer in sorted(read_archive(revision).items()):
        digest.update(f"{path} {answer.status} {answer.content_type} ".encode())
        digest.update(hashlib.sha256(answer.body).digest())
    return digest.hexdigest()


@cache
def _manifest() -> tuple[dict[str, str], ...]:
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def _answer(row: dict[str, str]) -> Answer:
    body = (FOLDER / "pages" / row["file"]).read_bytes() if row["file"] else b""
    return Answer(
        path=row["path"],
        status=int(row["status"]),
        content_type=row["content_type"] or None,
        body=body,
        etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"' if row["has_etag"] == "yes" else None,
        last_modified=row["last_modified"] or None,
        location=row["location"] or None,
    )
