"""The archives we read: one module per source, one line per source here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from schemas.source import Source
from tasks.sources.globalsecurity import GLOBALSECURITY
from tasks.sources.press_release import PRESS_RELEASE
from tasks.sources.sample.declaration import SAMPLE
from tasks.sources.state_2001_2009 import STATE_2001_2009
from tasks.sources.voa import VOA

SOURCES: dict[str, Source] = {
    "sample": SAMPLE,
    "globalsecurity": GLOBALSECURITY,
    "press_release": PRESS_RELEASE,
    "state_2001_2009": STATE_2001_2009,
    "voa": VOA,
}


def gap_tolerances() -> dict[str, timedelta]:
    """How long each source lets a gap stay open."""
    return {name: source.gap_tolerance for name, source in SOURCES.items()}


def source_of(url: str | None) -> Source | None:
    """The declared source whose host an address names; a private host counts with its port."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        # "http://[::1" and the like: an address that is none belongs to no archive.
        return None
    for source in SOURCES.values():
        if parts.hostname in source.hosts and (
            not source.private_hosts or parts.netloc in source.private_hosts
        ):
            return source
    return None


def source_for(name: str, contact: str) -> Source:
    """The source as declared; where it states no contact, whoever runs this is named."""
    source = SOURCES[name]
    return source if source.contact else replace(source, contact=contact)
