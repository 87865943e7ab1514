"""The tables as their contracts describe them: columns and keys, and SQL made from these names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.catalogue import CONTRACTS, columns_of, key_of
from schemas.errors import OnrecordError


class UnknownTable(OnrecordError):
    """Rows were handed over for a table that is not there: add its contract and a migration."""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` in order, key columns included."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def content(self) -> tuple[str, ...]:
        """What decides whether a row has changed: all but the key and the run that wrote it."""
        return tuple(name for name in self.columns if name not in (*self.key, "run_id"))


@cache
def table_named(name: str) -> Table:
    if name not in CONTRACTS:
        raise UnknownTable(
            f"{name}: rows were handed over, but there is no such table. "
            "Add its contract in schemas/ and a migration in warehouse/migrations/"
        )
    contract = CONTRACTS[name]
    return Table(name, tuple(column.name for column in columns_of(contract)), key_of(contract))


def listed(names: tuple[str, ...], prefix: str = "") -> str:
    """`a, b` or, with a prefix, `p.a, p.b`."""
    return ", ".join(f"{prefix}.{name}" if prefix else name for name in names)


def same(names: tuple[str, ...], left: str, right: str) -> str:
    """The condition that two rows agree in the named columns."""
    return " and ".join(f"{left}.{name} = {right}.{name}" for name in names)


def differ(names: tuple[str, ...], left: str, right: str) -> str:
    """The condition that two rows disagree in any of the named columns, nulls being values."""
    return f"({listed(names, left)}) is distinct from ({listed(names, right)})"
