"""The child process that a user's SQL runs in. Started by `query.py` as a program of its own.

It reads one request from its input, answers on its output, and holds nothing worth stealing:
no environment, one read-only file, limits on memory, time, files and the size of the answer.
It imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import json
import math
import re
import resource
import sys
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import Any

MEGABYTE = 1024 * 1024
FETCH_SIZE = 500

# What only reads. DESCRIBE, SHOW and SUMMARIZE are selects to the engine's own parser.
ALLOWED = ("SELECT", "EXPLAIN")

# Operators that show this machine rather than the record. The engine refuses most of them by
# itself; the rest would show the path of the file.
HIDDEN = re.compile(
    r"^(READ_.*|PARQUET_.*|GLOB|SNIFF_CSV|WRITE_LOG"
    r"|DUCKDB_(DATABASES|SETTINGS|SECRETS.*|LOGS?.*|TEMPORARY_FILES|EXTERNAL_FILE_CACHE)"
    r"|PRAGMA_DATABASE.*)$"
)


# How a cell of each kind is written as JSON; the first that fits.
CONVERTED: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((bool, int, str, type(None)), lambda value: value),
    (float, lambda value: value if math.isfinite(value) else str(value)),
    (Decimal, float),
    ((date, time), lambda value: value.isoformat()),
    (bytes, bytes.hex),
    ((list, tuple), lambda value: [_plain(part) for part in value]),
    (dict, lambda value: {str(name): _plain(part) for name, part in value.items()}),
)


class Refused(Exception):
    """The statement is not one that may be asked here."""


def main() -> None:
    request = json.load(sys.stdin)
    _fence(request)
    try:
        answer = _answer(request)
    except Refused as refused:
        answer = {"error": "refused", "message": str(refused)}
    except MemoryError:
        answer = {"error": "memory", "message": ""}
    json.dump(answer, sys.stdout)


def _fence(request: dict[str, Any]) -> None:
    """Before the engine is loaded: its own memory limit is no wall."""
    limits = {
        resource.RLIMIT_AS: request["memory_mb"] * MEGABYTE,
        resource.RLIMIT_CPU: math.ceil(request["seconds"] * 2) + 1,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    import duckdb  # noqa: PLC0415 - only behind the fence

    try:
        connection = duckdb.connect(
            request["database"],
            read_only=True,
            config={
                "enable_external_access": False,
                "autoload_known_extensions": False,
                "autoinstall_known_extensions": False,
                "allow_community_extensions": False,
                "python_enable_replacements": False,
                "temp_directory": "",
                "memory_limit": f"{request['memory_mb'] // 2}MB",
                "threads": 2,
            },
        )
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set lock_configuration = true")
    except duckdb.Error as error:
        return {"error": "database", "message": str(error)}
    try:
        _check(duckdb, connection, request["sql"])
        result = connection.execute(request["sql"])
        return _collected(result, request["row_limit"], request["byte_limit"])
    except duckdb.OutOfMemoryException:
        return {"error": "memory", "message": ""}
    except duckdb.Error as error:
        return {"error": "failed", "message": str(error)}


def _check(duckdb: Any, connection: Any, sql: str) -> None:  # noqa: ANN401 - loaded late
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise Refused(f"one statement at a time, please; found {len(statements)}")
    kind = statements[0].type.name
    if kind not in ALLOWED:
        raise Refused(
            f"{kind} is not allowed: this only reads. "
            "Ask with SELECT, WITH, FROM, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN"
        )
    if kind == "EXPLAIN":
        return
    try:
        plans = connection.execute(f"explain (format json) {sql}").fetchall()
    except duckdb.Error:
        # Asked as it stands, it says what is wrong in the user's own words and places.
        connection.execute(sql)
        raise Refused("the engine cannot explain this statement, so it is not asked") from None
    hidden = sorted(name for name in _operators(plans[0][1]) if HIDDEN.match(name))
    if hidden:
        raise Refused(f"{hidden[0].lower()} shows this machine, not the record, and is closed here")


def _operators(plan: str) -> set[str]:
    return {name.strip() for name in re.findall(r'"name":\s*"([^"]*)"', plan)}


def _collected(result: Any, row_limit: int, byte_limit: int) -> dict[str, Any]:  # noqa: ANN401
    described = result.description or []
    rows: list[list[Any]] = []
    size = 0
    while chunk := result.fetchmany(FETCH_SIZE):
        for row in chunk:
            values = _plain(row)
            size += len(json.dumps(values))
            if len(rows) == row_limit or size > byte_limit:
                return _table(described, rows, is_truncated=True)
            rows.append(values)
    return _table(described, rows, is_truncated=False)


def _table(
    described: Iterable[tuple[Any, ...]], rows: list[list[Any]], *, is_truncated: bool
) -> dict[str, Any]:
    columns = list(described)
    return {
        "columns": [column[0] for column in columns],
        "types": [str(column[1]) for column in columns],
        "rows": rows,
        "is_truncated": is_truncated,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a cell may hold
    """As JSON has it: days and times in ISO form, bytes in hex, what is no number as its name."""
    for kinds, convert in CONVERTED:
        if isinstance(value, kinds):
            return convert(value)
    return str(value)


if __name__ == "__main__":
    main()
