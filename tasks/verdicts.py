"""Verdicts, and how failures part a frame into rows accepted, quarantined and set aside. Pure.

Rows are parted by their position in the frame, never by pandera's `drop_invalid_rows`,
which keeps what it should drop and says nothing of what it drops.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from schemas.contract import Contract, about, key_of, table_of
from schemas.rule import Rule, Severity

_POSITION = "__position"
_CONTENT = "__content"
_NO_REASONS = pl.Series("reasons", [], dtype=pl.List(pl.String))

# The rows, by position, that break each rule; a rule that none breaks is absent.
Failures = Mapping[str, pl.Series]


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
    rule_counts: tuple[RuleCount, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchVerdict:
    """One verdict per table of a batch, cross-table rules included."""

    verdicts: Mapping[str, Verdict]

    def accepted(self) -> dict[str, pl.DataFrame]:
        return {table: verdict.accepted for table, verdict in self.verdicts.items()}

    def rule_counts(self) -> tuple[RuleCount, ...]:
        return tuple(count for verdict in self.verdicts.values() for count in verdict.rule_counts)


def unjudged(frame: pl.DataFrame) -> Verdict:
    """Accepted for want of a rule."""
    nothing = frame.clear()
    return Verdict(frame, nothing.with_columns(_NO_REASONS), nothing)


def refuse(
    verdict: Verdict, contract: type[Contract], rules: Sequence[Rule], failures: Failures
) -> Verdict:
    """Of the rows accepted so far, those that break an error-level rule are quarantined."""
    good, bad = _part(verdict.accepted, rules, failures)
    return replace(
        verdict,
        accepted=good,
        quarantined=pl.concat([verdict.quarantined, bad]),
        rule_counts=(
            *verdict.rule_counts,
            *_counted(contract, rules, failures, verdict.accepted.height),
        ),
    )


def with_unput_rules(verdict: Verdict, contract: type[Contract], rules: Sequence[Rule]) -> Verdict:
    """Rules put to no row are counted as such, so that nobody takes them for kept."""
    counts = _counted(contract, rules, {}, judged_count=0)
    return replace(verdict, rule_counts=(*verdict.rule_counts, *counts))


def set_aside_duplicates(verdict: Verdict, contract: type[Contract]) -> Verdict:
    """One row per key stays: the greatest by the contract's `wins_by`, then the first by content.

    Only accepted rows compete: a bad row never displaces a good one.
    """
    key = list(key_of(contract))
    frame = verdict.accepted
    is_double = frame.select(pl.struct(key).is_duplicated()).to_series()
    if not is_double.any():
        return verdict
    winners = list(about(contract).wins_by)
    ranked = (
        frame.with_row_index(_POSITION)
        .filter(is_double)
        .with_columns(pl.struct(frame.columns).struct.json_encode().alias(_CONTENT))
        .sort(
            [*key, *winners, _CONTENT],
            descending=[*[False] * len(key), *[True] * len(winners), False],
            nulls_last=True,
        )
    )
    losers = ranked.filter(~pl.struct(key).is_first_distinct())[_POSITION]
    loses = pl.int_range(pl.len()).is_in(losers.cast(pl.Int64).implode())
    return replace(verdict, accepted=frame.filter(~loses), duplicates=frame.filter(loses))


def _part(
    frame: pl.DataFrame, rules: Sequence[Rule], failures: Failures
) -> tuple[pl.DataFrame, pl.DataFrame]:
    refusing = [rule.name for rule in rules if rule.severity == "error" and rule.name in failures]
    if not refusing:
        return frame, frame.clear().with_columns(_NO_REASONS)
    reasons = (
        pl.concat(_reasons(name, failures[name]) for name in refusing)
        .group_by(_POSITION)
        .agg(pl.col("reasons").sort())
    )
    judged = frame.with_row_index(_POSITION).join(
        reasons, on=_POSITION, how="left", maintain_order="left"
    )
    is_good = pl.col("reasons").is_null()
    return (
        judged.filter(is_good).drop(_POSITION, "reasons"),
        judged.filter(~is_good).drop(_POSITION),
    )


def _reasons(rule: str, positions: pl.Series) -> pl.DataFrame:
    return positions.alias(_POSITION).to_frame().with_columns(pl.lit(rule).alias("reasons"))


def _counted(
    contract: type[Contract], rules: Sequence[Rule], failures: Failures, judged_count: int
) -> Iterator[RuleCount]:
    for rule in rules:
        yield RuleCount(
            table=table_of(contract),
            rule=rule.name,
            severity=rule.severity,
            owner=rule.owner,
            judged_count=judged_count,
            failed_count=len(failures.get(rule.name, ())),
        )
