"""Judging: frames and contracts in, accepted and quarantined rows out. Pure.

Rows are parted by their position in the frame, never by pandera's `drop_invalid_rows`,
which keeps what it should drop and says nothing of what it drops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from schemas.catalogue import CONTRACTS
from schemas.contract import (
    EVERY_RULE,
    Contract,
    Rule,
    Severity,
    about,
    batch_rules,
    frame_schema,
    key_of,
    one_pass_schema,
    row_rules,
    table_of,
)
from schemas.errors import ContractBroken

_POSITION = "__position"


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How one rule did: the rows put to it, and those that broke it."""

    table: str
    rule: str
    severity: Severity
    owner: str
    judged_count: int
    failed_count: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of judging one frame.

    `quarantined` holds whole rows and `reasons`, every rule each of them breaks.
    `duplicates` are good rows whose key another good row has; that one won by the stated rule.
    """

    accepted: pl.DataFrame
    quarantined: pl.DataFrame
    duplicates: pl.DataFrame
    rule_counts: tuple[RuleCount, ...]


@dataclass(frozen=True, slots=True)
class BatchVerdict:
    """One verdict per table of a batch, cross-table rules included."""

    verdicts: Mapping[str, Verdict]

    def accepted(self) -> dict[str, pl.DataFrame]:
        return {table: verdict.accepted for table, verdict in self.verdicts.items()}

    def rule_counts(self) -> tuple[RuleCount, ...]:
        return tuple(count for verdict in self.verdicts.values() for count in verdict.rule_counts)


# The rows, by position, that break each rule.
Failures = dict[str, pl.Series]


def judge(frame: pl.DataFrame, contract: type[Contract]) -> Verdict:
    """Part the good rows of a frame from the bad ones, or stop where it is not the table."""
    failures = find_failures(frame, contract)
    rules = row_rules(contract)
    good, bad = _part(frame, failures, rules)
    accepted, duplicates = _part_duplicates(good, contract)
    return Verdict(accepted, bad, duplicates, _counted(contract, rules, failures, frame.height))


def judge_batch(frames: Mapping[str, pl.DataFrame]) -> BatchVerdict:
    """Judge the tables of a batch, parents before children, each beside those before it."""
    _require_known(frames)
    verdicts: dict[str, Verdict] = {}
    for table, contract in CONTRACTS.items():
        if table in frames:
            verdict = judge(frames[table], contract)
            verdicts[table] = _judge_beside(verdict, contract, verdicts)
    return BatchVerdict(verdicts)


def find_failures(frame: pl.DataFrame, contract: type[Contract]) -> Failures:
    """The rows that break each rule on rows; a rule that none breaks is absent."""
    _require_the_table(frame, contract)
    outcomes: list[pl.DataFrame] = []
    try:
        one_pass_schema(contract, keep=outcomes.append).validate(frame, lazy=True)
    except SchemaErrors as errors:
        unexpected = [error for error in errors.schema_errors if not _is_about_rows(error)]
        if unexpected:
            raise _cannot_judge(frame, contract, unexpected[0]) from errors
    return _failures(outcomes[0])


def _judge_beside(
    verdict: Verdict, contract: type[Contract], others: Mapping[str, Verdict]
) -> Verdict:
    rules = batch_rules(contract)
    if not rules:
        return verdict
    judged = verdict.accepted
    failures, skipped = find_batch_failures(judged, contract, others)
    good, bad = _part(judged, failures, rules)
    counts = (
        *_counted(contract, [r for r in rules if r.name not in skipped], failures, judged.height),
        *_counted(contract, [r for r in rules if r.name in skipped], {}, 0),
    )
    return Verdict(
        accepted=good,
        quarantined=pl.concat([verdict.quarantined, bad]),
        duplicates=verdict.duplicates,
        rule_counts=(*verdict.rule_counts, *counts),
    )


def find_batch_failures(
    frame: pl.DataFrame, contract: type[Contract], others: Mapping[str, Verdict]
) -> tuple[Failures, frozenset[str]]:
    """The rows that break each rule beside other tables, and the rules not put to any row.

    A rule is not put where the batch does not hold a table it needs.
    """
    rules = [rule for rule in batch_rules(contract) if _needed_tables(rule) <= others.keys()]
    skipped = frozenset(rule.name for rule in batch_rules(contract) if rule not in rules)
    beside = frame
    for other, column in about(contract).joins.items():
        needed = _needed_columns(rules, other)
        if needed:
            beside = _join(beside, column, other, others[other], needed)
    outcomes = _evaluate(beside, rules, contract)
    return _failures(outcomes), skipped


def _failures(outcomes: pl.DataFrame) -> Failures:
    """A null outcome is a rule with nothing to judge in that row."""
    broken = outcomes.select(~pl.all().fill_null(value=True))
    return {name: broken[name].arg_true() for name in broken.columns if broken[name].any()}


def _evaluate(frame: pl.DataFrame, rules: Sequence[Rule], contract: type[Contract]) -> pl.DataFrame:
    try:
        return frame.select(rule.passes.alias(rule.name) for rule in rules)
    except pl.exceptions.PolarsError as error:
        raise _rule_broken(frame, rules, contract, error) from error


def _join(
    frame: pl.DataFrame, column: str, other: str, verdict: Verdict, needed: list[str]
) -> pl.DataFrame:
    """The frame with columns of another table beside it, named `table.column`."""
    (key,) = key_of(CONTRACTS[other])
    wanted = [name for name in needed if name != "is_accepted"]
    beside = pl.concat(
        side.select(key, *wanted).with_columns(pl.lit(is_accepted).alias("is_accepted"))
        for side, is_accepted in ((verdict.accepted, True), (verdict.quarantined, False))
    ).unique(key, keep="first", maintain_order=True)
    renamed = beside.select(
        pl.col(key).alias("__key"),
        *(pl.col(name).alias(f"{other}.{name}") for name in needed),
    )
    return frame.join(renamed, left_on=column, right_on="__key", how="left", maintain_order="left")


def _needed_tables(rule: Rule) -> set[str]:
    return {name.split(".")[0] for name in rule.passes.meta.root_names() if "." in name}


def _needed_columns(rules: Iterable[Rule], other: str) -> list[str]:
    names = {
        name
        for rule in rules
        for name in rule.passes.meta.root_names()
        if name.startswith(f"{other}.")
    }
    return sorted(name.removeprefix(f"{other}.") for name in names)


def _is_about_rows(error: SchemaError) -> bool:
    is_data = error.reason_code is SchemaErrorReason.DATAFRAME_CHECK
    return is_data and error.check is not None and error.check.name == EVERY_RULE


def _part(
    frame: pl.DataFrame, failures: Failures, rules: Iterable[Rule]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that break no error-level rule, and the others with all they break."""
    refusing = {rule.name for rule in rules if rule.severity == "error"}
    broken = [
        pl.DataFrame({_POSITION: positions, "reasons": [rule] * len(positions)})
        for rule, positions in failures.items()
        if rule in refusing
    ]
    no_reasons = pl.lit(None, pl.List(pl.String)).alias("reasons")
    if not broken:
        return frame, frame.clear().with_columns(no_reasons)
    reasons = pl.concat(broken).group_by(_POSITION).agg(pl.col("reasons").sort())
    judged = frame.with_row_index(_POSITION).join(
        reasons, on=_POSITION, how="left", maintain_order="left"
    )
    is_good = pl.col("reasons").is_null()
    return (
        judged.filter(is_good).drop(_POSITION, "reasons"),
        judged.filter(~is_good).drop(_POSITION),
    )


def _part_duplicates(
    frame: pl.DataFrame, contract: type[Contract]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per key: the greatest by the contract's `wins_by`, then the first by content."""
    key = list(key_of(contract))
    is_double = frame.select(pl.struct(key).is_duplicated()).to_series()
    if not is_double.any():
        return frame, frame.clear()
    winners = list(about(contract).wins_by)
    positions = (
        frame.with_row_index(_POSITION)
        .filter(is_double)
        .with_columns(pl.struct(frame.columns).struct.json_encode().alias("__content"))
        .sort(
            [*key, *winners, "__content"],
            descending=[*[False] * len(key), *[True] * len(winners), False],
            nulls_last=True,
        )
    )
    losers = positions.filter(~pl.struct(key).is_first_distinct())[_POSITION]
    loses = pl.int_range(pl.len(), dtype=pl.UInt32).is_in(losers.implode())
    return frame.filter(~loses), frame.filter(loses)


def _counted(
    contract: type[Contract], rules: Iterable[Rule], failures: Failures, judged_count: int
) -> tuple[RuleCount, ...]:
    return tuple(
        RuleCount(
            table=table_of(contract),
            rule=rule.name,
            severity=rule.severity,
            owner=rule.owner,
            judged_count=judged_count,
            failed_count=len(failures.get(rule.name, ())),
        )
        for rule in rules
    )


def _require_the_table(frame: pl.DataFrame, contract: type[Contract]) -> None:
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


def _require_known(frames: Mapping[str, pl.DataFrame]) -> None:
    unknown = sorted(frames.keys() - CONTRACTS.keys())
    if unknown:
        raise ContractBroken(
            f"no contract for {', '.join(unknown)}; known tables: {', '.join(CONTRACTS)}. "
            "Add the contract in schemas/ and its line in schemas/catalogue.py"
        )


def _cannot_judge(
    frame: pl.DataFrame, contract: type[Contract], error: SchemaError
) -> ContractBroken:
    return _rule_broken(frame, row_rules(contract), contract, error)


def _rule_broken(
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
