"""A loopback server that says exactly what a test tells it to, and logs every request itself.

Its log is the only witness for politeness: what the client believes it sent does not count.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Self

CLOSE = object()  # close the connection
RESET = object()  # close it with a TCP reset


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it. `at` is on the server's monotonic clock."""

    path: str
    headers: dict[str, str]
    at: float
    connection: int


Step = bytes | float | object
Script = Callable[[Asked], Iterable[Step]]


@dataclass
class FaultServer:
    """`script` turns a request into bytes to send, seconds to sleep, CLOSE or RESET."""

    script: Script
    tls: ssl.SSLContext | None = None
    log: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._count = 0
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # Only a shutdown wakes the thread that waits in accept, and ends the port at once.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            connection.close()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http{'s' if self.tls else ''}://{self.host}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    def pages(self) -> list[str]:
        return [path for path in self.paths() if path != "/robots.txt"]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._count += 1
            threading.Thread(
                target=self._serve, args=(connection, self._count), daemon=True
            ).start()

    def _serve(self, plain: socket.socket, number: int) -> None:
        try:
            connection = self.tls.wrap_socket(plain, server_side=True) if self.tls else plain
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.add(connection)
            while self._answer_one(connection, number):
                pass
        except OSError:
            pass
        finally:
            self._open.discard(plain)
            plain.close()

    def _answer_one(self, connection: socket.socket, number: int) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65_536)
            if not piece:
                return False
            head += piece
        asked = self._note(head, number)
        for step in self.script(asked):
            if step is CLOSE:
                # Only what was sent: the client must not learn more from a tidy shutdown.
                connection.close()
                return False
            if step is RESET:
                linger = struct.pack("ii", 1, 0)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                connection.close()
                return False
            if isinstance(step, bytes):
                connection.sendall(step)
            else:
                time.sleep(float(step))
        return True

    def _note(self, head: bytes, number: int) -> Asked:
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines if line)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        asked = Asked(first.split(" ")[1], headers, time.monotonic(), number)
        self.log.append(asked)
        return asked


def answer(
    body: bytes = b"", status: str = "200 OK", kind: str = "text/html", **headers: str
) -> bytes:
    """A whole answer with its length. Header names are given with underscores."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


NO_ROBOTS = answer(b"", "404 Not Found", "text/plain")


def site(pages: dict[str, bytes | list[Step]], robots: bytes = NO_ROBOTS) -> Script:
    """A script from a table of paths; what is not in it answers 404."""

    def script(asked: Asked) -> Iterable[Step]:
        if asked.path == "/robots.txt" and "/robots.txt" not in pages:
            return [robots]
        found = pages.get(asked.path, answer(b"no such page", "404 Not Found"))
        return found if isinstance(found, list) else [found]

    return script
