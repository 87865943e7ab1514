"""Proof that the contracts judge: every rule is shown a row that it must refuse. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.canaries import Canary, batch_canaries, row_canaries
from schemas.catalogue import CONTRACTS
from schemas.contract import Contract, batch_rules, frame_schema
from schemas.errors import ContractBroken
from schemas.good_rows import Row
from schemas.rule import Severity
from tasks.failures import find_failures_beside, find_lone_failures, find_sibling_failures
from tasks.validate import judge
from tasks.verdicts import Failures, Verdict


@dataclass(frozen=True, slots=True)
class CanaryResult:
    """Whether one rule refused its canary."""

    table: str
    rule: str
    severity: Severity
    owner: str
    is_refused: bool
    error: str = ""


def run_canaries(
    contracts: Iterable[type[Contract]] = tuple(CONTRACTS.values()),
) -> tuple[CanaryResult, ...]:
    beside = {contract: tuple(batch_canaries(contract)) for contract in contracts}
    parents = _parents(canary for canaries in beside.values() for canary in canaries)
    return tuple(
        result
        for contract, canaries in beside.items()
        for result in (*_results(contract), *_results_beside(contract, canaries, parents))
    )


def _results(contract: type[Contract]) -> Iterator[CanaryResult]:
    canaries = tuple(row_canaries(contract))
    frame = _frame(contract, _with_siblings(canaries))
    try:
        failures = {
            **find_lone_failures(frame, contract),
            **find_sibling_failures(frame, contract),
        }
    except ContractBroken as error:
        yield from _unjudged(canaries, error)
    else:
        yield from _outcomes(canaries, failures)


def _results_beside(
    contract: type[Contract], canaries: Sequence[Canary], parents: Mapping[str, Verdict]
) -> Iterator[CanaryResult]:
    if canaries:
        frame = _frame(contract, _with_siblings(canaries))
        try:
            failures = find_failures_beside(frame, contract, batch_rules(contract), parents)
        except ContractBroken as error:
            yield from _unjudged(canaries, error)
        else:
            yield from _outcomes(canaries, failures)


def _unjudged(canaries: Iterable[Canary], error: ContractBroken) -> Iterator[CanaryResult]:
    """One rule that cannot run leaves every canary of its contract unjudged."""
    for canary in canaries:
        rule = canary.rule
        yield CanaryResult(
            canary.table, rule.name, rule.severity, rule.owner, is_refused=False, error=str(error)
        )


def _outcomes(canaries: Iterable[Canary], failures: Failures) -> Iterator[CanaryResult]:
    refused = {rule: frozenset(positions.to_list()) for rule, positions in failures.items()}
    position = -1
    for canary in canaries:
        position += 1 + len(canary.siblings)
        yield CanaryResult(
            table=canary.table,
            rule=canary.rule.name,
            severity=canary.rule.severity,
            owner=canary.rule.owner,
            is_refused=position in refused.get(canary.rule.name, ()),
        )


def _with_siblings(canaries: Iterable[Canary]) -> Iterator[Row]:
    for canary in canaries:
        yield from canary.siblings
        yield canary.row


def _parents(canaries: Iterable[Canary]) -> Mapping[str, Verdict]:
    """Every parent has a key of its own, so those of one table are judged together."""
    rows: dict[str, list[Row]] = {}
    for canary in canaries:
        for table, parent in canary.parents.items():
            rows.setdefault(table, []).append(parent)
    return {
        table: judge(_frame(CONTRACTS[table], parents), CONTRACTS[table])
        for table, parents in rows.items()
    }


def _frame(contract: type[Contract], rows: Iterable[Row]) -> pl.DataFrame:
    # Column by column, in the types of the contract: a canary may break any value, no type.
    columns = list(rows)
    return pl.DataFrame(
        {name: [row[name] for row in columns] for name in frame_schema(contract)},
        schema=frame_schema(contract),
    )
