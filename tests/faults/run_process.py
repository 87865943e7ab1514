"""One run over a loopback archive, as a process to be killed.

`python -m tests.faults.run_process PORT FOLDER RUN_ID PAUSE_SECONDS`
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.records import Capture, Window
from tasks.capture_series import CaptureSeries
from tasks.fetch import Fetcher, How
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal, unfinished_runs
from tasks.keep import CaptureStore
from tasks.listing import list_pages
from tasks.listing_memory import KeptListings, Standing
from tests.faults.archive_process import Archive
from tests.faults.test_speed import source_of


def remembering(store: CaptureStore, series: CaptureSeries, adopted: tuple[str, ...]) -> How:
    standing = Standing(adopted, datetime.now(UTC) - timedelta(hours=12))
    listings = store.newest("harbour_gazette").listings
    return How(memory=KeptListings(store, series, listings, standing))


def main() -> None:
    port, folder, run_id, pause = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    source = source_of(Archive(port, folder / "none"), pause=timedelta(seconds=float(pause)))
    store = CaptureStore(folder / "captures", rotate_at=400_000)
    store.repair()
    adopted = unfinished_runs(folder / "journal")
    answered = store.kept_pages(adopted)
    now = datetime.now(UTC)
    with (
        Journal(folder / "journal", run_id) as journal,
        store.series(run_id, now) as series,
        Fetcher(source, folder / "state", how=remembering(store, series, adopted)) as fetcher,
    ):
        journal.write(RUN_STARTED, started_at=now)
        for page in list_pages(source, Window(), fetcher).pages:
            if (source.name, page.url) not in answered:
                kept = series.keep(fetcher.fetch_page(page))
                if not isinstance(kept, Capture):
                    journal.write("answer", url=page.url, reason=kept.reason)
        series.close()
        journal.write(RUN_FINISHED, adopted=list(adopted))


if __name__ == "__main__":
    main()
