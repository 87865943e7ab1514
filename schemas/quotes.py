"""Contract of `quotes`."""

from __future__ import annotations

from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import candidates_only_without, come_together, needs, parent_rules
from schemas.contract import About, Contract, Strings, column
from schemas.records import QuoteKind
from schemas.rule import Rule
from schemas.spans import Span, span_rules, spans_do_not_overlap, stands_at_offsets

QUOTE = Span("quote_text", "start_offset", "end_offset")
MENTION = Span("mention_text", "mention_start", "mention_end")

# Longer than any statement: an opening mark that never found its closing one.
LONGEST_QUOTE = 20_000


class Quotes(
    Contract,
    about=About(
        key=("quote_id",),
        joins={"articles": "article_id", "speakers": "speaker_id"},
    ),
):
    """One row is one passage in quotation marks."""

    quote_id: str = column("Id from article, field and offsets.", forms.an_id)
    article_id: str = column("Article it stands in.", forms.an_id)
    position: int = column("Place among the article's quotes, from 0.", forms.a_count)
    quote_text: str = column("The passage with its marks as they stand.", forms.a_text)
    start_offset: int = column("First code point in body_text.")
    end_offset: int = column("Code point after the last in body_text.")
    quote_kind: str = column(
        "Whole clause, part of one, or a term or title.", listed=get_args(QuoteKind)
    )
    is_closed: bool = column("False where the closing mark is lost.")
    statement: int = column(
        "Number of the statement: passages of a split one share it.", forms.a_count
    )
    speaker_id: str = column("Who said it; null if unresolved.", forms.an_id, nullable=True)
    mention_text: str = column(
        "Words of the article that name the speaker.", forms.a_text, nullable=True
    )
    mention_start: int = column("First code point of the mention.", nullable=True)
    mention_end: int = column("Code point after the mention.", nullable=True)
    cue: str = column("Word that links quote and speaker.", forms.a_line, nullable=True)
    rule: str = column("Rule that made the link.", forms.a_name, nullable=True)
    confidence: float = column("How sure the rule is, 0 to 1.", forms.a_share, nullable=True)
    candidates: Strings = column("Who it could be, where unresolved.", forms.whole_lines)
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            *span_rules(QUOTE),
            *span_rules(MENTION),
            come_together("mention_text", "mention_start", {"mention_start": None}),
            come_together("mention_text", "mention_end", {"mention_end": None}),
            needs("speaker_id", "rule", {"rule": None}),
            needs("mention_text", "rule", {"rule": None}),
            needs("cue", "rule", {"rule": None}),
            come_together("rule", "confidence", {"confidence": None}),
            candidates_only_without("speaker_id", {"candidates": ["Maria Okello"]}),
            _is_no_page(),
            _has_words(),
            _position_is_unique(),
            _statement_has_one_speaker(),
            spans_do_not_overlap(QUOTE, within=("article_id",)),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        return (
            *parent_rules("articles", "article_id"),
            *parent_rules("speakers", "speaker_id"),
            _stands_in_the_body("quote_text_stands_in_body", QUOTE),
            _stands_in_the_body("mention_text_stands_in_body", MENTION),
            *_speaker_is_not_the_agency(),
        )


def _is_no_page() -> Rule:
    return Rule(
        name="quote_text_is_no_page",
        column="quote_text",
        passes=pl.col("quote_text").str.len_chars() <= LONGEST_QUOTE,
        says=f"A passage has at most {LONGEST_QUOTE:,} characters.",
        broken_by={"quote_text": "“" + "a" * LONGEST_QUOTE + "”"},
    )


def _has_words() -> Rule:
    return Rule(
        name="quote_text_has_words",
        column="quote_text",
        passes=pl.col("quote_text").str.contains(r"[\p{L}\p{N}]"),
        says="A passage holds at least one letter or figure.",
        broken_by={"quote_text": "“…”"},
    )


def _position_is_unique() -> Rule:
    return Rule(
        name="position_is_unique_in_article",
        column="position",
        passes=pl.len().over("article_id", "position") == 1,
        says="No two quotes of an article have one position.",
        broken_by={},
        compares_rows=True,
    )


def _statement_has_one_speaker() -> Rule:
    speakers = pl.col("speaker_id").drop_nulls().n_unique()
    return Rule(
        name="statement_has_one_speaker",
        column="statement",
        passes=speakers.over("article_id", "statement") <= 1,
        says="The passages of one split statement have one speaker.",
        broken_by={"speaker_id": "0" * 32},
        severity="warn",
        compares_rows=True,
    )


def _stands_in_the_body(name: str, span: Span) -> Rule:
    return Rule(
        name=name,
        column=span.text,
        passes=stands_at_offsets(span, "articles.body_text"),
        says=f"{span.text} is what body_text holds at its offsets.",
        broken_by={"articles.body_text": "Other words stand in this article.", **_WORDS_OF_IT},
    )


# The broken article keeps its own contract, so that only the quote is refused.
_WORDS_OF_IT = {"articles.word_count": 6}


def _speaker_is_not_the_agency() -> tuple[Rule, ...]:
    """A news agency reports and does not speak; a ministry that issues a release may."""
    kind = pl.col("speakers.speaker_kind")
    differs = (
        pl.col("speakers.speaker_name").str.to_lowercase()
        != pl.col("articles.agency").str.to_lowercase()
    )
    same_name = {"speakers.speaker_name": "Harbour Wire", "articles.agency": "Harbour Wire"}
    return (
        Rule(
            name="speaker_person_is_not_the_agency",
            column="speaker_id",
            passes=differs | (kind != "person"),
            says="A person who speaks is not the agency that issued the article.",
            broken_by={**same_name, "speakers.speaker_kind": "person"},
        ),
        Rule(
            name="speaker_is_not_the_agency",
            column="speaker_id",
            passes=differs,
            says="The agency that issued the article seldom speaks in it.",
            broken_by={**same_name, "speakers.speaker_kind": "organisation"},
            severity="warn",
        ),
    )
