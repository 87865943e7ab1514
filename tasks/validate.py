"""Judging: frames and contracts in, verdicts out. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from schemas.catalogue import CONTRACTS
from schemas.contract import Contract, batch_rules, lone_rules, sibling_rules
from schemas.errors import ContractBroken
from tasks.failures import (
    find_failures_beside,
    find_lone_failures,
    find_sibling_failures,
    needed_tables,
)
from tasks.verdicts import (
    BatchVerdict,
    RuleCount,
    Verdict,
    refuse,
    set_aside_duplicates,
    unjudged,
    with_unput_rules,
)

__all__ = ["BatchVerdict", "RuleCount", "Verdict", "judge", "judge_batch"]


def judge(frame: pl.DataFrame, contract: type[Contract]) -> Verdict:
    """Part the good rows of a frame from the bad ones, or stop where it is not the table.

    Rows are compared with their siblings last, so that neither a bad row nor a double
    of a row speaks against a good one.
    """
    failures = find_lone_failures(frame, contract)
    verdict = refuse(unjudged(frame), contract, lone_rules(contract), failures)
    verdict = set_aside_duplicates(verdict, contract)
    failures = find_sibling_failures(verdict.accepted, contract)
    return refuse(verdict, contract, sibling_rules(contract), failures)


def judge_batch(frames: Mapping[str, pl.DataFrame]) -> BatchVerdict:
    """Judge the tables of a batch, parents before children, each beside those before it."""
    _require_known(frames)
    verdicts: dict[str, Verdict] = {}
    for table, contract in CONTRACTS.items():
        if table in frames:
            verdicts[table] = _judge_beside(judge(frames[table], contract), contract, verdicts)
    return BatchVerdict(verdicts)


def _judge_beside(
    verdict: Verdict, contract: type[Contract], others: Mapping[str, Verdict]
) -> Verdict:
    """A rule is put to no row where the batch does not hold a table it needs."""
    rules = batch_rules(contract)
    put = [rule for rule in rules if needed_tables(rule) <= others.keys()]
    failures = find_failures_beside(verdict.accepted, contract, put, others)
    verdict = refuse(verdict, contract, put, failures)
    return with_unput_rules(verdict, contract, [rule for rule in rules if rule not in put])


def _require_known(frames: Mapping[str, pl.DataFrame]) -> None:
    unknown = sorted(frames.keys() - CONTRACTS.keys())
    if unknown:
        raise ContractBroken(
            f"no contract for {', '.join(unknown)}; known tables: {', '.join(CONTRACTS)}. "
            "Add the contract in schemas/ and its line in schemas/catalogue.py"
        )
