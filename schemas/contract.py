"""What a contract is: one table's columns, their meaning, and the rules its rows must keep.

A contract is a pandera model. Its columns are declared by `column`, its further rules by
`rules` (seen row by row) and `batch_rules` (seen beside the rows of other tables).
Rules on the form of one column, such as an id or a code, are in `schemas.forms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl

from schemas.rule import Form, Rule

Strings = Annotated[pl.List, pl.String]
Integers = Annotated[pl.List, pl.Int64]
Instant = Annotated[pl.Datetime, "us", "UTC"]


def column(
    says: str,
    *forms: Form,
    nullable: bool = False,
    listed: Iterable[str] = (),
) -> Any:  # noqa: ANN401 - pandera wants the field where the type stands
    """A column: what it means, its forms, and the closed list its values come from."""
    return pa.Field(
        nullable=nullable,
        description=says,
        metadata={"forms": forms, "listed": tuple(listed)},
    )


@dataclass(frozen=True, slots=True)
class About:
    """What a contract says of its table as a whole.

    `joins` names, for each other table, the column here that holds its key.
    `wins_by`: where two good rows share a key, the greatest by these columns stays.
    `owner` looks when a rule fails.
    """

    key: tuple[str, ...] = ()
    joins: Mapping[str, str] = field(default_factory=dict)
    wins_by: tuple[str, ...] = ()
    owner: str = "extraction"


class Contract(pa.DataFrameModel):
    """One row is ...: the grain, in one sentence."""

    # Underscored: pandera takes every other annotated name for a column.
    _about: About = About()

    def __init_subclass__(cls, *, about: About = About(), **options: Any) -> None:  # noqa: ANN401
        super().__init_subclass__(**options)  # type: ignore[no-untyped-call]
        cls._about = about

    class Config:
        strict = True
        coerce = False
        ordered = True

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        """Rules on several columns of one row."""
        return ()

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        """Rules beside other tables; their columns are named `table.column`."""
        return ()

    @classmethod
    def build_schema_(cls, **options: Any) -> pa.DataFrameSchema:  # noqa: ANN401 - pandera's own
        schema = super().build_schema_(**options)
        for rule in checked_rules(cls):
            schema.columns[rule.column].checks.append(rule.as_check())
        return schema


def about(contract: type[Contract]) -> About:
    return contract._about  # noqa: SLF001


def table_of(contract: type[Contract]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", contract.__name__).lower()


def grain_of(contract: type[Contract]) -> str:
    return (contract.__doc__ or "").strip().splitlines()[0]


def key_of(contract: type[Contract]) -> tuple[str, ...]:
    return about(contract).key


@cache
def frame_schema(contract: type[Contract]) -> pl.Schema:
    """The polars types of the table, in column order."""
    dtypes = {name: entry.dtype.type for name, entry in contract.to_schema().columns.items()}
    return pl.Schema(dtypes)


@cache
def checked_rules(contract: type[Contract]) -> tuple[Rule, ...]:
    """Every rule pandera runs for us; presence is its own, see `presence_rules`."""
    rules = (*_column_rules(contract), *contract.rules())
    return tuple(replace(rule, owner=rule.owner or about(contract).owner) for rule in rules)


@cache
def presence_rules(contract: type[Contract]) -> tuple[Rule, ...]:
    """The not-null promises, which pandera keeps by `nullable`."""
    return tuple(
        Rule(
            name=presence_rule(name),
            column=name,
            passes=pl.col(name).is_not_null(),
            says=f"{name} is never null.",
            broken_by={name: None},
            owner=about(contract).owner,
        )
        for name, (_, info) in contract.__fields__.items()
        if not info.nullable
    )


def presence_rule(column_name: str) -> str:
    return f"{column_name}_is_present"


@cache
def row_rules(contract: type[Contract]) -> tuple[Rule, ...]:
    """Every rule on the rows of one table."""
    return (*presence_rules(contract), *checked_rules(contract))


@cache
def lone_rules(contract: type[Contract]) -> tuple[Rule, ...]:
    return tuple(rule for rule in row_rules(contract) if not rule.compares_rows)


@cache
def sibling_rules(contract: type[Contract]) -> tuple[Rule, ...]:
    return tuple(rule for rule in row_rules(contract) if rule.compares_rows)


@cache
def batch_rules(contract: type[Contract]) -> tuple[Rule, ...]:
    return tuple(
        replace(rule, owner=rule.owner or about(contract).owner) for rule in contract.batch_rules()
    )


def _column_rules(contract: type[Contract]) -> Iterable[Rule]:
    for name, (_, info) in contract.__fields__.items():
        declared = info.metadata or {}
        for form in declared["forms"]:
            yield from form(name)
        if declared["listed"]:
            yield _is_listed(name, declared["listed"])


def _is_listed(name: str, values: tuple[str, ...]) -> Rule:
    return Rule(
        name=f"{name}_is_listed",
        column=name,
        passes=pl.col(name).is_in(values),
        says=f"{name} is one of its closed list.",
        broken_by={name: "no such value"},
    )
