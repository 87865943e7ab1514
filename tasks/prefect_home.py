"""Where Prefect keeps its state when a run is started by hand: inside the data directory.

Set before Prefect is imported: it reads the environment then.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from schemas.errors import CannotWrite


def keep_prefect_at_home(data: Path, environment: MutableMapping[str, str]) -> None:
    """What the environment says already stands; a server is used only if one is named there.

    Raises `CannotWrite` where the folder cannot be made.
    """
    home = data / "prefect"
    environment.setdefault("PREFECT_HOME", str(home))
    # Its server says no more than "timed out" where this folder is missing.
    try:
        Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(
            f"{environment['PREFECT_HOME']}: cannot be made ({error.strerror}). "
            "Give another folder with --data, or mend its permissions"
        ) from error
    environment.setdefault("PREFECT_PROFILES_PATH", str(home / "profiles.toml"))
    environment.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    # A first start migrates its database: 12 s on an idle machine, longer on a busy one.
    environment.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    environment.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    if "PREFECT_API_URL" not in environment:
        # The temporary server ends with the run: what is logged last would find it gone.
        environment.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")
    environment.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
