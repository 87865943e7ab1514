"""The agencies we know, by name, alias, file-name code and own host: see agencies.csv."""

from __future__ import annotations

from functools import cache

from schemas.records import Agency
from tasks.extractors.vocabulary import read_table


def agency_named(name: str) -> Agency | None:
    """An alias in capitals ("AP", "PA") must stand as it is; longer names in any case."""
    name = name.strip().removeprefix("the ").removeprefix("The ")
    return _names().get(name) or (_folded().get(name.lower()) if len(name) > 4 else None)  # noqa: PLR2004


def agency_spelled(name: str) -> Agency:
    """The agency by the name a source gives it, with the parents we know."""
    known = agency_named(name)
    return Agency(name, known.parents if known else ())


def agency_coded(code: str) -> Agency | None:
    return _column("codes").get(code.lower())


def agency_hosted(host: str) -> Agency | None:
    """The agency whose own site this is, sub-domains included."""
    parts = host.lower().removeprefix("www.").split(".")
    for index in range(len(parts) - 1):
        if found := _column("hosts").get(".".join(parts[index:])):
            return found
    return None


@cache
def _names() -> dict[str, Agency]:
    names: dict[str, Agency] = {}
    for row in read_table("agencies"):
        for name in (row["name"], *_split(row["aliases"])):
            names.setdefault(name, _agency(row))
    return names


@cache
def _folded() -> dict[str, Agency]:
    return {name.lower(): agency for name, agency in _names().items()}


@cache
def _column(name: str) -> dict[str, Agency]:
    return {key: _agency(row) for row in read_table("agencies") for key in _split(row[name])}


def _agency(row: dict[str, str]) -> Agency:
    return Agency(row["name"], _split(row["parents"]))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
