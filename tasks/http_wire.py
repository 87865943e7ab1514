"""One request over one connection: bounded in time and bytes, recorded as it went.

Built on `requests`' adapter, below its session: a session reads the whole body of a redirect even
when told not to follow it (1,237 MiB for a 0.6 MB body, requests 2.34), keeps cookies and reads
proxies and passwords from the environment.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import BadStatusLine, LineTooLong, UnknownProtocol
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from tasks.http_address import Resolve, addresses_of, resolve_name
from tasks.http_fault import Fault
from tasks.http_message import Head, Payload, read_head, read_payload

_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Every figure is a wall, not an aim."""

    seconds: float = 60.0
    connect_seconds: float = 10.0
    slow_after_seconds: float = 10.0
    bytes_per_second: int = 1_024
    wire_bytes: int = 8 * 1_048_576
    body_bytes: int = 16 * 1_048_576
    # A redirect's body says nothing, an error's body is evidence only.
    redirect_bytes: int = 65_536
    error_bytes: int = 262_144


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
        private_hosts: tuple[str, ...] = (),
        limits: Limits = Limits(),
        resolve: Resolve = resolve_name,
        ca_file: str | None = None,
    ) -> None:
        self._limits = limits
        self._meter = _Meter(limits, private_hosts, resolve)
        self._adapter = _Adapter(self._meter, ca_file or certifi.where())

    def ask(self, url: str, headers: Mapping[str, str], asked_at: datetime) -> Reply:
        """Send one GET. Raises Fault where no whole head came back."""
        self._meter.start()
        try:
            request = requests.Request("GET", url, headers=dict(headers)).prepare()
            response = self._adapter.send(request, stream=True, verify=self._adapter.ca_file)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise self._fault(error) from error
        try:
            return self._receive(response, asked_at)
        finally:
            response.raw.close()
            response.raw.release_conn()

    def _receive(self, response: requests.Response, asked_at: datetime) -> Reply:
        head = read_head(bytes(self._meter.received[:131_072]))
        if head.status != response.status_code:
            # The library takes 102 and 103 for the answer itself and would lose the real one.
            raise Fault("bad_answer", f"interim answer {response.status_code}")
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
        wire = bytes(self._meter.received)
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
            fault = _known_fault(cause)
            if fault is not None:
                return fault
        text = f"{type(error).__name__}: {error}"
        if self._meter.received:
            return Fault("bad_answer", text)
        return Fault("connection_failure", text, is_passing=True)

    def close(self) -> None:
        self._adapter.close()


# A body past these limits is refused outright; one cut by anything else is kept as incomplete.
_WALLS = frozenset({"timed_out", "body_too_large"})


class _Meter:
    """Counts time and bytes of the request in progress, for every connection of a Wire."""

    def __init__(self, limits: Limits, private_hosts: tuple[str, ...], resolve: Resolve) -> None:
        self.limits = limits
        self._private_hosts = private_hosts
        self._resolve = resolve
        self.start()

    def start(self) -> None:
        self.sent = bytearray()
        self.received = bytearray()
        self.fault: Fault | None = None
        self.is_new_connection = False
        self._started = time.monotonic()
        self._first_byte: float | None = None

    def seconds_left(self) -> float:
        left = self._started + self.limits.seconds - time.monotonic()
        if left <= 0:
            raise self.fail("timed_out", f"not finished within {self.limits.seconds:.0f} s")
        return left

    def take(self, piece: memoryview) -> None:
        self.received += piece
        if len(self.received) > self.limits.wire_bytes + 65_536:
            raise self.fail(
                "body_too_large", f"more than {self.limits.wire_bytes} bytes on the wire"
            )
        now = time.monotonic()
        self._first_byte = self._first_byte or now
        seconds = now - self._first_byte
        if seconds > self.limits.slow_after_seconds:
            rate = len(self.received) / seconds
            if rate < self.limits.bytes_per_second:
                raise self.fail("timed_out", f"{rate:.0f} bytes a second over {seconds:.0f} s")

    def fail(self, reason: str, detail: str) -> OSError:
        """The library only lets OSError pass; the fault is what we look at afterwards."""
        self.fault = Fault(reason, detail, is_passing=reason == "timed_out")
        return OSError(detail)

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to an address that was checked, and to no other."""
        self.is_new_connection = True
        try:
            addresses = addresses_of(host.strip("[]"), port, self._private_hosts, self._resolve)
        except Fault as fault:
            self.fault = fault
            raise OSError(str(fault)) from fault
        for address in addresses[:-1]:
            try:
                return self._connect_to(address, port, 1.0)
            except OSError:
                continue
        return self._connect_to(addresses[-1], port, self.limits.connect_seconds)

    def _connect_to(self, address: str, port: int, seconds: float) -> socket.socket:
        connected = socket.create_connection((address, port), min(seconds, self.seconds_left()))
        if connected.getpeername()[0].partition("%")[0] != address.partition("%")[0]:
            connected.close()
            raise self.fail("address_not_allowed", f"asked for {address}, connected elsewhere")
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected.settimeout(min(self.limits.connect_seconds, self.seconds_left()))
        return connected


class _MeteredReader(io.RawIOBase):
    def __init__(self, plain: socket.socket, meter: _Meter) -> None:
        self._plain = plain
        self._meter = meter
        # Counts as a user of the socket: closing the connection waits for the body to be read.
        self._raw = plain.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer, any kind
        self._plain.settimeout(self._meter.seconds_left())
        try:
            count = self._raw.readinto(buffer) or 0
        except TimeoutError:
            self._meter.seconds_left()
            raise
        self._meter.take(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _MeteredSocket:
    """What http.client uses of a socket, and nothing more."""

    def __init__(self, plain: socket.socket, meter: _Meter) -> None:
        self._plain = plain
        self._meter = meter
        self.fileno = plain.fileno
        self.close = plain.close
        self.shutdown = plain.shutdown

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:  # noqa: ANN401
        return io.BufferedReader(_MeteredReader(self._plain, self._meter), 65_536)

    def sendall(self, data: bytes) -> None:
        self._meter.sent += data
        self._plain.settimeout(self._meter.seconds_left())
        self._plain.sendall(data)

    def settimeout(self, _: float | None) -> None:
        """The deadline of the request decides, not the library's timeout."""


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, meter: _Meter, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._meter = meter

    def _new_conn(self) -> socket.socket:
        return self._meter.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self.sock = _MeteredSocket(self.sock, self._meter)


class _TlsConnection(HTTPSConnection):
    def __init__(self, *args: Any, meter: _Meter, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._meter = meter

    def _new_conn(self) -> socket.socket:
        return self._meter.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self.sock = _MeteredSocket(self.sock, self._meter)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def __init__(self, meter: _Meter, ca_file: str) -> None:
        super().__init__(max_retries=0)
        self.ca_file = ca_file
        self._meter = meter
        self._pools: dict[tuple[str, str, int], HTTPConnectionPool] = {}

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,  # noqa: ANN401, ARG002 - the library's signature
        proxies: Any = None,  # noqa: ANN401, ARG002
        cert: Any = None,  # noqa: ANN401, ARG002
    ) -> HTTPConnectionPool:
        parts = urlsplit(str(request.url))
        port = parts.port or (443 if parts.scheme == "https" else 80)
        key = (parts.scheme, parts.hostname or "", port)
        if key not in self._pools:
            kind = _TlsPool if parts.scheme == "https" else _Pool
            self._pools[key] = kind(key[1], port, maxsize=1, meter=self._meter)
        return self._pools[key]

    def drop_connections(self) -> None:
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()

    def close(self) -> None:
        self.drop_connections()
        super().close()


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
    (ssl.SSLError, "tls_failure"),
    (TimeoutError, "timed_out"),
    # Also what a connection that closes before any answer raises.
    (ConnectionError, "connection_failure"),
    (BadStatusLine, "bad_answer"),
    (LineTooLong, "bad_answer"),
    (UnknownProtocol, "bad_answer"),
)
_PASSING = frozenset({"timed_out", "connection_failure"})
