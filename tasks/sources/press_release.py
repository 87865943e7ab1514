"""A site of press releases with a feed and a sitemap: copy the last value, name your own site.

The feed brings what is new, the sitemap what is old; a page that both list is asked for once.
The layouts are those that the common publishing systems give a page unless a site changes them;
a page that shows none of them is read like one of an unknown site.
"""

from __future__ import annotations

from datetime import timedelta

from schemas.source import Layout, Listing, Source

# Most special first: a site may put schema.org's marks on a WordPress theme.
COMMON_LAYOUTS = (
    Layout(
        name="microdata",
        fingerprint=("[itemprop='headline']", "[itemprop='articleBody']"),
        body="[itemprop='articleBody']",
        headline="[itemprop='headline']",
        byline="[itemprop='author']",
        printed_date="[itemprop='datePublished']",
        caption="figcaption",
        related="aside",
        navigation="nav",
        boilerplate="footer",
    ),
    Layout(
        name="wordpress",
        fingerprint=("h1.entry-title", "div.entry-content"),
        body="div.entry-content",
        headline="h1.entry-title",
        byline="span.byline",
        printed_date="time.entry-date, time.published",
        caption="figcaption, p.wp-caption-text",
        related="aside, nav.post-navigation",
        navigation="nav",
        boilerplate="footer, div.sharedaddy",
    ),
    Layout(
        name="drupal",
        fingerprint=("h1", "div.field--name-body"),
        body="div.field--name-body",
        headline="h1",
        subhead="div.field--name-field-subtitle",
        printed_date="div.field--name-field-date, div.node__content time",
        caption="figcaption",
        related="aside",
        navigation="nav",
        boilerplate="footer",
    ),
)


def press_release_source(
    name: str, host: str, feed: str = "/feed/", sitemap: str = "/sitemap.xml"
) -> Source:
    """Every page of the host is a release, unless a pattern is put into its listings."""
    return Source(
        name=name,
        title=host,
        hosts=(host,),
        listings=(
            Listing(kind="feed", url=f"https://{host}{feed}"),
            Listing(kind="sitemap", url=f"https://{host}{sitemap}"),
        ),
        layouts=COMMON_LAYOUTS,
        reads_other_designs=True,
        # Whoever runs this states their own: nothing is asked of a site without one.
        contact="",
        time_zone="UTC",
        pause=timedelta(seconds=5),
        is_enabled=False,
        last_verified=None,
    )


# A reserved name: no such host will ever answer.
PRESS_RELEASE = press_release_source("press_release", "press.example")
