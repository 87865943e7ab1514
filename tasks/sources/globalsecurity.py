"""GlobalSecurity.org's library of news: reports of agencies and broadcasters, republished.

What is declared here was read from published addresses and never met the live site. The file name
carries the day and who issued the report (usia, voa, rferl, afps, stateb, irna ...).
Of the page's designs one is declared; a page that does not show it is read like one of an unknown
site.
"""

from __future__ import annotations

from datetime import date, timedelta

from schemas.source import Layout, Listing, Source
from tasks.sources.holidays import UNITED_STATES

_HOST = r"https?://(?:www\.)?globalsecurity\.org"
# 2000/000710-dprk1.htm and 1999/wwwh9m22.htm are the older forms; the last one has no day.
_FILE = r"(?:[a-z]+-)?(?:(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)-)?[a-z0-9]+\.html?"
WMD_PAGE = rf"{_HOST}/wmd/library/news/[a-z]+/\d{{4}}/(?:\d\d/)?{_FILE}"
MILITARY_PAGE = rf"{_HOST}/military/library/news/\d{{4}}/\d\d/{_FILE}"

_ROOT = "https://www.globalsecurity.org"
_COUNTRIES = ("dprk", "iran", "iraq")

# The frame of the site's own pages since the middle of the 2000s; what an issuer's text looks like
# inside it is the issuer's.
_FRAMED = Layout(
    name="framed",
    fingerprint=("div#wrapper", "div#breadcrumbs", "div#main div#content h1"),
    body="div#content",
    headline="div#content h1",
    subhead="div#content h1 + h2",
    section="div#title",
    navigation="div#logo, div#navtop, div#breadcrumbs, div#globalsearch, div#navleft, "
    "div#navright, div#navbot",
    banner="div#adtop, div#adleft, div#adright, div#adbot",
    boilerplate="div#footer, div#modified",
)

GLOBALSECURITY = Source(
    name="globalsecurity",
    title="GlobalSecurity.org, library of news",
    publisher="GlobalSecurity.org",
    hosts=("www.globalsecurity.org", "globalsecurity.org"),
    listings=(
        *(
            Listing(
                kind="index",
                url=f"{_ROOT}/wmd/library/news/{country}/{{day:%Y}}/{{day:%m}}/index.html",
                page_pattern=WMD_PAGE,
            )
            for country in _COUNTRIES
        ),
        Listing(
            kind="index",
            url=f"{_ROOT}/military/library/news/{{day:%Y}}/{{day:%m}}/index.html",
            page_pattern=MILITARY_PAGE,
        ),
        Listing(
            kind="cdx",
            url="www.globalsecurity.org/wmd/library/news/*",
            page_pattern=WMD_PAGE,
        ),
    ),
    layouts=(_FRAMED,),
    reads_other_designs=True,
    # Whoever runs this states their own: nothing is asked of a site without one.
    contact="",
    time_zone="America/New_York",
    pause=timedelta(seconds=10),
    rights="each report belongs to its issuer; reports of US agencies are in the public domain",
    first_date=date(1999, 1, 1),
    wayback_fallback=True,
    request_budget=2_000,
    is_enabled=False,
    last_verified=None,
    quiet_holidays=UNITED_STATES,
)
