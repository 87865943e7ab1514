"""The day of a page whose listing is not at hand. Pure."""

from __future__ import annotations

import re
from datetime import date

from tasks.extractors.index_page import day_in
from tasks.sources import SOURCES


def day_named(name: str, url: str) -> date | None:
    """The day that an address of a declared source spells, if its listings know how to read it."""
    listings = SOURCES[name].listings if name in SOURCES else ()
    for listing in listings:
        if listing.page_pattern and (match := re.fullmatch(listing.page_pattern, url)):
            return day_in(match)
    return None
