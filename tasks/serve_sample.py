"""The loopback HTTP server of the sample archive.

    python -m tasks.serve_sample [--port 8765] [--revision 1] [--log FILE]

What it answers is data (`tasks/sources/sample/`); this file only speaks HTTP.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from schemas.errors import Unavailable
from tasks.sources.sample.archive import Answer, archive_digest, read_archive
from tasks.sources.sample.declaration import PORT

HOST = "127.0.0.1"
IDENTITY_PATH = "/.sample-archive"
IDENTITY_HEADER = "X-Sample-Archive"
NOT_FOUND_BODY = b"<html><head><title>404 Not Found</title></head><body>Not Found</body></html>"


@contextmanager
def serve(port: int = PORT, revision: int = 1, log: Path | None = None) -> Iterator[str]:
    """The address of the archive, served until the block ends; port 0 takes any free one.

    A server of the same archive that already listens there (`make serve`) is used as it is.
    """
    try:
        server = _Server(port, revision, log)
    except OSError as error:
        _check_ours(port, revision, error)
        yield f"http://{HOST}:{port}"
        return
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class _Log:
    """One JSON line a request, in the order the requests were answered."""

    file: Path | None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, line: dict[str, object]) -> None:
        if self.file is None:
            return
        with self.lock, self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, revision: int, log: Path | None) -> None:
        self.identity = _identity(revision)
        self.answers = read_archive(revision)
        self.log = _Log(log)
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def version_string(self) -> str:
        return "SampleArchive/1"

    def log_message(self, *_args: Any) -> None:  # noqa: ANN401 - the signature of http.server
        """Quiet: the request log is `--log`."""

    def _answer(self, *, with_body: bool) -> None:
        answer = self._find()
        is_known = self._is_known(answer)
        status = HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus(answer.status)
        self.server.log.write(
            {
                "method": self.command,
                "path": self.path,
                "status": int(status),
                "user_agent": self.headers.get("User-Agent"),
                "is_conditional": "If-None-Match" in self.headers
                or "If-Modified-Since" in self.headers,
            }
        )
        self.send_response(status)
        for name, value in _headers(answer, self.server):
            self.send_header(name, value)
        self.end_headers()
        if with_body and not is_known:
            self.wfile.write(answer.body)

    def _find(self) -> Answer:
        if self.path == IDENTITY_PATH:
            body = json.dumps(self.server.identity).encode()
            return Answer(self.path, 200, "application/json", body)
        missing = Answer(self.path, 404, "text/html; charset=us-ascii", NOT_FOUND_BODY)
        return self.server.answers.get(self.path, missing)

    def _is_known(self, answer: Answer) -> bool:
        """RFC 9110: If-None-Match decides alone where it is sent."""
        if answer.status != HTTPStatus.OK:
            return False
        if (tags := self.headers.get("If-None-Match")) is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return answer.etag is not None and bool(known & {answer.etag, "*"})
        since = self.headers.get("If-Modified-Since")
        return since is not None and answer.last_modified is not None and _not_after(answer, since)


def _not_after(answer: Answer, since: str) -> bool:
    try:
        return parsedate_to_datetime(answer.last_modified or "") <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


def _headers(answer: Answer, server: _Server) -> Iterator[tuple[str, str]]:
    """The same for 200, 304 and HEAD: a 304 gives the length the page would have."""
    yield "Content-Length", str(len(answer.body))
    yield IDENTITY_HEADER, str(server.identity["digest"])
    optional = {
        "Content-Type": answer.content_type,
        "ETag": answer.etag,
        "Last-Modified": answer.last_modified,
        "Location": server.address + answer.location if answer.location else None,
    }
    for name, value in optional.items():
        if value is not None:
            yield name, value


def _identity(revision: int) -> dict[str, object]:
    return {
        "archive": "onrecord-sample",
        "revision": revision,
        "digest": archive_digest(revision),
    }


def _check_ours(port: int, revision: int, error: OSError) -> None:
    """Whoever holds the port must be the same archive at the same revision."""
    expected = _identity(revision)
    found = _ask_identity(port)
    if found != expected:
        holder = f"holds another sample archive: {found}" if found else "belongs to another program"
        raise Unavailable(
            f"The sample archive needs port {port} of {HOST} ({error.strerror or error}), "
            f"and that port {holder}. "
            f"Find it with `ss -ltnp 'sport = :{port}'`, stop it, and start again."
        ) from error


def _ask_identity(port: int) -> dict[str, object] | None:
    connection = HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("GET", IDENTITY_PATH)
        found = json.loads(connection.getresponse().read(4096))
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return found if isinstance(found, dict) and found.get("archive") else None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tasks.serve_sample", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--revision", type=int, default=1, help="2 serves the corrected pages")
    parser.add_argument("--log", type=Path, help="append one JSON line a request to this file")
    given = parser.parse_args()
    try:
        with serve(given.port, given.revision, given.log) as address:
            print(f"Sample archive at {address}/ (Ctrl-C ends it)", flush=True)  # noqa: T201 - this is a program
            threading.Event().wait()
    except KeyboardInterrupt:
        return
    except Unavailable as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is a program
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
