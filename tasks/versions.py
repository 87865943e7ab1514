"""Which rules read a page: digests that change when a rule, a word list or a correction does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
RULES = (
    "tasks/extractors/*.py",
    "tasks/sources/**/*.py",
    "tasks/vocabulary/*",
    "tasks/rows.py",
    "tasks/validate.py",
    "schemas/*.py",
)
CORRECTIONS_NAME = "corrections.csv"


@cache
def onrecord_version() -> str:
    return version("onrecord")


@cache
def rules_digest() -> str:
    """Of everything that decides what is read from a page and which row is refused."""
    files = {
        path
        for pattern in RULES
        for path in ROOT.glob(pattern)
        if path.is_file() and path.name != CORRECTIONS_NAME
    }
    return digest_of(sorted(files))


def digest_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        body = path.read_bytes() if path.is_file() else b""
        digest.update(b"%d:%b" % (len(body), body))
    return digest.hexdigest()[:32]
