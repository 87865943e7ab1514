"""From the private working file to a read-only generation that readers open.

    data/published/7/onrecord.duckdb, digests.json     never changed once it has its number
    data/onrecord.duckdb                               the newest generation, swapped in last

A kill at any point leaves the previous generation in place; the next publication clears the rest.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.errors import CannotWrite, OnrecordError
from warehouse.connection import open_warehouse
from warehouse.digests import table_digests

FILE_NAME = "onrecord.duckdb"
DIGESTS_NAME = "digests.json"
KEPT_GENERATIONS = 5
READ_ONLY = 0o444


class PublicationFailed(OnrecordError):
    """The copy is not what was copied: publish again, and look at the disk."""

    exit_code = 73


@dataclass(frozen=True, slots=True)
class Generation:
    number: int
    folder: Path
    digests: dict[str, str]

    @property
    def database(self) -> Path:
        return self.folder / FILE_NAME


def publish(working: Path, data: Path, change: Callable[[Path], None] | None = None) -> Generation:
    """Nobody may have `working` open: this opens it, and copies it once it is closed again.

    `change` is given the copy, before anybody reads it.
    """
    published = data / "published"
    try:
        published.mkdir(parents=True, exist_ok=True)
        _clear_half_made(data, published)
        generation = _write_generation(working, published, _last_number(published) + 1, change)
        _swap_in(generation, data)
        _prune(published)
    except OSError as error:
        raise CannotWrite(
            f"{error.filename or published}: cannot be written ({error.strerror}). "
            "The previous generation stands; free space or mend permissions, then run again"
        ) from error
    return generation


def newest_generation(data: Path) -> Generation | None:
    number = _last_number(data / "published")
    if number == 0:
        return None
    folder = data / "published" / str(number)
    digests = json.loads((folder / DIGESTS_NAME).read_text(encoding="utf-8"))
    return Generation(number, folder, digests)


def _write_generation(
    working: Path, published: Path, number: int, change: Callable[[Path], None] | None
) -> Generation:
    digests = _checkpointed_digests(working)
    half_made = published / f"{number}.part"
    half_made.mkdir()
    shutil.copyfile(working, half_made / FILE_NAME)
    if change is not None:
        _verify(half_made / FILE_NAME, digests)
        change(half_made / FILE_NAME)
        digests = _checkpointed_digests(half_made / FILE_NAME)
    (half_made / DIGESTS_NAME).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
    _verify(half_made / FILE_NAME, digests)
    for path in half_made.iterdir():
        path.chmod(READ_ONLY)
        _flush(path)
    _flush(half_made)
    folder = published / str(number)
    half_made.rename(folder)
    _flush(published)
    return Generation(number, folder, digests)


def _checkpointed_digests(working: Path) -> dict[str, str]:
    connection = open_warehouse(working)
    try:
        digests = table_digests(connection)
        connection.execute("checkpoint")
    finally:
        connection.close()
    left_over = working.with_name(working.name + ".wal")
    if left_over.exists():
        raise PublicationFailed(
            f"{left_over}: still there after a checkpoint. Another connection has {working} open"
        )
    return digests


def _verify(copy: Path, digests: dict[str, str]) -> None:
    with duckdb.connect(copy, read_only=True) as connection:
        found = table_digests(connection)
    wrong = sorted(name for name in digests if found.get(name) != digests[name])
    if wrong:
        raise PublicationFailed(
            f"{copy}: expected the working file's rows, found others in {', '.join(wrong)}. "
            "The previous generation stands; check the disk and publish again"
        )


def _swap_in(generation: Generation, data: Path) -> None:
    """A second name of the same file: nobody may write to it, and pruning takes only the first."""
    swapped = data / f"{FILE_NAME}.part"
    try:
        swapped.hardlink_to(generation.database)
    except OSError:
        # Some file systems have no second names; then it is a copy.
        shutil.copyfile(generation.database, swapped)
        swapped.chmod(READ_ONLY)
        _flush(swapped)
    swapped.replace(data / FILE_NAME)
    _flush(data)


def _clear_half_made(data: Path, published: Path) -> None:
    for folder in published.glob("*.part"):
        shutil.rmtree(folder)
    (data / f"{FILE_NAME}.part").unlink(missing_ok=True)


def _prune(published: Path) -> None:
    for number in sorted(_numbers(published), reverse=True)[KEPT_GENERATIONS:]:
        # Renamed first, so that a kill in between leaves no generation with half its files.
        doomed = published / f"{number}.part"
        (published / str(number)).rename(doomed)
        shutil.rmtree(doomed)


def _last_number(published: Path) -> int:
    return max(_numbers(published), default=0)


def _numbers(published: Path) -> list[int]:
    if not published.is_dir():
        return []
    return [int(path.name) for path in published.iterdir() if path.name.isdigit()]


def _flush(path: Path) -> None:
    """On disk, not in a cache: a rename must not overtake the bytes it names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
