"""What one hostile answer costs in memory and time.

`python -m tests.faults.measure_process PORT FOLDER KIND PATH SECONDS` prints, as JSON, how the
request ended that may take so many seconds, by how many MiB memory rose over an ordinary one,
and how many seconds it took.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from schemas.records import Capture, PageRef, Window
from schemas.source import Listing
from tasks.fetch import Fetcher, How
from tasks.http_meter import Limits
from tasks.http_polite import Manners
from tasks.listing import list_pages
from tests.fetching import loopback_source


def peak_mib() -> float:
    """From /proc: what getrusage says is inherited from the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    port, folder, kind, path = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    limits = Limits(seconds=float(sys.argv[5]), slow_after_seconds=1.0)
    url = f"http://127.0.0.1:{port}{path}"
    listing = Listing(kind="sitemap", url=url)
    host = f"127.0.0.1:{port}"
    source = loopback_source(host, listings=(listing,) if kind == "sitemap" else ())
    how = How(limits=limits, manners=Manners(tries=1))
    with Fetcher(source, folder / "state", how=how) as fetcher:
        if kind != "robots":
            fetcher.fetch_page(PageRef(source.name, f"http://{host}/ordinary"))
        before, started = peak_mib(), time.monotonic()
        if kind == "sitemap":
            listed = list_pages(source, Window(), fetcher)
            end = listed.misses[0].reason if listed.misses else f"{len(listed.pages)} pages"
        else:
            outcome = fetcher.fetch_page(PageRef(source.name, url)).outcome
            end = outcome.completeness if isinstance(outcome, Capture) else outcome.reason
    seconds = time.monotonic() - started
    print(json.dumps({"end": end, "mib": peak_mib() - before, "seconds": seconds}))  # noqa: T201


if __name__ == "__main__":
    main()
