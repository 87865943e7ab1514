"""How much of a source may be in quarantine before it is held back. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping

from schemas.source import Source
from tasks.settings import Settings
from warehouse.checks import Limits

# Nobody declared what saved files hold; a folder of odd pages is nobody's redesign.
UNDECLARED = {"files": math.inf}


def limits_of(settings: Settings, sources: Mapping[str, Source]) -> Limits:
    """What the settings say of a source goes before what its declaration says."""
    declared = {
        name: source.quarantine_limit
        for name, source in sources.items()
        if source.quarantine_limit is not None
    }
    return Limits(
        settings.quarantine_limit, UNDECLARED | declared | dict(settings.quarantine_limits)
    )
