"""Which sources a run holds back from readers, and a generation that keeps their last good facts.

A source is held back by findings of error level that name it; a finding that names none may be
about any of them, and then nothing is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

from tasks.journal import RUN_FINISHED
from tasks.load import Warehouse
from warehouse.checks import EVERYWHERE, CheckResult, Limits
from warehouse.publish import PublicationFailed


@dataclass(frozen=True, slots=True)
class Holds:
    """`sources` to the checks that hold them; `everything` to those that stop the publication."""

    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everything: tuple[str, ...] = ()

    def leaves_nothing(self, touched: Iterable[str]) -> bool:
        """Whether what the run brought is held back whole."""
        return bool(self.everything) or (bool(self.sources) and set(touched) <= set(self.sources))


def holds_of(results: Iterable[CheckResult]) -> Holds:
    found: dict[str, list[str]] = {}
    for each in results:
        if each.blocks:
            found.setdefault(each.source, []).append(each.check_name)
    everything = tuple(found.pop(EVERYWHERE, ()))
    return Holds({name: tuple(checks) for name, checks in sorted(found.items())}, everything)


def was_held(lines: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the last run that judged anything left rows that did not pass."""
    row = _last_row(lines)
    return row.get("status") == "blocked" or bool(row.get("held_sources"))


def held_sources(lines: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Those that the last run that judged anything held back."""
    return frozenset(_last_row(lines).get("held_sources", ()))


def _last_row(lines: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    row: Mapping[str, Any] = {}
    for line in lines:
        row = line.get("row") or row if line["kind"] == RUN_FINISHED else row
    return row


def hold_back(
    database: Path, bases: Mapping[str, Path | None], limits: Limits, run_id: str, now: datetime
) -> None:
    """`database` is a copy that nobody reads yet; `bases` has the last good state of each source.

    Raises `PublicationFailed` where the rest does not pass without them.
    """
    for base in sorted({str(path) for path in bases.values()}):
        sources = [name for name, path in bases.items() if str(path) == base]
        _put_back(database, sources, bases[sources[0]])
    with Warehouse(database) as warehouse:
        warehouse.settle_copies()
        failed = [each for each in warehouse.check_facts(run_id, now, limits) if each.blocks]
    others = sorted({each.check_name for each in failed if each.source not in bases})
    if others:
        raise PublicationFailed(
            f"held back {', '.join(bases)}: what is left does not pass {', '.join(others)}. "
            "The previous generation stands; see `onrecord incidents list`"
        )


def _put_back(database: Path, sources: Sequence[str], base: Path | None) -> None:
    """The base is brought up to date on a copy: an older program may have published it."""
    scratch = database.with_name("before.duckdb")
    if base is not None:
        copyfile(base, scratch)
        Warehouse(scratch).close()
    with Warehouse(database) as warehouse:
        warehouse.put_back(sources, scratch if base is not None else None)
    scratch.unlink(missing_ok=True)
