"""Which addresses a request may reach: decided on what a name resolves to, never on its text.

`ipaddress.is_global` alone is not enough: it is true for NAT64 and 6to4 spellings of loopback
and for multicast.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, Queue
from threading import Thread

from tasks.http_fault import Fault

Resolve = Callable[[str, int], list[str]]

_RESOLVE_SECONDS = 5.0

_DENIED = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)


def is_public(address: str) -> bool:
    """Whether the address is one that the whole internet agrees on."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return parsed.is_global and not any(
        parsed in network for network in _DENIED if network.version == parsed.version
    )


def addresses_of(
    host: str, port: int, private_hosts: tuple[str, ...], resolve: Resolve
) -> tuple[str, ...]:
    """The addresses of a host that may be connected to; one forbidden member refuses them all."""
    addresses = tuple(dict.fromkeys(resolve(host, port)))
    if not addresses:
        raise Fault("dns_failure", f"{host} has no address")
    for address in addresses:
        if not is_public(address) and _spelled(address, port) not in private_hosts:
            raise Fault(
                "address_not_allowed",
                f"{host} resolves to {address}, which is not a public address; a source that "
                f"means it lists {_spelled(address, port)!r} in private_hosts",
            )
    return addresses


def resolve_name(host: str, port: int) -> list[str]:
    """The system's resolver, which knows no deadline of its own, held to one."""
    found: Queue[list[str] | OSError] = Queue()
    Thread(target=_resolve_into, args=(found, host, port), daemon=True).start()
    try:
        answer = found.get(timeout=_RESOLVE_SECONDS)
    except Empty:
        raise Fault(
            "dns_failure", f"{host}: no answer within {_RESOLVE_SECONDS:.0f} s", is_passing=True
        ) from None
    if isinstance(answer, OSError):
        is_passing = getattr(answer, "errno", None) == socket.EAI_AGAIN
        raise Fault("dns_failure", f"{host}: {answer}", is_passing=is_passing)
    return answer


def _resolve_into(found: Queue[list[str] | OSError], host: str, port: int) -> None:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found.put([str(row[4][0]) for row in rows])
    except UnicodeError as error:
        found.put(OSError(f"not a host name: {error}"))
    except OSError as error:
        found.put(error)


def _spelled(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
