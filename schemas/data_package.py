"""The contracts as a Frictionless data package: what the files of an export hold."""

from __future__ import annotations

from typing import Any

from schemas.catalogue import CONTRACTS
from schemas.columns import Column, columns_of
from schemas.contract import Contract, about, grain_of, key_of

_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "datetime",
    "VARCHAR[]": "array",
    "BIGINT[]": "array",
}
# Of frictionless: instants with and without a fraction of a second.
_FORMATS = {"datetime": "any"}


def frictionless_package() -> dict[str, Any]:
    """The descriptor; the paths are those of an export to CSV."""
    return {
        "profile": "tabular-data-package",
        "name": "onrecord",
        "resources": [_resource(table, contract) for table, contract in CONTRACTS.items()],
    }


def _resource(table: str, contract: type[Contract]) -> dict[str, Any]:
    return {
        "name": table.replace("_", "-"),
        "title": table,
        "description": grain_of(contract),
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "schema": {
            "fields": [_field(column) for column in columns_of(contract)],
            "primaryKey": list(key_of(contract)),
            "foreignKeys": [
                _foreign_key(column, other) for other, column in about(contract).joins.items()
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    kind = _TYPES[column.duckdb_type]
    constraints: dict[str, Any] = {}
    if not (column.is_nullable or column.may_be_empty):
        constraints["required"] = True
    if column.listed:
        constraints["enum"] = list(column.listed)
    return {
        "name": column.name,
        "type": kind,
        **({"format": _FORMATS[kind]} if kind in _FORMATS else {}),
        "description": column.description,
        "constraints": constraints,
    }


def _foreign_key(column: str, other: str) -> dict[str, Any]:
    return {
        "fields": [column],
        "reference": {
            "resource": other.replace("_", "-"),
            "fields": list(key_of(CONTRACTS[other])),
        },
    }
