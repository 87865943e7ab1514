"""A loopback archive in a process of its own, for runs that are killed or timed.

`python -m tests.faults.archive_process PAGES LOG DELAY REFUSE` prints its port, serves an index of
so many pages, each after so many seconds, and refuses one request in so many.
Its log has one line per request: monotonic time and path.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fault_server import NO_ROBOTS, Asked, FaultServer, Script, Step, answer

PER_INDEX = 500
ROBOTS = answer(b"User-agent: *\nDisallow: /private/\n", kind="text/plain")
REFUSED = answer(b"", "429 Too Many Requests", Retry_After="1")
FILLER = "<p>The ministers met in Tunis and agreed to meet again in Cairo next month.</p>\n" * 20


@dataclass
class Archive:
    """The process as a test sees it."""

    port: int
    log: Path

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def asked(self) -> list[tuple[float, str]]:
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [(float(at), path) for at, _, path in (line.partition(" ") for line in lines)]


@contextmanager
def archive_process(
    pages: int, folder: Path, delay: float = 0.0, refuse: int = 0
) -> Iterator[Archive]:
    log = folder / "requests.log"
    log.touch()
    command = [sys.executable, "-m", "tests.faults.archive_process", str(pages), str(log)]
    process = subprocess.Popen(
        [*command, str(delay), str(refuse)], stdout=subprocess.PIPE, text=True
    )
    try:
        yield Archive(int(process.stdout.readline()), log)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def page_path(number: int) -> str:
    return f"/news/2007/{1 + number % 12:02d}/{1 + number % 28:02d}-s{number}.html"


def page_body(number: int) -> bytes:
    return (
        f"<html><head><title>Story {number}</title></head><body><h1>Story {number}</h1>\n"
        f"{FILLER}</body></html>\n"
    ).encode()


def script(
    pages: int, delay: float, refuse: int, log_line: Callable[[Asked, bool], object]
) -> Script:
    count = iter(range(1, 10**9))

    def run(asked: Asked) -> Iterable[Step]:
        is_refused = bool(refuse) and next(count) % refuse == 0
        log_line(asked, is_refused)
        if is_refused:
            return [REFUSED]
        if asked.path == "/robots.txt":
            return [ROBOTS]
        if asked.path.startswith("/index/"):
            return [answer(_index(int(asked.path.rpartition("/")[2]), pages))]
        number = asked.path.rpartition("-s")[2].removesuffix(".html")
        if number.isdigit() and int(number) < pages:
            return [delay, answer(page_body(int(number)), ETag=f'"{number}"')]
        return [NO_ROBOTS]

    return run


def _index(number: int, pages: int) -> bytes:
    first, last = number * PER_INDEX, min(pages, (number + 1) * PER_INDEX)
    links = "".join(f"<a href='{page_path(n)}'>story</a>\n" for n in range(first, last))
    after = f"<a class='next' href='/index/{number + 1}'>next</a>" if last < pages else ""
    return f"<html><body>{links}<b>{pages} stories</b>{after}</body></html>".encode()


def main() -> None:
    pages, log = int(sys.argv[1]), Path(sys.argv[2])
    delay, refuse = float(sys.argv[3]), int(sys.argv[4])
    with log.open("a", encoding="utf-8", buffering=1) as lines:

        def log_line(asked: Asked, is_refused: bool) -> None:  # noqa: FBT001
            mark = " refused" if is_refused else ""
            lines.write(f"{asked.at:.6f} {asked.path}{mark}\n")

        server = FaultServer(script(pages, delay, refuse, log_line))
        with server:
            print(server.port, flush=True)  # noqa: T201 - the port is the output
            while True:
                server.log.clear()
                time.sleep(1)


if __name__ == "__main__":
    main()
