"""Contracts of `country_mentions` and `date_mentions`: what an article names, and where."""

from __future__ import annotations

from datetime import date
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import (
    candidates_only_without,
    code_stands_on_the_day,
    come_together,
    in_order,
    parent_rules,
)
from schemas.contract import About, Contract, Strings, column
from schemas.periods import dates_fill_their_precision
from schemas.records import MentionField, MentionKind, Precision
from schemas.rule import Rule
from schemas.spans import Span, span_rules, spans_do_not_overlap, stands_at_offsets

MENTION = Span("mention_text", "start_offset", "end_offset")
# An article that holds none of the words, whole enough to keep its own contract.
_OTHER_ARTICLE = {
    "articles.body_text": "Other words stand in this article.",
    "articles.word_count": 6,
}


class CountryMentions(
    Contract, about=About(key=("country_mention_id",), joins={"articles": "article_id"})
):
    """One row is one occurrence of a country in an article."""

    country_mention_id: str = column("Id from article, field, offsets and kind.", forms.an_id)
    article_id: str = column("Article it stands in.", forms.an_id)
    country_code: str = column(
        "Country, by the code valid on the article's day; null if ambiguous.",
        forms.a_country_code,
        nullable=True,
    )
    mention_text: str = column("The words as they stand.", forms.a_text)
    mention_kind: str = column("What kind of words.", listed=get_args(MentionKind))
    field: str = column("Text the offsets count in.", listed=get_args(MentionField))
    start_offset: int = column("First code point in that text.")
    end_offset: int = column("Code point after the last.")
    rule: str = column("Rule that decided.", forms.a_name)
    candidates: Strings = column("Codes it could be, where ambiguous.", forms.country_codes)
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            *span_rules(MENTION),
            candidates_only_without("country_code", {"candidates": ["CD", "CG"]}),
            spans_do_not_overlap(MENTION, within=("article_id", "field")),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        in_body, in_headline = pl.col("field") == "text", pl.col("field") == "headline"
        return (
            *parent_rules("articles", "article_id"),
            code_stands_on_the_day("country_code", "articles.published_date", {}),
            Rule(
                name="mention_text_stands_in_body",
                column="mention_text",
                passes=stands_at_offsets(MENTION, "articles.body_text", when=in_body),
                says="A mention in the text is what body_text holds at its offsets.",
                broken_by=_OTHER_ARTICLE,
            ),
            Rule(
                name="mention_text_stands_in_headline",
                column="mention_text",
                passes=stands_at_offsets(MENTION, "articles.headline", when=in_headline),
                says="A mention in the headline is what headline holds at its offsets.",
                broken_by={"field": "headline", "articles.headline": "Other words"},
            ),
            Rule(
                name="headline_mention_has_a_headline",
                column="field",
                passes=~in_headline | pl.col("articles.headline").is_not_null(),
                says="A mention in the headline needs an article with one.",
                broken_by={"field": "headline", "articles.headline": None},
            ),
        )


class DateMentions(
    Contract, about=About(key=("date_mention_id",), joins={"articles": "article_id"})
):
    """One row is one date in the text of an article."""

    date_mention_id: str = column("Id from article and offsets.", forms.an_id)
    article_id: str = column("Article it stands in.", forms.an_id)
    mention_text: str = column("The words as they stand.", forms.a_text)
    date_start: date = column(
        "First day meant; null if unresolved.", forms.a_day_in_history, nullable=True
    )
    date_end: date = column("Last day meant, included.", forms.a_day_in_history, nullable=True)
    precision: str = column("How exact the words are.", listed=get_args(Precision))
    rule: str = column("Rule that resolved it.", forms.a_name)
    agrees_with_weekday: bool = column(
        "Whether a weekday beside it fits; null if none stands there.", nullable=True
    )
    candidates: Strings = column("Days it could be, where unresolved.", forms.whole_lines)
    start_offset: int = column("First code point in body_text.")
    end_offset: int = column("Code point after the last.")
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            *span_rules(MENTION),
            come_together("date_start", "date_end", {"date_end": None}),
            in_order(
                "date_start",
                "date_end",
                {"date_start": date(2007, 5, 29), "date_end": date(2007, 5, 28)},
            ),
            *dates_fill_their_precision(),
            candidates_only_without("date_start", {"candidates": ["2007-05-06"]}),
            spans_do_not_overlap(MENTION, within=("article_id",)),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        return (
            *parent_rules("articles", "article_id"),
            Rule(
                name="mention_text_stands_in_body",
                column="mention_text",
                passes=stands_at_offsets(MENTION, "articles.body_text"),
                says="A date is what body_text holds at its offsets.",
                broken_by=_OTHER_ARTICLE,
            ),
        )
