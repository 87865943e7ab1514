"""A site of press releases with a feed and a sitemap: copy the last value, name your own site.

The feed brings what is new, the sitemap what is old; a page that both list is asked for once.
"""

from __future__ import annotations

from datetime import timedelta

from schemas.source import Listing, Source


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
        layouts=(),
        # Whoever runs this states their own: nothing is asked of a site without one.
        contact="",
        time_zone="UTC",
        pause=timedelta(seconds=5),
        is_enabled=False,
        last_verified=None,
    )


# A reserved name: no such host will ever answer.
PRESS_RELEASE = press_release_source("press_release", "press.example")
