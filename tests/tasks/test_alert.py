"""A message is owed until a channel has had it; a channel that fails costs its timeout once."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tasks.alert import LOG_CHANNEL, Sender, channels_of, deliver, owed, redact
from tasks.incidents import Signal, decide_changes, incident_fields

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def opened(source):
    signal = Signal("quotes_are_found", source, "warn", False, "Too few.", "[]", "data")  # noqa: FBT003
    (change,) = decide_changes([], [signal], "run-1", NOW)
    return change


def line(change):
    made = {"kind": "incident", **incident_fields(change)}
    made["incident"]["opened_at"] = NOW.isoformat()
    return made


def told(delivery):
    return {"kind": "delivery", **delivery.fields()}


@pytest.fixture
def receiver():
    """Answers 200 at /ok, 500 at /bad, and at /slow only when the test is over."""
    asked, is_over = [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.path)
            if self.path.startswith("/slow"):
                is_over.wait(10)
            self.send_response(500 if self.path.startswith("/bad") else 200)
            self.end_headers()

        def log_message(self, *_):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"json://127.0.0.1:{server.server_address[1]}", asked
    is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_channel_gets_each_message_once(receiver):
    address, asked = receiver
    channels = channels_of([f"{address}/ok"])
    lines = [line(opened("voa"))]

    sent = deliver(owed(lines, channels), Sender(channels, 5), "run-1", NOW)

    assert [each.is_delivered for each in sent] == [True]
    assert owed([*lines, *map(told, sent)], channels) == []
    assert [path.rstrip("/") for path in asked] == ["/ok"]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        pytest.param("/bad", "refused or unreachable", id="refusing"),
        pytest.param("/slow", "no answer within 0.5 s", id="hanging"),
    ],
)
def test_a_channel_that_fails_is_asked_once_a_run_and_stays_owed(receiver, path, detail):
    address, asked = receiver
    channels = channels_of([address + path])
    lines = [line(opened("sample")), line(opened("voa"))]

    started = time.monotonic()
    sent = deliver(owed(lines, channels), Sender(channels, 0.5), "run-1", NOW)

    assert time.monotonic() - started < 5
    assert [each.detail for each in sent] == [
        detail,
        "not tried: the channel failed before in this run",
    ]
    assert len(asked) == 1
    assert len(owed([*lines, *map(told, sent)], channels)) == 2


def test_the_log_is_a_channel():
    sender = Sender({}, 1)

    (sent,) = deliver([(opened("voa"), LOG_CHANNEL)], sender, "run-1", NOW)

    assert (sent.is_delivered, sent.detail) == (True, "written to the log")


def test_an_address_that_is_none_is_said_to_be_so():
    channels = channels_of(["nothing-that-apprise-knows"])

    sent = deliver([(opened("voa"), *channels)], Sender(channels, 1), "run-1", NOW)

    assert sent[0].detail == "the address is not one that apprise knows"


def test_a_channel_name_holds_scheme_and_host_and_no_secret():
    name = redact("json://user:canary@h.example.org:81/canary?k=canary")

    assert name.startswith("json://h.example.org:81#")
    assert "canary" not in name
