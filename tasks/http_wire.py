"""One request over one connection: bounded in time and bytes, recorded as it went.

Built on `requests`' adapter, below its session: a session reads the whole body of a redirect even
when told not to follow it (1,237 MiB for a 0.6 MB body, requests 2.34), keeps cookies and reads
proxies and passwords from the environment.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import BadStatusLine, LineTooLong, UnknownProtocol

import certifi
import requests
from urllib3.exceptions import HTTPError

from tasks.http_address import Resolve
from tasks.http_fault import Fault
from tasks.http_message import Head, Payload, drop_interim, read_head, read_payload
from tasks.http_meter import Adapter, Limits, Meter

_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer as received. `broken_by` names what cut the body short, if anything did."""

    asked_at: datetime
    request: bytes
    wire: bytes
    head: Head
    payload: Payload
    broken_by: str | None = None


class Wire:
    """Connections of one source, kept open between requests. One request at a time."""

    def __init__(
        self,
        private_hosts: tuple[str, ...],
        limits: Limits,
        resolve: Resolve,
        ca_file: str | None = None,
    ) -> None:
        self._limits = limits
        self._meter = Meter(limits, private_hosts, resolve)
        self._adapter = Adapter(self._meter, ca_file or certifi.where())

    def ask(self, url: str, headers: Mapping[str, str], asked_at: datetime) -> Reply:
        """Send one GET. Raises Fault where no whole head came back."""
        self._meter.start()
        try:
            request = _prepared(url, headers)
            response = self._adapter.send(request, stream=True, verify=self._adapter.ca_file)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise self._fault(error) from error
        try:
            return self._receive(response, asked_at)
        finally:
            response.raw.close()
            response.raw.release_conn()

    def _receive(self, response: requests.Response, asked_at: datetime) -> Reply:
        if _is_cut(self._meter.received):
            # The library takes the end of the connection for the end of the headers.
            raise _closed_early()
        head = read_head(bytes(self._meter.received[:131_072]))
        if head.status != response.status_code:
            # The library and we must mean the same answer.
            raise Fault("bad_answer", f"status {response.status_code}, read as {head.status}")
        cap = self._body_cap(head.status)
        broken_by, count = None, 0
        try:
            for piece in response.raw.stream(65_536, decode_content=False):
                count += len(piece)
                if count > cap:
                    broken_by = "long_body_left"
                    break
        except (HTTPError, requests.RequestException, OSError) as error:
            fault = self._fault(error)
            if fault.reason in _WALLS:
                raise fault from error
            broken_by = fault.reason
        head, wire = drop_interim(head, bytes(self._meter.received))
        self._meter.received.clear()
        payload = read_payload(head, wire)
        if payload.excess:
            # Whoever sent more than it announced may send the rest to the next page we ask for.
            self._adapter.drop_connections()
        return Reply(
            asked_at=asked_at,
            request=bytes(self._meter.sent),
            wire=wire[: len(wire) - payload.excess],
            head=head,
            payload=payload,
            broken_by=broken_by,
        )

    def _body_cap(self, status: int) -> int:
        if status in _REDIRECTS:
            return self._limits.redirect_bytes
        return self._limits.wire_bytes if status < 400 else self._limits.error_bytes  # noqa: PLR2004

    def _fault(self, error: Exception) -> Fault:
        if self._meter.fault is not None:
            return self._meter.fault
        if not self._meter.sent and isinstance(error, (ValueError, UnicodeError)):
            return Fault("bad_address", str(error))
        if not self._meter.is_new_connection and not self._meter.received:
            return Fault("connection_failure", "closed", is_passing=True, is_stale_connection=True)
        for cause in _chain(error):
            is_cut = isinstance(cause, BadStatusLine) and _is_cut(self._meter.received)
            fault = _closed_early() if is_cut else _known_fault(cause)
            if fault is not None:
                return fault
        text = f"{type(error).__name__}: {error}"
        if self._meter.received:
            return Fault("bad_answer", text)
        return Fault("connection_failure", text, is_passing=True)

    def close(self) -> None:
        self._adapter.close()


def _prepared(url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
    """A GET alone: preparing its empty body, cookies and hooks costs as much as all the rest."""
    request = requests.PreparedRequest()
    request.prepare_method("GET")
    request.prepare_url(url, None)
    request.prepare_headers(headers)
    return request


# A body past these limits is refused outright; one cut by anything else is kept as incomplete.
_WALLS = frozenset({"timed_out", "body_too_large"})


def _chain(error: BaseException) -> list[BaseException]:
    """The error and everything it wraps: urllib3 and requests each put one round it."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return found


def _is_cut(received: bytearray) -> bool:
    """Whether an answer began and ended inside its headers."""
    start = bytes(received[:7])
    is_http = bool(start) and b"HTTP/1.".startswith(start)
    return is_http and b"\n\r\n" not in received and b"\n\n" not in received


def _closed_early() -> Fault:
    return Fault("connection_failure", "closed inside the headers", is_passing=True)


def _known_fault(cause: BaseException) -> Fault | None:
    text = str(cause) or type(cause).__name__
    if isinstance(cause, Fault):
        return cause
    for kind, reason in _KNOWN:
        if isinstance(cause, kind):
            return Fault(reason, text, is_passing=reason in _PASSING)
    # http.client says this one with its bare base class.
    return Fault("bad_answer", text) if "got more than" in text else None


_KNOWN: tuple[tuple[type[BaseException], str], ...] = (
    # The line broke; the certificate is not in question.
    (ssl.SSLEOFError, "connection_failure"),
    (ssl.SSLZeroReturnError, "connection_failure"),
    (ssl.SSLError, "tls_failure"),
    (TimeoutError, "timed_out"),
    # Also what a connection that closes before any answer raises.
    (ConnectionError, "connection_failure"),
    (BadStatusLine, "bad_answer"),
    (LineTooLong, "bad_answer"),
    (UnknownProtocol, "bad_answer"),
)
_PASSING = frozenset({"timed_out", "connection_failure"})
