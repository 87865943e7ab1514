"""What a contract is: one table's columns, their meaning, and the rules its rows must keep.

A contract is a pandera model. Its columns are declared by `column`, its further rules by
`rules` (seen row by row) and `batch_rules` (seen beside the rows of other tables).
Rules on the form of one column, such as an id or a code, are in `schemas.forms`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Literal

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

Severity = Literal["error", "warn"]
Strings = Annotated[pl.List, pl.String]
Integers = Annotated[pl.List, pl.Int64]
Instant = Annotated[pl.Datetime, "us", "UTC"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One promise about rows.

    `passes` is true for a row that keeps it and null where there is nothing to judge.
    `broken_by` turns a good row into one that must be refused: no rule without its canary.
    `compares_rows` marks a rule that looks at a row beside its siblings.
    """

    name: str
    column: str
    passes: pl.Expr
    says: str
    broken_by: Mapping[str, Any]
    severity: Severity = "error"
    owner: str = ""
    compares_rows: bool = False

    def as_check(self) -> pa.Check:
        return pa.Check(self._judge, name=self.name, description=self.says, n_failure_cases=1)

    def _judge(self, data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(self.passes)


# A form makes the rules of one column from its name: see `schemas.forms`.
Form = Callable[[str], Iterable[Rule]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as others need it: migrations, comments, documents."""

    name: str
    duckdb_type: str
    is_nullable: bool
    description: str
    listed: tuple[str, ...] = ()


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


def one_pass_schema(
    contract: type[Contract], keep: Callable[[pl.DataFrame], None]
) -> pa.DataFrameSchema:
    """The contract with its lone rules in one check, whose outcomes, rule by rule, go to `keep`.

    pandera makes several passes for each check, half a millisecond even on an empty frame:
    rule by rule, the tables of a batch took 0.3 s. Both ways refuse the same rows.
    """
    rules = lone_rules(contract)

    def judge(data: PolarsData) -> pl.LazyFrame:
        outcomes = data.lazyframe.select(rule.passes.alias(rule.name) for rule in rules).collect()
        keep(outcomes)
        return outcomes.lazy().select(pl.all_horizontal(pl.all().fill_null(value=True)))

    columns = {
        name: pa.Column(dtype, nullable=True) for name, dtype in frame_schema(contract).items()
    }
    every_rule = pa.Check(judge, name=EVERY_RULE, n_failure_cases=1)
    columns[key_of(contract)[0]].checks = [every_rule]
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=contract.__name__)


EVERY_RULE = "every_rule"


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
def columns_of(contract: type[Contract]) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=name,
            duckdb_type=_duckdb_type(entry.dtype.type),
            is_nullable=entry.nullable,
            description=entry.description,
            listed=entry.metadata["listed"],
        )
        for name, entry in contract.to_schema().columns.items()
    )


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


_DUCKDB_TYPES: dict[Any, str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
    pl.List(pl.String): "VARCHAR[]",
    pl.List(pl.Int64): "BIGINT[]",
}


def _duckdb_type(dtype: Any) -> str:  # noqa: ANN401 - polars types have no common static type
    return _DUCKDB_TYPES[dtype]
