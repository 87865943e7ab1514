"""What may be set: `onrecord.toml` in the data directory, overridden by `ONRECORD_*`.

The environment comes in as an argument; secrets only from it, or from a file that it names.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from schemas.errors import BadConfiguration

ADDRESSES = ("alert_urls", "alert_fallback_urls")
CORRECTIONS = Path(__file__).parent / "vocabulary" / "corrections.csv"


@dataclass(frozen=True, slots=True)
class Settings:
    """`alert_urls` are apprise addresses; they hold secrets and are never printed whole.

    `quarantine_limit` is the share of a source's units from which on it is held back, and
    `quarantine_limits` those of single sources.
    `request_budget` bounds one run over all sources; each source has its own beside it.
    `contact` is who runs this, told to every site whose source states none of its own.
    """

    data: Path
    contact: str = ""
    request_budget: int = 50_000
    lock_wait_seconds: float = 0.0
    batch_size: int = 200
    alert_urls: tuple[str, ...] = ()
    alert_fallback_urls: tuple[str, ...] = ()
    alert_timeout_seconds: float = 5.0
    alert_interval_hours: float = 24.0
    alert_reminder_hours: float = 24.0
    alert_flapping_changes: int = 3
    alert_flapping_hours: float = 24.0
    quarantine_limit: float = 0.05
    quarantine_limits: Mapping[str, float] = field(default_factory=dict)
    sql_memory_mb: int = 1024
    sql_seconds: float = 60.0
    sql_row_limit: int = 10_000

    @property
    def captures(self) -> Path:
        return self.data / "captures"

    @property
    def journal(self) -> Path:
        return self.data / "journal"

    @property
    def working(self) -> Path:
        return self.data / "working.duckdb"

    @property
    def published(self) -> Path:
        return self.data / "onrecord.duckdb"

    @property
    def report(self) -> Path:
        return self.data / "report.html"

    @property
    def lock(self) -> Path:
        return self.data / "writer.lock"

    @property
    def corrections(self) -> tuple[Path, ...]:
        """Ours first, then those of the archive's keeper."""
        return (CORRECTIONS, self.data / "corrections.csv")


def read_settings(
    environment: Mapping[str, str], data: Path | None = None, config: Path | None = None
) -> Settings:
    """Raises `BadConfiguration` naming the key, the file and what was expected."""
    folder = data or Path(environment.get("ONRECORD_DATA") or "data")
    named = config or _path(environment.get("ONRECORD_CONFIG"))
    if named and not named.is_file():
        raise BadConfiguration(
            f"{named}: expected a settings file, found none. Create it, or leave --config out"
        )
    settings = Settings(folder.absolute())
    file = named or folder / "onrecord.toml"
    if file.is_file():
        settings = _with_values(settings, _read_toml(file), str(file))
    return _with_values(settings, _from_environment(environment), "the environment")


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfiguration(f"{file}: not readable as TOML: {error}") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """`ONRECORD_BATCH_SIZE=20` sets batch_size; alert addresses may come from a named file."""
    found: dict[str, Any] = {
        each.name: environment[f"ONRECORD_{each.name.upper()}"]
        for each in fields(Settings)
        if each.name != "data" and f"ONRECORD_{each.name.upper()}" in environment
    }
    for name in ADDRESSES:
        variable = f"ONRECORD_{name.upper()}_FILE"
        if environment.get(variable):
            found[name] = _read_secret(variable, environment[variable])
    return found


def _read_secret(variable: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise BadConfiguration(
            f"{variable} names {file}, which cannot be read: {error.strerror}"
        ) from error


def _with_values(settings: Settings, values: Mapping[str, Any], origin: str) -> Settings:
    known = {each.name: each for each in fields(Settings) if each.name != "data"}
    for name in values:
        if name not in known:
            raise BadConfiguration(
                f"{origin}: unknown setting {name!r}. Known are: {', '.join(sorted(known))}"
            )
    return replace(
        settings,
        **{name: _read(name, value, settings, origin) for name, value in values.items()},
    )


def _read(name: str, value: object, settings: Settings, origin: str) -> Any:  # noqa: ANN401 - the type is that of the setting named, known only at run time
    """The value in the type of the default it replaces; numbers must not be negative."""
    if name in ADDRESSES:
        parts = value.split() if isinstance(value, str) else value
        if isinstance(parts, list) and all(isinstance(part, str) for part in parts):
            return tuple(parts)
        raise BadConfiguration(f"{origin}: {name}: expected a list of addresses")
    if name == "contact":
        return str(value)
    if name == "quarantine_limits":
        return {
            source: _read_number(f"{name}.{source}", share, float, origin)
            for source, share in _pairs(name, value, origin).items()
        }
    return _read_number(name, value, type(getattr(settings, name)), origin)


def _pairs(name: str, value: object, origin: str) -> Mapping[str, object]:
    """A table of the settings file, or `voa=0.1 sample=0.5` of the environment."""
    if isinstance(value, str) and all("=" in part for part in value.split()):
        return dict(part.split("=", 1) for part in value.split())
    if isinstance(value, dict):
        return value
    raise BadConfiguration(f"{origin}: {name}: expected source=share pairs, found {value!r}")


def _read_number(name: str, value: object, kind: type, origin: str) -> Any:  # noqa: ANN401 - as above
    try:
        number = kind(str(value))
    except ValueError as error:
        raise BadConfiguration(f"{origin}: {name}: expected a number, found {value!r}") from error
    if not math.isfinite(number):
        raise BadConfiguration(f"{origin}: {name}: expected a number with an end, found {value!r}")
    if number < 0 or (kind is int and number == 0):
        raise BadConfiguration(f"{origin}: {name}: expected more than nothing, found {value!r}")
    return number
