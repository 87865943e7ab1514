"""Contracts of `speakers`, their spellings and their roles."""

from __future__ import annotations

from datetime import date
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import code_stands_on_the_day, come_together, in_order, parent_rules
from schemas.contract import About, Contract, column
from schemas.names import a_speaker_name
from schemas.records import SpeakerKind
from schemas.rule import Rule

ALIAS_ORIGINS = ("extracted", "declared")


class Speakers(Contract, about=About(key=("speaker_id",))):
    """One row is one person or body that speaks."""

    speaker_id: str = column("Id from the folded full name.", forms.an_id)
    speaker_name: str = column("Full name.", forms.a_line, a_speaker_name)
    speaker_kind: str = column("What kind of speaker.", listed=get_args(SpeakerKind))
    first_evidenced_date: date = column(
        "Earliest published date of an article that evidences it.",
        forms.a_published_day,
        nullable=True,
    )
    last_evidenced_date: date = column("Latest such date.", forms.a_published_day, nullable=True)
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            come_together(
                "first_evidenced_date", "last_evidenced_date", {"last_evidenced_date": None}
            ),
            in_order(
                "first_evidenced_date",
                "last_evidenced_date",
                {
                    "first_evidenced_date": date(2007, 5, 26),
                    "last_evidenced_date": date(2007, 5, 25),
                },
            ),
        )


class SpeakerAliases(
    Contract,
    about=About(key=("alias_id",), joins={"speakers": "speaker_id", "articles": "article_id"}),
):
    """One row is one spelling of one speaker's name."""

    alias_id: str = column("Id from speaker and spelling.", forms.an_id)
    speaker_id: str = column("Speaker it names.", forms.an_id)
    alias: str = column("The spelling.", forms.a_line, a_speaker_name)
    origin: str = column("Read in an article, or declared by a person.", listed=ALIAS_ORIGINS)
    article_id: str = column("Article that evidences it.", forms.an_id, nullable=True)
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            Rule(
                name="extracted_alias_has_its_article",
                column="article_id",
                passes=(pl.col("origin") != "extracted") | pl.col("article_id").is_not_null(),
                says="A spelling read in an article names the article.",
                broken_by={"origin": "extracted", "article_id": None},
            ),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        return (*parent_rules("speakers", "speaker_id"), *parent_rules("articles", "article_id"))


class SpeakerRoles(
    Contract,
    about=About(key=("role_id",), joins={"speakers": "speaker_id", "articles": "article_id"}),
):
    """One row is one role of one speaker as evidenced by one article."""

    role_id: str = column("Id from speaker, article, title and affiliation.", forms.an_id)
    speaker_id: str = column("Who has the role.", forms.an_id)
    title: str = column("Title or office.", forms.a_line, nullable=True)
    affiliation: str = column("Body the speaker belongs to.", forms.a_line, nullable=True)
    country_code: str = column(
        "Country of title or affiliation.", forms.a_country_code, nullable=True
    )
    evidenced_from: date = column(
        "First day on which it is evidenced.", forms.a_published_day, nullable=True
    )
    evidenced_to: date = column(
        "Last day on which it is evidenced.", forms.a_published_day, nullable=True
    )
    article_id: str = column("Article that evidences it.", forms.an_id)
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            Rule(
                name="role_says_something",
                column="title",
                passes=pl.col("title").is_not_null() | pl.col("affiliation").is_not_null(),
                says="A role has a title or an affiliation.",
                broken_by={"title": None, "affiliation": None},
            ),
            come_together("evidenced_from", "evidenced_to", {"evidenced_to": None}),
            in_order(
                "evidenced_from",
                "evidenced_to",
                {"evidenced_from": date(2007, 5, 26), "evidenced_to": date(2007, 5, 25)},
            ),
            code_stands_on_the_day("country_code", "evidenced_from", {}),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        return (*parent_rules("speakers", "speaker_id"), *parent_rules("articles", "article_id"))
