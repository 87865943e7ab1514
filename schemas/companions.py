"""Rules that many tables share: columns that come together, and rows that have their parents."""

from __future__ import annotations

from typing import Any

import polars as pl

from schemas.country_codes import stands_on
from schemas.rule import Rule


def come_together(first: str, second: str, broken_by: dict[str, Any]) -> Rule:
    return Rule(
        name=f"{second}_comes_with_{first}",
        column=second,
        passes=pl.col(first).is_null() == pl.col(second).is_null(),
        says=f"{first} and {second} are both there or both null.",
        broken_by=broken_by,
    )


def needs(needy: str, needed: str, broken_by: dict[str, Any]) -> Rule:
    return Rule(
        name=f"{needy}_needs_{needed}",
        column=needy,
        passes=pl.col(needy).is_null() | pl.col(needed).is_not_null(),
        says=f"Where {needy} is there, {needed} is there too.",
        broken_by=broken_by,
    )


def in_order(first: str, last: str, broken_by: dict[str, Any]) -> Rule:
    return Rule(
        name=f"{first}_is_not_after_{last}",
        column=first,
        passes=pl.col(first) <= pl.col(last),
        says=f"{first} is not after {last}.",
        broken_by=broken_by,
    )


def candidates_only_without(value: str, broken_by: dict[str, Any]) -> Rule:
    return Rule(
        name=f"candidates_only_without_{value}",
        column="candidates",
        passes=pl.col(value).is_null() | (pl.col("candidates").list.len() == 0),
        says=f"Candidates are named only where {value} is null.",
        broken_by=broken_by,
    )


def only_files_have_no_url(broken_by: dict[str, Any]) -> Rule:
    return Rule(
        name="only_files_have_no_url",
        column="url",
        passes=pl.col("url").is_not_null() | (pl.col("source") == "files"),
        says="What comes from an archive has an address; what has none came from a file.",
        broken_by={"url": None, **broken_by},
    )


def parent_rules(table: str, column: str) -> tuple[Rule, ...]:
    """A row whose parent was refused goes with it; a row without a parent is an orphan."""
    parent = table.removesuffix("s")
    accepted = pl.col(f"{table}.is_accepted")
    return (
        refused_parent_rule(table, column),
        Rule(
            name=f"{parent}_is_in_the_batch",
            column=column,
            passes=pl.col(column).is_null() | accepted.is_not_null(),
            says=f"The batch holds the row of {table} that {column} names.",
            broken_by={column: "0" * 32, f"{table}.is_accepted": None},
        ),
    )


def refused_parent_rule(table: str, column: str) -> Rule:
    return Rule(
        name=f"{table.removesuffix('s')}_quarantined",
        column=column,
        passes=pl.col(f"{table}.is_accepted").fill_null(value=True),
        says=f"The row of {table} that {column} names was not refused itself.",
        broken_by={f"{table}.is_accepted": False},
    )


def code_stands_on_the_day(code: str, day: str, broken_by: dict[str, Any]) -> Rule:
    return Rule(
        name=f"{code}_is_valid_on_the_day",
        column=code,
        passes=stands_on(pl.col(code), pl.col(day)),
        says=f"{code} may stand in an article of its day: SU in 1988, SUHH in 2007.",
        broken_by={code: "SU", **broken_by},
    )
