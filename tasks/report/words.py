"""How a value reads on the page: instants, shares, countries, addresses, long texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from tasks.extractors.vocabulary import read_table

# A text of a page may be a megabyte long; who wants all of it has `onrecord trace`.
LONGEST = 420


def instant(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if value else ""


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def number(value: float | None) -> str:
    return "" if value is None else f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"


def brief(text: str | None, longest: int = LONGEST) -> str:
    text = text or ""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def country_name(code: str) -> str:
    """A code that no table knows stays a code."""
    return str(Locale("en").territories.get(code) or _former_names().get(code, code))


def country_names(codes: Sequence[str]) -> str:
    return ", ".join(country_name(code) for code in codes)


def safe_link(url: str | None) -> str | None:
    """An address to click: never a script, never a file of the reader's."""
    if not url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # such as a bracket that opens no IPv6 address
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


@cache
def _former_names() -> dict[str, str]:
    """CLDR has no name for a state that is gone. CS stood for two of them: both are named."""
    names: dict[str, str] = {}
    for row in read_table("historical_states"):
        name = row["names"].split("|")[0]
        names[row["former_code"]] = name
        names[row["code"]] = f"{names[row['code']]} or {name}" if row["code"] in names else name
    return names
