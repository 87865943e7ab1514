"""What the answer to one request means, and what the next request may refer to. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from schemas.exchange import KnownPage
from schemas.ids import make_id
from tasks.http_body import Body, read_body
from tasks.http_fault import Fault
from tasks.http_wire import Reply

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A server may say "not modified" for ever: a capture this old is asked for without conditions,
# and so is one page in twenty on any day.
_TRUST_VALIDATORS_FOR = timedelta(days=30)
_UNCONDITIONAL_ONE_IN = 20

_STATUS_REASONS = {
    401: "login_required",
    407: "login_required",
    403: "forbidden",
    451: "forbidden",
    404: "not_found",
    410: "gone",
    429: "rate_limited",
    204: "no_content",
    205: "no_content",
}
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]{0,250}"\Z')
_HTTP_DATE = re.compile(r"[A-Za-z0-9 ,:+-]{10,40}\Z")


def conditions_for(url: str, known: KnownPage | None, now: datetime) -> dict[str, str]:
    """Validators go back only in the form the standard gives them: they came from outside."""
    if known is None or known.capture_url != url:
        return {}
    if now - known.captured_at > _TRUST_VALIDATORS_FOR:
        return {}
    if int(make_id(url, now.date()), 16) % _UNCONDITIONAL_ONE_IN == 0:
        return {}
    conditions = {}
    if known.etag and _ETAG.match(known.etag):
        conditions["If-None-Match"] = known.etag
    if known.last_modified and _HTTP_DATE.match(known.last_modified):
        conditions["If-Modified-Since"] = known.last_modified
    return conditions


def require_success(reply: Reply) -> None:
    status = reply.head.status
    if status in (200, 203):
        return
    if status in _STATUS_REASONS:
        raise Fault(_STATUS_REASONS[status], f"status {status}")
    if status >= 500:  # noqa: PLR2004 - status classes
        raise Fault("server_error", f"status {status}")
    if status >= 400:  # noqa: PLR2004
        raise Fault("client_error", f"status {status}")
    raise Fault("bad_answer", f"status {status}, which was not asked for")


def body_of(reply: Reply, cap: int) -> Body:
    body = read_body(reply.head, reply.payload, cap)
    return replace(body, completeness="incomplete") if reply.broken_by else body


def is_closed(body: bytes) -> bool:
    """Only a page states its own end; of other text two equal answers are all one can get."""
    start = body[:1024].lower()
    if b"<html" not in start and b"<!doctype html" not in start:
        return True
    return b"</html" in body[-1024:].lower()
