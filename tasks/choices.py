"""What a run is asked for, checked before anything starts: names of sources, ends of windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from schemas.errors import BadUsage
from schemas.records import Window
from tasks.sources import SOURCES


def choose_sources(names: Sequence[str] | None) -> tuple[str, ...]:
    """Those named, or every enabled one. Raises `BadUsage` naming the unknown one."""
    if names is None:
        return tuple(name for name, source in SOURCES.items() if source.is_enabled)
    for name in names:
        if name not in SOURCES:
            raise BadUsage(f"{name}: no such source. Declared are: {', '.join(SOURCES)}")
    return tuple(dict.fromkeys(names))


def window_of(since: date | None, until: date | None) -> Window:
    if since and until and since > until:
        raise BadUsage(f"since {since} is after until {until}. Turn them round")
    return Window(since, until)
