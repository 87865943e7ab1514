"""Label files on disk: plain, gzip or xz JSON lines, found by name in one folder."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from schemas.errors import BadInput, NotFound
from tasks.evaluation.figures import Row

ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.xz")


def find_labels(folder: Path, name: str) -> Path | None:
    """The file of that name with any of the endings."""
    paths = (folder / f"{name}{ending}" for ending in ENDINGS)
    return next((path for path in paths if path.is_file()), None)


def check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise NotFound(f"{folder}: no such folder. Name a folder of labelled documents")


def read_rows(path: Path, key: str = "doc_id") -> Iterator[Row]:
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(path, number, line, key)
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: expected JSON lines in UTF-8, cannot read: {error}") from error


def _row(path: Path, number: int, line: str, key: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadInput(f"{path}, line {number}: expected a JSON object: {error}") from error
    if not isinstance(row, dict) or key not in row:
        raise BadInput(f"{path}, line {number}: expected a JSON object with {key!r}; mend the file")
    return row


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")
