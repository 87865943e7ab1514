"""The contracts as a document: `docs/tables.md`.

`python -m schemas.document` writes docs/tables.md again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schemas.catalogue import CONTRACTS
from schemas.columns import Column, columns_of
from schemas.contract import Contract, about, batch_rules, checked_rules, grain_of, key_of
from schemas.rule import Rule

TABLES_FILE = Path(__file__).parent.parent / "docs" / "tables.md"

_OPENING = """\
# Tables

Written by `python -m schemas.document` from the contracts in `schemas/`; edit those, not this.

Every table is in the schema `main` of the published file. Text is UTF-8. Instants are UTC.
Offsets count code points, start included, end excluded. A list is never null, but may be empty.
A row that breaks a rule of severity `error` waits in `quarantine` with the names of all rules it
breaks; a rule of severity `warn` lets the row in and is counted. Columns that may not be null
have a rule for that, `<column>_is_present`, not listed below.
Rules marked * look at the rows of other tables in the same batch.
"""


def tables_document() -> str:
    sections = (
        "\n".join(_section(table, contract)) + "\n" for table, contract in CONTRACTS.items()
    )
    return "\n".join((_OPENING, _contents(), *sections))


def _contents() -> str:
    rows = [f"| [`{name}`](#{name}) | {grain_of(entry)} |" for name, entry in CONTRACTS.items()]
    return "\n".join(("| table | grain |", "| --- | --- |", *rows)) + "\n"


def _section(table: str, contract: type[Contract]) -> Iterator[str]:
    yield f"## {table}\n"
    yield f"{grain_of(contract)} Key: {_code(*key_of(contract))}.{_joins(contract)}"
    yield f"When a rule fails, {about(contract).owner} looks.\n"
    yield "| column | type | null | meaning |"
    yield "| --- | --- | --- | --- |"
    yield from (_column_line(column) for column in columns_of(contract))
    yield "\n| rule | severity | promise |"
    yield "| --- | --- | --- |"
    yield from (_rule_line(rule, "") for rule in checked_rules(contract))
    yield from (_rule_line(rule, "*") for rule in batch_rules(contract))


def _joins(contract: type[Contract]) -> str:
    joins = about(contract).joins
    if not joins:
        return ""
    named = ", ".join(
        f"{_code(column)} names a row of `{other}`" for other, column in joins.items()
    )
    return f" {named}."


def _column_line(column: Column) -> str:
    values = f" One of: {_code(*column.listed)}." if column.listed else ""
    null = "yes" if column.is_nullable else "no"
    return f"| `{column.name}` | {column.duckdb_type} | {null} | {column.description}{values} |"


def _rule_line(rule: Rule, mark: str) -> str:
    return f"| `{rule.name}`{mark} | {rule.severity} | {_cell(rule.says)} |"


def _code(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    TABLES_FILE.write_text(tables_document(), encoding="utf-8")
