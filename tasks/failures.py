"""Finding the rows that break each rule: alone, among their siblings, beside other tables. Pure.

A rule that cannot run judges no row: it raises `ContractBroken` by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from schemas.catalogue import CONTRACTS
from schemas.contract import (
    Contract,
    about,
    frame_schema,
    key_of,
    lone_rules,
    sibling_rules,
    table_of,
)
from schemas.errors import ContractBroken
from schemas.one_pass import EVERY_RULE, one_pass_schema
from schemas.rule import Rule
from tasks.verdicts import Failures, Verdict

_KEY = "__key"


def find_lone_failures(frame: pl.DataFrame, contract: type[Contract]) -> Failures:
    """What pandera finds in the frame; only failures of rules on rows may be among it."""
    require_the_table(frame, contract)
    outcomes: list[pl.DataFrame] = []
    try:
        one_pass_schema(contract, keep=outcomes.append).validate(frame, lazy=True)
    except SchemaErrors as errors:
        for error in errors.schema_errors:
            if not _is_about_rows(error):
                raise _cannot_run(frame, lone_rules(contract), contract, error) from error
    return _failures(outcomes[0])


def find_sibling_failures(frame: pl.DataFrame, contract: type[Contract]) -> Failures:
    return _evaluate(frame, sibling_rules(contract), contract)


def find_failures_beside(
    frame: pl.DataFrame,
    contract: type[Contract],
    rules: Sequence[Rule],
    others: Mapping[str, Verdict],
) -> Failures:
    """Failures of rules that look at other tables, whose verdicts are known."""
    beside = frame
    for other, column in about(contract).joins.items():
        needed = _needed_columns(rules, other)
        if needed:
            beside = _join(beside, column, _columns_of(other, others[other], needed))
    return _evaluate(beside, rules, contract)


def needed_tables(rule: Rule) -> set[str]:
    return {name.split(".")[0] for name in rule.passes.meta.root_names() if "." in name}


def require_the_table(frame: pl.DataFrame, contract: type[Contract]) -> None:
    table = table_of(contract)
    if not isinstance(frame, pl.DataFrame):
        raise ContractBroken(
            f"{table}: expected a polars DataFrame, found {type(frame).__name__}. A LazyFrame is "
            "judged for its types alone, so collect it first"
        )
    differences = _differences(frame.schema, frame_schema(contract))
    if differences:
        raise ContractBroken(
            f"{table}: the batch is not the table: {'; '.join(differences)}. Build the frame with "
            "the columns of its contract in schemas/, or change contract and migration together"
        )


def _differences(found: pl.Schema, expected: pl.Schema) -> list[str]:
    new = [f"new column {name} {found[name]}" for name in found if name not in expected]
    missing = [f"missing column {name} {expected[name]}" for name in expected if name not in found]
    changed = [
        f"column {name} changed from {expected[name]} to {found[name]}"
        for name in expected
        if name in found and found[name] != expected[name]
    ]
    differences = [*new, *missing, *changed]
    if not differences and found.names() != expected.names():
        return [f"columns in another order: {', '.join(found.names())}"]
    return differences


def _evaluate(frame: pl.DataFrame, rules: Sequence[Rule], contract: type[Contract]) -> Failures:
    try:
        return _failures(frame.select(rule.passes.alias(rule.name) for rule in rules))
    except pl.exceptions.PolarsError as error:
        raise _cannot_run(frame, rules, contract, error) from error


def _failures(outcomes: pl.DataFrame) -> Failures:
    """A null outcome is a rule with nothing to judge in that row."""
    broken = outcomes.select(~pl.all().fill_null(value=True))
    return {name: broken[name].arg_true() for name in broken.columns if broken[name].any()}


def _columns_of(other: str, verdict: Verdict, needed: Sequence[str]) -> pl.DataFrame:
    """Columns of another table, named `table.column`; a row accepted goes before one refused."""
    (key,) = key_of(CONTRACTS[other])
    wanted = [name for name in needed if name != "is_accepted"]
    both = pl.concat(
        side.select(key, *wanted).with_columns(pl.lit(is_accepted).alias("is_accepted"))
        for side, is_accepted in ((verdict.accepted, True), (verdict.quarantined, False))
    ).unique(key, keep="first", maintain_order=True)
    return both.select(
        pl.col(key).alias(_KEY), *(pl.col(name).alias(f"{other}.{name}") for name in needed)
    )


def _join(frame: pl.DataFrame, column: str, beside: pl.DataFrame) -> pl.DataFrame:
    return frame.join(beside, left_on=column, right_on=_KEY, how="left", maintain_order="left")


def _needed_columns(rules: Iterable[Rule], other: str) -> list[str]:
    names = {name for rule in rules for name in rule.passes.meta.root_names()}
    beside = sorted(name for name in names if name.startswith(f"{other}."))
    return [name.removeprefix(f"{other}.") for name in beside]


def _is_about_rows(error: SchemaError) -> bool:
    is_data = error.reason_code is SchemaErrorReason.DATAFRAME_CHECK
    return is_data and error.check is not None and error.check.name == EVERY_RULE


def _cannot_run(
    frame: pl.DataFrame, rules: Sequence[Rule], contract: type[Contract], error: Exception
) -> ContractBroken:
    names = [rule.name for rule in rules if not _runs(rule, frame)]
    return ContractBroken(
        f"{table_of(contract)}: {', '.join(names) or 'the contract'} cannot run, so no row was "
        f"judged: {str(error).strip().splitlines()[0]:.300}. Mend the rule in schemas/"
    )


def _runs(rule: Rule, frame: pl.DataFrame) -> bool:
    try:
        frame.select(rule.passes)
    except pl.exceptions.PolarsError:
        return False
    return True
