"""Which addresses belong to a source: decided before anything is sent. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from schemas.source import Source
from tasks.http_fault import Fault

_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def require_in_scope(url: str, source: Source) -> None:
    """Raises Fault unless the source declares the host (and a port of its own, if any)."""
    parts = _split(url)
    if parts.scheme not in _PORTS:
        raise Fault("scheme_not_allowed", f"{parts.scheme or 'no scheme'!r} in {url[:200]!r}")
    host, port = (parts.hostname or "").rstrip("."), parts.port
    spelled = f"{host}:{port}" if port else host
    is_own_port = port in (None, _PORTS[parts.scheme]) and host in source.hosts
    if not is_own_port and spelled not in (*source.hosts, *source.private_hosts):
        raise Fault(
            "outside_source", f"{spelled!r} is none of the hosts of {source.name}: {source.hosts}"
        )
    if parts.username is not None or _UNSAFE.search(url):
        raise Fault("bad_address", f"user name or control character in {url[:200]!r}")


def redirect_target(url: str, location: str | None) -> str:
    """The address a redirect names, without its fragment. A step from https to http is refused."""
    if not location:
        raise Fault("bad_redirect", f"{url} redirects without a Location")
    # Servers send UTF-8 where the header allows Latin-1 at most.
    named = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        target = urljoin(url, named).partition("#")[0]
    except ValueError as error:
        raise Fault("bad_redirect", f"{url} redirects to {named[:200]!r}: {error}") from error
    if url.startswith("https:") and target.lower().startswith("http:"):
        raise Fault("bad_redirect", f"{url} redirects to {target[:200]}, which is not encrypted")
    return target


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = _split(url)
    port = parts.port or _PORTS.get(parts.scheme, 0)
    host = (parts.hostname or "").rstrip(".")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def host_of(url: str) -> str:
    return (_split(url).hostname or "").rstrip(".")


def is_private(url: str, source: Source) -> bool:
    """Whether the source declares this very host and port as private (its own loopback)."""
    return origin_of(url).partition("://")[2] in source.private_hosts


@lru_cache(maxsize=64)  # each address is taken apart six times on its way
def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where the port is no number
    except ValueError as error:
        raise Fault("bad_address", f"not an address: {url[:200]!r}: {error}") from error
    return parts
