"""A user's SQL on the published record: read-only, one statement, in a fenced child process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import BadInput, BadUsage, Unavailable

CHILD = Path(__file__).parent / "fenced.py"
# Start-up, and the last words of a child that is stopped, on a busy machine.
GRACE_SECONDS = 1.0
# Two threads need no more; each would reserve 64 MB of address space.
ENVIRONMENT = {"HOME": "/nonexistent", "MALLOC_ARENA_MAX": "2", "PYTHONHASHSEED": "0"}


class QueryRefused(BadUsage):
    """The statement is not one that may be asked: only reading is allowed."""


class QueryFailed(BadInput):
    """The statement is wrong: mend it as the message says."""


class QueryTooLarge(QueryFailed):
    """The statement needs more memory or time than it may have: ask for less."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`byte_limit` bounds the whole answer, `seconds` the wall time."""

    seconds: float = 60.0
    memory_mb: int = 1024
    row_limit: int = 10_000
    byte_limit: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class QueryResult:
    """`types` are the engine's names; days and times are text in ISO form."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool


def run_query(database: Path, sql: str, limits: Limits = Limits()) -> QueryResult:
    if not database.is_file():
        raise Unavailable(f"{database.name}: nothing is published yet. Run `onrecord ingest` first")
    if "\x00" in sql:
        raise QueryFailed("the statement holds a NUL character. Take it out")
    answer = _ask_child(database, sql, limits)
    if "error" in answer:
        raise _error(answer["error"], answer["message"], database, limits)
    return QueryResult(
        columns=tuple(answer["columns"]),
        types=tuple(answer["types"]),
        rows=tuple(tuple(row) for row in answer["rows"]),
        truncated=answer["is_truncated"],
    )


def _ask_child(database: Path, sql: str, limits: Limits) -> dict[str, Any]:
    request = {
        "database": str(database.resolve()),
        "sql": sql,
        "memory_mb": limits.memory_mb,
        "seconds": limits.seconds,
        "row_limit": limits.row_limit,
        "byte_limit": limits.byte_limit,
    }
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd=os.sep,
        start_new_session=True,
    )
    with child:
        try:
            said, _ = child.communicate(
                json.dumps(request).encode(), limits.seconds + GRACE_SECONDS
            )
        except subprocess.TimeoutExpired:
            child.kill()
            return {"error": "time", "message": ""}
    return _parsed(said)


def _parsed(said: bytes) -> dict[str, Any]:
    """A child that was stopped by a limit says nothing, or half of it."""
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"error": "memory", "message": ""}
    return answer


def _error(kind: str, message: str, database: Path, limits: Limits) -> Exception:
    if kind == "refused":
        return QueryRefused(message)
    if kind == "time":
        return QueryTooLarge(
            f"no answer within {limits.seconds:g} s. Ask for less, or raise ONRECORD_SQL_SECONDS"
        )
    if kind == "memory":
        return QueryTooLarge(
            f"needs more than {limits.memory_mb} MB or the time allowed. Ask for less, or raise "
            "ONRECORD_SQL_MEMORY_MB"
        )
    if kind == "database":
        return Unavailable(
            f"{database.name}: cannot be opened as a published generation. Run `onrecord rebuild`"
        )
    return QueryFailed(_readable(message, database))


def _readable(message: str, database: Path) -> str:
    """The engine's own words and place, without its class names and without our paths."""
    kept = re.sub(r"^[A-Za-z ]+ Error: ", "", message.strip())
    for folder in {str(database.parent), str(database.resolve().parent)}:
        kept = kept.replace(f"{folder}{os.sep}", "")
    return re.sub(r"\n{2,}", "\n", kept)
