"""Contract of `completeness`: what was expected of a source and what came of it, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import come_together, in_order, needs
from schemas.contract import About, Contract, Instant, column
from schemas.expectation import GAP_REASONS, ExpectedBy, PeriodKind
from schemas.reasons import REASONS
from schemas.rule import Rule

STATES = ("filled", "open", "explained")
_NO_CAPTURE = {"failed", "deferred", "refused"}
ALL_GAP_REASONS = tuple(
    dict.fromkeys((*GAP_REASONS, *(r.code for r in REASONS if r.disposition in _NO_CAPTURE)))
)


class Completeness(Contract, about=About(key=("completeness_id",), owner="fetching")):
    """One row is one day of one source, or one longer period that a listing speaks for."""

    completeness_id: str = column("Id from source, period and first day.", forms.an_id)
    source: str = column("Declared archive.", forms.a_name)
    period: str = column(
        "What the row spans. Rows of one kind add up; `whole` is the source as a whole.",
        listed=get_args(PeriodKind),
    )
    first_date: date = column("Its first day; null for the whole.", nullable=True)
    last_date: date = column("Its last day; null for the whole.", nullable=True)
    expected_by: str = column(
        "What says how many pages there are; null where its listing could not be read.",
        listed=get_args(ExpectedBy),
        nullable=True,
    )
    expected_count: int = column(
        "Pages there should be; null where nobody can say.", forms.a_count, nullable=True
    )
    listed_count: int = column("Pages that listings showed.", forms.a_count)
    fetched_count: int = column("Of these, pages with a capture.", forms.a_count)
    parsed_count: int = column("Of these, pages whose newest capture was read.", forms.a_count)
    loaded_count: int = column("Of these, pages whose newest capture gave a row.", forms.a_count)
    published_count: int = column(
        "Listed pages that readers find an article of, if only an older one. "
        "Less than loaded where the source is held back.",
        forms.a_count,
    )
    missing_count: int = column(
        "Pages wanted and not had that no shorter period names; null where not known.",
        forms.a_count,
        nullable=True,
    )
    state: str = column("Whether anything is still wanted.", listed=STATES)
    reason: str = column("Why the gap is there.", listed=ALL_GAP_REASONS, nullable=True)
    detail: str = column("The gap in words.", forms.a_text, nullable=True)
    try_count: int = column("Times it was tried since it opened.", forms.a_count)
    next_try_at: Instant = column(
        "When it is tried again (UTC); null is the next run.", forms.an_instant, nullable=True
    )
    missing_since: Instant = column(
        "When the gap was first seen (UTC).", forms.an_instant, nullable=True
    )
    tolerated_until: Instant = column(
        "How long the source allows it to stay open (UTC).", forms.an_instant, nullable=True
    )
    explanation: str = column("Why it need not be filled.", forms.a_text, nullable=True)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        is_gap = pl.col("state") != "filled"
        return (
            in_order(
                "first_date",
                "last_date",
                {"first_date": date(2007, 5, 2), "last_date": date(2007, 5, 1)},
            ),
            come_together("first_date", "last_date", {"last_date": None}),
            come_together(
                "missing_since",
                "tolerated_until",
                {"missing_since": datetime(2007, 5, 2, tzinfo=UTC), "tolerated_until": None},
            ),
            needs("detail", "reason", {"detail": "nothing listed", "reason": None}),
            Rule(
                name="only_the_whole_has_no_days",
                column="first_date",
                passes=(pl.col("period") == "whole") == pl.col("first_date").is_null(),
                says="A day, month or year has its first day, and the whole has none.",
                broken_by={"period": "whole"},
            ),
            Rule(
                name="gap_has_a_reason",
                column="reason",
                passes=is_gap == pl.col("reason").is_not_null(),
                says="An open or explained gap has a reason; what is filled has none.",
                broken_by={"state": "open", "reason": None},
            ),
            Rule(
                name="only_explained_gaps_are_explained",
                column="explanation",
                passes=(pl.col("state") == "explained") == pl.col("explanation").is_not_null(),
                says="What is explained says why, and nothing else does.",
                broken_by={"explanation": "no paper on holidays"},
            ),
            Rule(
                name="filled_lacks_nothing",
                column="missing_count",
                passes=is_gap | (pl.col("missing_count") == 0).fill_null(value=False),
                says="Where the state is filled, no page is missing.",
                broken_by={"missing_count": 1},
            ),
            Rule(
                name="counts_go_down_the_way",
                column="fetched_count",
                passes=(pl.col("expected_count").fill_null(pl.col("listed_count")))
                .ge(pl.col("listed_count"))
                .and_(pl.col("listed_count") >= pl.col("fetched_count"))
                .and_(pl.col("fetched_count") >= pl.col("parsed_count"))
                .and_(pl.col("parsed_count") >= pl.col("loaded_count"))
                .and_(pl.col("listed_count") >= pl.col("published_count")),
                says="No more is fetched than listed, parsed than fetched, loaded than parsed.",
                broken_by={"fetched_count": 1_000_000},
            ),
        )
