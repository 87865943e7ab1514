"""Every contract is whole: columns with meanings, rules with canaries, and both judges agree."""

from __future__ import annotations

import re

import pandera.errors
import polars as pl
import pytest

from schemas.canaries import row_canaries
from schemas.catalogue import CONTRACTS, FACT_TABLES
from schemas.columns import columns_of
from schemas.contract import (
    about,
    batch_rules,
    checked_rules,
    frame_schema,
    grain_of,
    key_of,
    presence_rule,
    row_rules,
)
from schemas.good_rows import GOOD_ROWS
from tasks.canaries import run_canaries
from tasks.failures import find_lone_failures, find_sibling_failures
from tasks.frames import frame_of
from tasks.validate import judge_batch

TABLES = pytest.mark.parametrize("table", CONTRACTS)


@TABLES
def test_every_table_says_what_one_row_is(table):
    assert grain_of(CONTRACTS[table]).startswith("One row is ")


@TABLES
def test_every_column_says_what_it_means(table):
    assert [c.name for c in columns_of(CONTRACTS[table]) if not c.description.endswith(".")] == []


@TABLES
def test_a_key_is_never_null(table):
    nullable = {c.name for c in columns_of(CONTRACTS[table]) if c.is_nullable}

    assert nullable & set(key_of(CONTRACTS[table])) == set()


@TABLES
def test_rule_names_are_words_and_said_once(table):
    names = [rule.name for rule in _all_rules(table)]

    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]+", name)] == []
    assert sorted(set(names)) == sorted(names)


@TABLES
def test_every_rule_has_a_promise_and_somebody_who_looks(table):
    unsaid = [r.name for r in _all_rules(table) if not (r.says.endswith(".") and r.owner)]

    assert unsaid == []


@TABLES
def test_every_rule_is_about_a_column_of_its_table(table):
    assert {rule.column for rule in _all_rules(table)} <= set(frame_schema(CONTRACTS[table]))


@TABLES
def test_parents_are_judged_before_their_children(table):
    order = list(CONTRACTS)

    assert all(order.index(other) < order.index(table) for other in about(CONTRACTS[table]).joins)


def test_fact_tables_carry_the_run_that_wrote_them():
    assert [t for t in FACT_TABLES if "run_id" not in frame_schema(CONTRACTS[t])] == []


def test_there_is_a_good_row_for_every_table():
    assert sorted(GOOD_ROWS) == sorted(CONTRACTS)


def test_a_batch_of_good_rows_is_accepted_whole():
    verdict = judge_batch(
        {table: frame_of([GOOD_ROWS[table]], contract) for table, contract in CONTRACTS.items()}
    )

    assert {t: v.quarantined["reasons"].to_list() for t, v in verdict.verdicts.items()} == {
        table: [] for table in CONTRACTS
    }
    assert [count for count in verdict.rule_counts() if count.failed_count] == []
    assert [count for count in verdict.rule_counts() if count.judged_count != 1] == []


@pytest.fixture(scope="module")
def canaries():
    return run_canaries()


def test_every_rule_refuses_its_canary(canaries):
    assert [f"{r.table}.{r.rule}" for r in canaries if not r.is_refused] == []


@TABLES
def test_every_rule_has_its_canary(canaries, table):
    shown = [result.rule for result in canaries if result.table == table]

    assert shown == [rule.name for rule in _all_rules(table)]


@TABLES
def test_pandera_rule_by_rule_refuses_the_same_rows(table):
    contract = CONTRACTS[table]
    frame = pl.DataFrame([c.row for c in row_canaries(contract)], schema=frame_schema(contract))

    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        contract.validate(frame, lazy=True)

    by_pandera = {
        _rule_of(error): (~error.check_output["check_output"]).arg_true().to_list()
        for error in caught.value.schema_errors
    }
    ours = {**find_lone_failures(frame, contract), **find_sibling_failures(frame, contract)}
    assert by_pandera == {rule: positions.to_list() for rule, positions in ours.items()}


def test_pandera_sees_every_rule():
    schema = CONTRACTS["quotes"].to_schema()

    named = {check.name for column in schema.columns.values() for check in column.checks}
    assert named == {rule.name for rule in checked_rules(CONTRACTS["quotes"])}


def _all_rules(table):
    return (*row_rules(CONTRACTS[table]), *batch_rules(CONTRACTS[table]))


def _rule_of(error):
    if error.check == "not_nullable":
        return presence_rule(error.schema.name)
    return error.check.name
