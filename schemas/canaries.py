"""For every rule a row that must be refused: a good row with one thing broken.

Each run judges them: a rule that lets its canary pass is broken, however quiet it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from schemas.catalogue import CONTRACTS
from schemas.contract import Contract, about, batch_rules, key_of, row_rules, table_of
from schemas.good_rows import GOOD_ROWS, Row
from schemas.ids import make_id
from schemas.rule import Rule


@dataclass(frozen=True, slots=True)
class Canary:
    """A row that one rule must refuse. Siblings and parents stand beside it where it needs them."""

    table: str
    rule: Rule
    row: Row
    siblings: tuple[Row, ...] = ()
    parents: Mapping[str, Row] = field(default_factory=dict)


def row_canaries(contract: type[Contract]) -> Iterator[Canary]:
    good = GOOD_ROWS[table_of(contract)]
    for rule in row_rules(contract):
        if rule.compares_rows:
            # A group of its own, so that no other canary is taken for a sibling.
            alone = {"article_id": make_id("canary", rule.name)}
            row = good | alone | dict(rule.broken_by)
            yield Canary(table_of(contract), rule, row, siblings=(good | alone,))
        else:
            yield Canary(table_of(contract), rule, good | dict(rule.broken_by))


def batch_canaries(contract: type[Contract]) -> Iterator[Canary]:
    """Each canary has parents of its own, by keys of its own; `broken_by` may break those."""
    table = table_of(contract)
    for rule in batch_rules(contract):
        keys = {
            column: make_id("canary", table, rule.name, column)
            for column in about(contract).joins.values()
        }
        parents = {
            other: parent
            for other, column in about(contract).joins.items()
            if (parent := _parent(other, keys[column], rule)) is not None
        }
        broken = {name: value for name, value in rule.broken_by.items() if "." not in name}
        yield Canary(table, rule, GOOD_ROWS[table] | keys | broken, parents=parents)


def _parent(table: str, key: str, rule: Rule) -> Row | None:
    broken = {
        name.removeprefix(f"{table}."): value
        for name, value in rule.broken_by.items()
        if name.startswith(f"{table}.")
    }
    is_accepted = broken.pop("is_accepted", True)
    if is_accepted is None:
        return None
    (key_column,) = key_of(CONTRACTS[table])
    refused = {} if is_accepted else {"run_id": None}
    return GOOD_ROWS[table] | {key_column: key} | broken | refused
