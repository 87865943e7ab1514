"""Word lists and tables under `tasks/vocabulary/`, read once, on first use.

Each file opens with `#` lines that say where its words come from.
A `.txt` file holds one entry a line; a `.csv` file has a header row.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "vocabulary"


@cache
def read_words(name: str) -> tuple[str, ...]:
    """The entries of `<name>.txt`, in file order."""
    return tuple(line.strip() for line in _lines(f"{name}.txt") if line.strip())


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`, in file order; empty cells are empty strings."""
    return tuple(csv.DictReader(_lines(f"{name}.csv")))


def _lines(file_name: str) -> list[str]:
    text = (FOLDER / file_name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
