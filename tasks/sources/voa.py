"""Voice of America, English news of the years when the file name carried the day.

What is declared here was read from published addresses and never met the live site; the pages are
those a web archive holds, since the site has moved them.
"""

from __future__ import annotations

from datetime import date, timedelta

from schemas.source import Layout, Listing, Source
from tasks.sources.holidays import UNITED_STATES

VOA_PAGE = (
    r"https?://(?:www\.)?voanews\.com/english/[^?#]*/"
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)-voa\d+\.cfm"
)

# Until the redesign of 2010; before it the file name carried the day too.
_SPANS = Layout(
    name="spans",
    fingerprint=("span.articleheadline", "span.body"),
    body="span.body",
    headline="span.articleheadline",
    byline="span.byline",
    printed_date="span.datetime:not(span.body ~ span.datetime)",
    caption="td.imagecaption",
    related="span.smalltease, div.mainpageheader, span.body ~ span.datetime",
    navigation="div.CS_Element_LinkBar, td.NavBarTitle, td.navbar1, div.CS_Textblock_Text",
    boilerplate="div.newsfooter",
)

VOA = Source(
    name="voa",
    title="Voice of America, English news",
    publisher="Voice of America",
    hosts=("www.voanews.com", "voanews.com"),
    listings=(Listing(kind="cdx", url="www.voanews.com/english/*", page_pattern=VOA_PAGE),),
    layouts=(_SPANS,),
    reads_other_designs=True,
    # Whoever runs this states their own: nothing is asked of a site without one.
    contact="",
    time_zone="America/New_York",
    pause=timedelta(seconds=10),
    rights="VOA's own reports are in the public domain; those of agencies on it are not",
    first_date=date(2004, 1, 1),
    last_date=date(2010, 12, 31),
    wayback_fallback=True,
    request_budget=2_000,
    is_enabled=False,
    last_verified=None,
    quiet_holidays=UNITED_STATES,
)
