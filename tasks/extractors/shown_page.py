"""A page that a web archive shows: whose page it is and when it was captured stand in the address.

`https://web.archive.org/web/20070526120000id_/http://www.example.org/press/`: the figures are the
day of the capture and never one of the page's own, and the host is the page's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from schemas.records import PageInput

SHOWN = re.compile(
    r"https?://[^/?#]+/(?:[\w.-]+/){0,3}?(?:(?P<instant>[0-9]{1,14})(?:[a-z]{2}_|\*)?/)?"
    r"(?P<scheme>https?):/{1,2}(?P<rest>[^/].*)",
    re.IGNORECASE,
)
WHOLE_INSTANT = 14  # figures, to the second, in UTC


def shown_url(url: str | None) -> str | None:
    """The page's own address; an address that shows no other page is its own."""
    match = SHOWN.fullmatch(url or "")
    return _own_url(match) if match else url


def own_page(page: PageInput) -> PageInput:
    """The page under its own address, captured when the archive's address says."""
    match = SHOWN.fullmatch(page.url or "")
    if match is None:
        return page
    captured_at = page.captured_at or _instant(match["instant"])
    return replace(page, url=_own_url(match), captured_at=captured_at)


def _own_url(match: re.Match[str]) -> str:
    """Some archives and browsers write "http:/www.example.org"."""
    return f"{match['scheme']}://{match['rest']}"


def _instant(figures: str | None) -> datetime | None:
    if figures is None or len(figures) != WHOLE_INSTANT:
        return None
    try:
        return datetime.strptime(figures, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
