"""Programs that alerts are sent to, on loopback: a webhook of many tempers, a mail server."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Webhook:
    """Answers 500 at /bad, at /slow only when the test is over, else what `status` says."""

    place: str
    messages: list[dict] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    status: int = 200

    def address(self, path: str = "ok", scheme: str = "json") -> str:
        return f"{scheme}://{self.place}/{path}"


@contextmanager
def webhook_server() -> Iterator[Webhook]:
    is_over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.paths.append(self.path)
            if self.path.startswith("/slow"):
                is_over.wait(10)
            if self.path.startswith("/bad") or hook.status != 200:
                self.send_response(500)
            else:
                hook.messages.append(json.loads(body))
                self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook = Webhook(f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Mailbox:
    address: str
    mails: list[bytes] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """As much of SMTP as a client needs to hand over a mail."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            for line in self.rfile:
                word = line.split()[0].upper() if line.split() else b""
                if word == b"DATA":
                    self.say("354 go on")
                    box.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.say("250 kept")
                elif word == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        port = server.server_address[1]
        box = Mailbox(f"mailto://127.0.0.1:{port}?from=a@example.org&to=b@example.org")
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield box
        server.shutdown()
