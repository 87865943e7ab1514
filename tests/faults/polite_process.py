"""A worker that asks a loopback archive for pages until it is killed, its wall clock jumping.

`python -m tests.faults.polite_process PORT FOLDER SEED PAUSE_SECONDS`
"""

from __future__ import annotations

import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

from schemas.records import PageRef
from tasks.clock import SystemClock
from tasks.fetch import Fetcher, How
from tasks.http_polite import Manners
from tests.faults.archive_process import page_path
from tests.fetching import loopback_source


class JumpingClock(SystemClock):
    """Set forth and back by up to ten years, one reading in a hundred."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._offset = timedelta(0)

    def now(self) -> datetime:
        if self._chance.random() < 0.01:
            self._offset = timedelta(days=self._chance.uniform(-3650, 3650))
        return super().now() + self._offset


def main() -> None:
    port, folder, seed, pause = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    chance = random.Random(seed)  # noqa: S311 - repeatable
    source = loopback_source(
        f"127.0.0.1:{port}", pause=timedelta(seconds=float(pause)), request_budget=10**9
    )
    how = How(manners=Manners(patience=10.0, first_backoff=0.05))
    fetcher = Fetcher(source, folder / "state", JumpingClock(chance), how)
    while True:
        number = chance.randrange(2_000)
        path = f"/private/{number}" if chance.random() < 0.1 else page_path(number)
        fetcher.fetch_page(PageRef(source.name, f"http://127.0.0.1:{port}{path}"))


if __name__ == "__main__":
    main()
