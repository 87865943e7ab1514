"""The figures of a fault run: printed, and added to a file so that runs of many seeds add up.

FAULT_SEED chooses a run; FAULT_REQUESTS, _KILLS, _COUNT, _NIGHTS, _YEARS, _RUNS, _RETRY_KILLS
and _RETRY_PAGES size it; FAULT_LOG names the file.
`python -m tests.faults.figures FILE` sums it up.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

SEED = int(os.environ.get("FAULT_SEED", "1"))


def size(name: str, usual: int) -> int:
    return int(os.environ.get(f"FAULT_{name}", str(usual)))


def note(test: str, **figures: float | str) -> None:
    line = {"test": test, "seed": SEED, **figures}
    print(f"\n{line}")  # noqa: T201 - the figures are the point
    if "FAULT_LOG" in os.environ:
        with Path(os.environ["FAULT_LOG"]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def main() -> None:
    """Counts are added up over seeds; of what is named least or most the extreme is shown."""
    sums: dict[str, dict[str, float]] = defaultdict(dict)
    for text in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        total = sums[line.pop("test")]
        total["runs"] = total.get("runs", 0) + 1
        line.pop("seed")
        for name, value in line.items():
            if isinstance(value, str):
                continue
            join = min if name.startswith("least") else max if name.startswith("most") else sum
            total[name] = value if name not in total else join([total[name], value])
    for test, total in sorted(sums.items()):
        print(test, dict(total))  # noqa: T201


if __name__ == "__main__":
    main()
