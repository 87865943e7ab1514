"""What the open file says of its own tables: their columns and keys, and SQL made from them."""

from __future__ import annotations

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from schemas.errors import OnrecordError


class UnknownTable(OnrecordError):
    """Rows were handed over for a table that is not there: a migration is missing."""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` in order, key columns included."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def staged(self) -> str:
        return f"staged_{self.name}"

    @property
    def content(self) -> tuple[str, ...]:
        """What decides whether a row has changed: all but the key and the run that wrote it."""
        return tuple(name for name in self.columns if name not in (*self.key, "run_id"))


def read_tables(connection: DuckDBPyConnection) -> dict[str, Table]:
    """Every table of the file that has a key, by name."""
    rows = connection.execute(
        """
        select
            columns.table_name,
            list(columns.column_name order by columns.column_index),
            any_value(constraints.constraint_column_names)
        from duckdb_columns() as columns
        inner join duckdb_constraints() as constraints
            on columns.table_oid = constraints.table_oid
            and columns.database_oid = constraints.database_oid
        where
            columns.schema_name = 'main'
            and columns.database_name = current_database()
            and constraints.constraint_type = 'PRIMARY KEY'
        group by columns.table_name
        """
    ).fetchall()
    return {name: Table(name, tuple(columns), tuple(key)) for name, columns, key in rows}


def read_table(connection: DuckDBPyConnection, name: str) -> Table:
    tables = read_tables(connection)
    if name not in tables:
        raise UnknownTable(
            f"{name}: rows were handed over, but the warehouse has no such table. "
            "Add a migration in warehouse/migrations/"
        )
    return tables[name]


def listed(names: tuple[str, ...], prefix: str = "") -> str:
    """`a, b` or, with a prefix, `p.a, p.b`."""
    return ", ".join(f"{prefix}.{name}" if prefix else name for name in names)


def same(names: tuple[str, ...], left: str, right: str) -> str:
    """The condition that two rows agree in the named columns."""
    return " and ".join(f"{left}.{name} = {right}.{name}" for name in names)


def differ(names: tuple[str, ...], left: str, right: str) -> str:
    """The condition that two rows disagree in any of the named columns, nulls being values."""
    return f"({listed(names, left)}) is distinct from ({listed(names, right)})"


def quoted(text: str) -> str:
    """For the few statements that take no parameter, such as comments; the text is our own."""
    return text.replace("'", "''")
