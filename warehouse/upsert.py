"""The statements every table shares: insert what is new, update what differs, leave the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from warehouse.tables import Table, differ, listed, same


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """`skipped`: second rows of one key in a batch, and rows of captures older than the known."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    deleted: int = 0
    skipped: int = 0

    def __add__(self, other: MergeCounts) -> MergeCounts:
        return MergeCounts(
            self.inserted + other.inserted,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.deleted + other.deleted,
            self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """How a known row and a new one of its key become one.

    `compared` decides whether the row has changed; `values` replaces what a column is set to.
    """

    compared: tuple[str, ...]
    values: dict[str, str]
    condition: str = "true"


def plain_rule(table: Table) -> Rule:
    return Rule(table.content, {})


def merge_rows(
    connection: DuckDBPyConnection, table: Table, source: str, rule: Rule | None = None
) -> MergeCounts:
    """`source` is a select over `staged_*`; in the rule, `old` and `new` name the two rows."""
    rule = rule or plain_rule(table)
    values = [
        f"{name} = {rule.values.get(name, f'new.{name}')}"
        for name in table.columns
        if name not in table.key
    ]
    total = connection.execute(f"select count(*) from ({source})").fetchall()[0][0]
    actions = connection.execute(
        f"""
        merge into {table.name} as old using ({source}) as new
        on {same(table.key, "old", "new")}
        when matched and {rule.condition} and {differ(rule.compared, "old", "new")}
            then update set {", ".join(values)}
        when not matched
            then insert ({listed(table.columns)}) values ({listed(table.columns, "new")})
        returning merge_action
        """
    ).fetchall()
    done = Counter(action for (action,) in actions)
    return MergeCounts(done["INSERT"], done["UPDATE"], total - len(actions))


def insert_rows(connection: DuckDBPyConnection, table: Table, source: str) -> MergeCounts:
    """For rows that cannot be there yet; a key that is there after all raises."""
    rows = connection.execute(
        f"insert into {table.name} select {listed(table.columns)} from ({source})"
    ).fetchall()
    return MergeCounts(inserted=int(rows[0][0]))
