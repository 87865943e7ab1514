"""The US State Department of 2001 to 2009: its frozen site, and USINFO by its archived copies.

What is declared here was read from published addresses and never met the live site.
USINFO's own host is gone. The day in its addresses may be one later than the article's, so it is
not taken for the day of a page.
"""

from __future__ import annotations

from datetime import date, timedelta

from schemas.source import Layout, Listing, Source
from tasks.sources.holidays import UNITED_STATES

_ROOT = "https://2001-2009.state.gov"
STATE_PAGE = (
    r"https?://2001-2009\.state\.gov/(?:[a-z0-9]+/){1,6}\d{4}/(?:[a-z0-9]+/){0,2}\d{4,6}\.htm"
)
USINFO_PAGE = (
    r"https?://usinfo\.state\.gov/(?:[a-z]+/)?[Aa]rchive/\d{4}/[A-Z][a-z]{2}/\d\d-\d+\.html?"
)

# The frozen site's one design; USINFO's own is not declared.
_FROZEN = Layout(
    name="frozen",
    fingerprint=("td.content-font-style h1",),
    body="td.content-font-style",
    headline="td.content-font-style h1",
    byline="td.content-font-style h1 + font",
    navigation="td.lftnav, a.lftnavbelow",
)

STATE_2001_2009 = Source(
    name="state_2001_2009",
    title="US Department of State, 2001-2009, with USINFO",
    publisher="U.S. Department of State",
    hosts=("2001-2009.state.gov", "usinfo.state.gov"),
    listings=(
        Listing(
            kind="index", url=f"{_ROOT}/r/pa/prs/dpb/{{day:%Y}}/index.htm", page_pattern=STATE_PAGE
        ),
        Listing(
            kind="index", url=f"{_ROOT}/r/pa/prs/ps/{{day:%Y}}/index.htm", page_pattern=STATE_PAGE
        ),
        Listing(kind="cdx", url="usinfo.state.gov/*", page_pattern=USINFO_PAGE),
    ),
    layouts=(_FROZEN,),
    reads_other_designs=True,
    # Whoever runs this states their own: nothing is asked of a site without one.
    contact="",
    time_zone="America/New_York",
    pause=timedelta(seconds=10),
    rights="works of the US government, in the public domain in the United States",
    date_order="month_first",
    first_date=date(2001, 1, 20),
    last_date=date(2009, 1, 20),
    wayback_fallback=True,
    request_budget=2_000,
    is_enabled=False,
    last_verified=None,
    quiet_holidays=UNITED_STATES,
)
