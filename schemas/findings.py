"""Contracts of `findings` and `blocks`: what was found on a page, and how it was cut up."""

from __future__ import annotations

from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import parent_rules, refused_parent_rule
from schemas.contract import About, Contract, column
from schemas.records import BlockLabel, Precision
from schemas.rule import Rule


class Findings(
    Contract,
    about=About(key=("finding_id",), joins={"articles": "article_id"}, owner="reading"),
):
    """One row is one way one field of one capture was found."""

    finding_id: str = column("Id from article, field, rule and value.", forms.an_id)
    article_id: str = column("Article the field belongs to.", forms.an_id)
    capture_id: str = column("Capture it was found in.", forms.an_id)
    field: str = column("Column of articles it is a value for.", forms.a_name)
    value: str = column("The value found, as text.", forms.a_text)
    precision: str = column("How exact a date is.", nullable=True, listed=get_args(Precision))
    rule: str = column("Rule that found it.", forms.a_name)
    evidence_text: str = column("The exact characters it rests on.")
    is_chosen: bool = column("Whether this is the value in articles.")
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        chosen_days = (pl.col("is_chosen") & (pl.col("field") == "published_date")).sum()
        return (
            Rule(
                name="one_published_date_is_chosen",
                column="is_chosen",
                passes=chosen_days.over("article_id") <= 1,
                says="At most one published date of an article is chosen.",
                broken_by={"field": "published_date", "is_chosen": True},
                compares_rows=True,
            ),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        is_the_day = pl.col("is_chosen") & (pl.col("field") == "published_date")
        day = pl.col("articles.published_date").cast(pl.String)
        return (
            *parent_rules("articles", "article_id"),
            Rule(
                name="chosen_published_date_is_in_the_article",
                column="value",
                passes=~is_the_day | day.eq_missing(pl.col("value")),
                says="The chosen published date is that of the article, unless corrected there.",
                broken_by={"field": "published_date", "is_chosen": True, "value": "2007-05-26"},
                severity="warn",
            ),
        )


class Blocks(
    Contract,
    about=About(key=("capture_id", "position"), joins={"captures": "capture_id"}, owner="reading"),
):
    """One row is one block of one page."""

    capture_id: str = column("Capture it stands in.", forms.an_id)
    position: int = column("Place on the page, from 0.", forms.a_count)
    label: str = column("What the block is.", listed=get_args(BlockLabel))
    character_count: int = column("Code points in its text.", forms.a_count)
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        return (refused_parent_rule("captures", "capture_id"),)
