"""A rule that lets its canary pass is found out."""

from __future__ import annotations

import polars as pl

from schemas import findings, quotes
from schemas.contract import About, Contract, column
from schemas.good_rows import GOOD_ROWS
from schemas.rule import Rule
from tasks.canaries import CanaryResult, run_canaries


def toothless(name, column, **changes):
    return Rule(name, column, pl.lit(value=True), "Keeps nothing out.", changes)


class Blocks(findings.Blocks, about=About(key=("capture_id", "position"), owner="reading")):
    """One row is a block whose second rule never refuses."""

    @classmethod
    def rules(cls):
        says = "Long enough."
        passes = pl.col("character_count") > 1
        return (
            Rule("is_long", "character_count", passes, says, {"character_count": 1}),
            toothless("is_kind", "label", label="unknown"),
        )

    @classmethod
    def batch_rules(cls):
        return ()


class Quotes(quotes.Quotes, about=About(key=("quote_id",), joins={"articles": "article_id"})):
    """One row is a quote with a rule beside its article that never refuses."""

    @classmethod
    def rules(cls):
        return ()

    @classmethod
    def batch_rules(cls):
        bad_day = {"articles.published_precision": "year"}
        passes = pl.col("articles.published_date").is_not_null()
        return (Rule("has_a_day", "article_id", passes, "The article has a day.", bad_day),)


def passed(contract):
    return [result for result in run_canaries([contract]) if not result.is_refused]


def test_a_toothless_rule_is_named_with_its_owner():
    assert passed(Blocks) == [
        CanaryResult("blocks", "is_kind", "error", "reading", is_refused=False)
    ]


def test_a_toothless_rule_beside_another_table_is_named():
    assert [result.rule for result in passed(Quotes)] == ["has_a_day"]


class Trapped(Contract, about=About(key=("name",))):
    """One row is a row whose second rule cannot run."""

    name: str = column("A name.")

    @classmethod
    def rules(cls):
        return (Rule("trap", "name", pl.col("name").str.contains("("), "Breaks.", {}),)


def test_a_rule_that_raises_is_a_canary_that_was_not_refused(monkeypatch):
    monkeypatch.setitem(GOOD_ROWS, "trapped", {"name": "a"})

    results = run_canaries([Trapped])

    assert {each.rule: each.is_refused for each in results} == {
        "name_is_present": False,
        "trap": False,
    }
    assert all("trap cannot run" in each.error for each in results)
