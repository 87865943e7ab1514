"""Connections that count: every byte and second of a request passes through one meter.

The library's timeouts bound single reads; a server that sends a byte a second never meets one.
"""

from __future__ import annotations

import io
import socket
import time
from dataclasses import dataclass
from http.client import (
    CONTINUE,
    OK,
    SWITCHING_PROTOCOLS,
    BadStatusLine,
    HTTPResponse,
    parse_headers,
)
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from tasks.http_address import Resolve, addresses_of
from tasks.http_fault import Fault

MOST_INTERIM = 10


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


class Meter:
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


class MeteredReader(io.RawIOBase):
    def __init__(self, plain: socket.socket, meter: Meter) -> None:
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


class MeteredSocket:
    """What http.client uses of a socket, and nothing more."""

    def __init__(self, plain: socket.socket, meter: Meter) -> None:
        self._plain = plain
        self._meter = meter
        self.fileno = plain.fileno
        self.close = plain.close
        self.shutdown = plain.shutdown

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:  # noqa: ANN401
        return io.BufferedReader(MeteredReader(self._plain, self._meter), 65_536)

    def sendall(self, data: bytes) -> None:
        self._meter.sent += data
        self._plain.settimeout(self._meter.seconds_left())
        self._plain.sendall(data)

    def settimeout(self, _: float | None) -> None:
        """The deadline of the request decides, not the library's timeout."""


class _FinalResponse(HTTPResponse):
    """Reads past interim answers; the library takes 102 and 103 for the answer itself."""

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(MOST_INTERIM + 1):
            version, status, reason = super()._read_status()  # type: ignore[misc]  # untyped there
            if status < CONTINUE or status >= OK or status == SWITCHING_PROTOCOLS:
                return version, status, reason
            parse_headers(self.fp)
        raise BadStatusLine(f"more than {MOST_INTERIM} interim answers")


class _Connection(HTTPConnection):
    response_class = _FinalResponse

    def __init__(self, *args: Any, meter: Meter, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._meter = meter

    def _new_conn(self) -> socket.socket:
        return self._meter.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self.sock = MeteredSocket(self.sock, self._meter)


class _TlsConnection(HTTPSConnection):
    response_class = _FinalResponse

    def __init__(self, *args: Any, meter: Meter, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._meter = meter

    def _new_conn(self) -> socket.socket:
        return self._meter.connect(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self.sock = MeteredSocket(self.sock, self._meter)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class Adapter(HTTPAdapter):
    def __init__(self, meter: Meter, ca_file: str) -> None:
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
