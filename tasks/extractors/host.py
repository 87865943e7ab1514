"""Which host shows the page: its address says so, or the furniture of a page saved without one.

The host is not the issuer: a release stands on many hosts.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from schemas.records import Document, Finding
from tasks.extractors.vocabulary import read_words

DOMAIN = r"((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,12})"
FURNITURE = {"banner", "boilerplate", "navigation", "related", "source_footer"}
LONGEST_LINE = 300


def find_host(url: str | None, document: Document) -> Finding | None:
    """The value is in lower case, as in an address."""
    if url is not None:
        host = urlsplit(url).hostname
        return Finding("host", host, "url", url, is_chosen=True) if host else None
    lines = (
        block.text
        for block in document.blocks
        if block.label in FURNITURE and len(block.text) <= LONGEST_LINE
    )
    for found in filter(None, map(_line_form().search, lines)):
        host = next(group for group in found.groups() if group)
        return Finding("host", host.lower(), "furniture", found[0], is_chosen=True)
    return None


@cache
def _line_form() -> re.Pattern[str]:
    forms = (re.escape(form).replace(r"\{host\}", DOMAIN) for form in read_words("host_lines"))
    return re.compile("|".join(forms), re.IGNORECASE)
