"""Rules that tie words to their place: offsets fit the words, and the words stand there."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from schemas.rule import Rule


@dataclass(frozen=True, slots=True)
class Span:
    """The columns of one passage: its words, first code point, and the one after its last."""

    text: str
    start: str
    end: str


def span_rules(span: Span) -> tuple[Rule, ...]:
    start, end, text = pl.col(span.start), pl.col(span.end), pl.col(span.text)
    return (
        Rule(
            name=f"{span.start}_is_not_negative",
            column=span.start,
            passes=start >= 0,
            says=f"{span.start} is 0 or more.",
            broken_by={span.start: -1},
        ),
        Rule(
            name=f"{span.text}_length_matches_offsets",
            column=span.text,
            passes=text.str.len_chars().cast(pl.Int64) == end - start,
            says=f"{span.text} has as many code points as {span.end} minus {span.start}, and one.",
            broken_by={span.end: 100_000},
        ),
    )


def stands_at_offsets(span: Span, whole: str, when: pl.Expr | None = None) -> pl.Expr:
    """Whether the words are found in the column `whole` at their offsets."""
    start = pl.col(span.start)
    words = pl.col(whole).str.slice(start, pl.col(span.end) - start)
    found = (words == pl.col(span.text)) & (start >= 0)
    return found if when is None else pl.when(when).then(found)


def spans_do_not_overlap(span: Span, within: tuple[str, ...]) -> Rule:
    end_before = pl.col(span.end).shift(1).over(within, order_by=span.start)
    return Rule(
        name="spans_do_not_overlap",
        column=span.start,
        passes=pl.col(span.start) >= end_before,
        says=f"No two rows of one {', '.join(within)} share a code point.",
        broken_by={},
        compares_rows=True,
    )
