"""The sample archive as a declared source, so that `make run` reads it like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from schemas.source import Layout, Listing, Source

PORT = 8765

# The old designs of the archive hold several issuers' pages; each is known by what only it has.
LAYOUTS = (
    Layout(
        name="library",
        fingerprint=("table#page", "td.document > div.story"),
        body="td.document div.story",
        headline="td.document h1",
        subhead="td.document h2",
        section="td.document p.section",
        printed_date="td.document p.date",
        source_footer="td.document p.producer",
        related="td.related",
        navigation="table#masthead, table#menubar, td.menu",
        banner="div.appeal",
        boilerplate="table.newsletter, p.legal",
    ),
    Layout(
        name="library_preformatted",
        fingerprint=("table#page", "td.document > pre"),
        body="td.document > pre",
        navigation="table#masthead, table#menubar, td.menu",
        banner="div.appeal",
        boilerplate="table.newsletter, p.legal",
        required=(),
    ),
    Layout(
        name="broadcast",
        fingerprint=("div#newsbody", "span.articleheadline"),
        body="div#newsbody",
        headline="span.articleheadline",
        byline="span.bylinetext",
        printed_date="span.datetext",
        caption="table.photo",
        related="div.alsosee",
        navigation="div#topnav, div#leftnav",
        boilerplate="div#pagefoot",
    ),
    Layout(
        name="forces",
        fingerprint=("div#release", "p.service"),
        body="div#release div.copy",
        headline="div#release h3",
        byline="div#release p.by",
        source_footer="div#release p.service",
        related="div#release ul.links",
        navigation="div#forcesnav",
        boilerplate="div#forcesfoot",
    ),
    Layout(
        name="wire",
        fingerprint=("div.portal", "div.wirecopy"),
        body="div.wirecopy",
        byline="div.wirecopy p.byl",
        headline="div.portal h1",
        printed_date="div.portal div.stamp",
        related="div.most-read",
        navigation="div.tabs",
        banner="div.advert",
        boilerplate="div.legal",
    ),
    Layout(
        name="feature_radio",
        fingerprint=("div.zone-main", "h2.title-story"),
        body="div.zone-main div.zone-text",
        headline="h2.title-story",
        related="div.zone-side",
        navigation="div.zone-top",
        boilerplate="div.zone-foot",
    ),
    Layout(
        name="briefing",
        fingerprint=("div#briefing", "p.briefer"),
        body="div#briefing div.transcript",
        headline="div#briefing h1",
        byline="div#briefing p.briefer",
        printed_date="div#briefing p.when",
        navigation="div#statenav, ol.topics",
        boilerplate="div#statefoot",
    ),
    Layout(
        name="ministry",
        fingerprint=("div#ministry", "div.pressrelease"),
        body="div.pressrelease div.text",
        headline="div.pressrelease h1",
        section="div.pressrelease p.kind",
        printed_date="div.pressrelease p.issued",
        source_footer="div#ministry > h6, div.pressrelease div.contact",
        navigation="ul.mainmenu",
        boilerplate="div.foot",
    ),
    Layout(
        name="modern",
        fingerprint=("article.c-story", "script[type='application/ld+json']"),
        body="article.c-story div.c-story__body",
        headline="article.c-story h1",
        subhead="article.c-story p.c-story__standfirst",
        section="article.c-story a.c-story__section",
        byline="article.c-story p.c-story__meta",
        printed_date="article.c-story time",
        caption="figure figcaption",
        related="aside",
        navigation="header, nav",
        banner="div.c-consent, div.c-donate",
        boilerplate="footer, div.c-newsletter",
    ),
)

# /library/news/sudan/2007/05/sudan-070518-pf01.htm: the file name gives day and issuer.
PAGE_PATTERN = (
    r"http://127\.0\.0\.1:\d+/(?:[a-z]+/)+(?P<year>\d{4})/(?P<month>\d{2})/"
    r"[a-z]+-\d{4}(?P<day>\d{2})-[a-z]+\d{2}\.html?"
)


def sample_source(port: int = PORT) -> Source:
    """The sample archive at a port of this machine; tests serve it at a free one."""
    address = f"http://127.0.0.1:{port}"
    return replace(
        SAMPLE,
        private_hosts=(f"127.0.0.1:{port}",),
        listings=tuple(
            replace(listing, url=listing.url.replace(f"http://127.0.0.1:{PORT}", address))
            for listing in SAMPLE.listings
        ),
    )


SAMPLE = Source(
    name="sample",
    title="Harbour Library (the sample archive, served on this machine)",
    publisher="Harbour Library",
    hosts=("127.0.0.1",),
    private_hosts=(f"127.0.0.1:{PORT}",),
    contact="sample-archive@localhost",
    time_zone="UTC",
    pause=timedelta(0),
    rights="written for this project",
    date_order="day_first",
    first_date=date(1999, 1, 1),
    last_date=date(2009, 12, 31),
    expected_per_day=(0, 2),
    # It has a challenge, an empty page and a page that says it is not there, on purpose.
    quarantine_limit=0.1,
    listings=(
        Listing(
            kind="index",
            url=f"http://127.0.0.1:{PORT}/library/{{day:%Y}}/index.html",
            page_pattern=PAGE_PATTERN,
            next_selector="a.next",
            count_selector="span.total",
        ),
        Listing(
            kind="index",
            url=f"http://127.0.0.1:{PORT}/mirror/index.html",
            page_pattern=PAGE_PATTERN,
            count_selector="span.total",
        ),
    ),
    layouts=LAYOUTS,
    agencies={
        "wf": "World File",
        "ef": "Embassy File",
        "hl": "Harbour Library",
        "hri": "Harbour Radio International",
        "jfps": "Joint Forces Press Service",
        "cp": "Continental Press",
        "rd": "Radio Danube",
        "stateb": "U.S. Department of State",
        "mfaee": "Ministry of Foreign Affairs of Estonia",
        "mfafi": "Ministry for Foreign Affairs of Finland",
    },
)
