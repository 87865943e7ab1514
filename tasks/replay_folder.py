"""The folder in which a replay is made before anybody agrees to it: all of it counts, or nothing.

    data/replay/working.duckdb     a copy of the private warehouse, read anew
    data/replay/<run>.jsonl        what the journal will say of it

Renaming the folder to `replay.agreed` is the moment at which the replay happens: from then on
journal and copy move to their places, now or after a kill. Before it, a kill leaves nothing but
a folder to clear away.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from schemas.errors import CannotWrite, Unavailable
from tasks.journal import ENDING

FOLDER = "replay"
AGREED = "replay.agreed"


def begin_replay(data: Path, working: Path) -> Path:
    """A folder with a copy of the warehouse. Nobody may have `working` open."""
    if not working.is_file():
        raise Unavailable(f"{working}: nothing to read again yet. Run `onrecord ingest` first")
    folder = data / FOLDER
    try:
        folder.mkdir()
        shutil.copyfile(working, folder / working.name)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotWrite(
            f"{folder}: cannot be written ({error.strerror}). A replay needs as much space again "
            "as the working file; free it and run again"
        ) from error
    return folder


def commit_replay(folder: Path, journal: Path, working: Path) -> None:
    """Everything in the folder is closed. What was agreed to is on disk when this returns."""
    for path in folder.iterdir():
        _flush(path)
    agreed = folder.with_name(AGREED)
    folder.rename(agreed)
    _flush(folder.parent)
    _carry_through(agreed, journal, working)


def settle_replay(data: Path, journal: Path, working: Path) -> None:
    """What a kill left of a replay: carried through where it was agreed to, else cleared away."""
    if (data / AGREED).is_dir():
        _carry_through(data / AGREED, journal, working)
    shutil.rmtree(data / FOLDER, ignore_errors=True)


def _carry_through(agreed: Path, journal: Path, working: Path) -> None:
    """May be broken off and done again at any point."""
    for path in agreed.glob(f"*{ENDING}"):
        path.rename(journal / path.name)
    _flush(journal)
    if (agreed / working.name).exists():
        (agreed / working.name).replace(working)
    _flush(working.parent)
    shutil.rmtree(agreed)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
