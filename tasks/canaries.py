"""Proof that the contracts judge: every rule is shown a row that it must refuse. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from schemas.canaries import Canary, batch_canaries, row_canaries
from schemas.catalogue import CONTRACTS
from schemas.contract import Contract, about, batch_rules, frame_schema
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


def run_canaries(
    contracts: Iterable[type[Contract]] = tuple(CONTRACTS.values()),
) -> tuple[CanaryResult, ...]:
    return tuple(result for contract in contracts for result in _results(contract))


def _results(contract: type[Contract]) -> Iterator[CanaryResult]:
    on_rows = tuple(row_canaries(contract))
    frame = _frame(contract, _with_siblings(on_rows))
    alone, among_siblings = (
        find_lone_failures(frame, contract),
        find_sibling_failures(frame, contract),
    )
    yield from _outcomes(on_rows, {**alone, **among_siblings})
    beside = tuple(batch_canaries(contract))
    if beside:
        frame = _frame(contract, _with_siblings(beside))
        parents = _parents(contract, beside)
        failures = find_failures_beside(frame, contract, batch_rules(contract), parents)
        yield from _outcomes(beside, failures)


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


def _parents(contract: type[Contract], canaries: tuple[Canary, ...]) -> Mapping[str, Verdict]:
    verdicts = {}
    for other in about(contract).joins:
        rows = [canary.parents[other] for canary in canaries if other in canary.parents]
        verdicts[other] = judge(_frame(CONTRACTS[other], rows), CONTRACTS[other])
    return verdicts


def _frame(contract: type[Contract], rows: Iterable[Row]) -> pl.DataFrame:
    # Column by column, in the types of the contract: a canary may break any value, no type.
    columns = list(rows)
    return pl.DataFrame(
        {name: [row[name] for row in columns] for name in frame_schema(contract)},
        schema=frame_schema(contract),
    )
