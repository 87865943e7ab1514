"""Contracts of `articles`, their earlier versions, and the pages that are gone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import polars as pl

from schemas import forms
from schemas.companions import (
    code_stands_on_the_day,
    come_together,
    needs,
    only_files_have_no_url,
    refused_parent_rule,
)
from schemas.contract import About, Contract, Instant, Integers, Strings, column
from schemas.records import IMPOSSIBLE_DATE, Precision
from schemas.rule import Rule

TOMBSTONE_REASONS = ("not_found", "gone", "soft_404", "redirected_to_front_page")


class Articles(
    Contract,
    about=About(
        key=("article_id",),
        joins={"captures": "capture_id"},
        wins_by=("captured_at", "capture_id"),
        owner="reading",
    ),
):
    """One row is the newest version of one story as one host shows it."""

    article_id: str = column("Id from source and canonical url, or body digest.", forms.an_id)
    source: str = column("Declared archive it came from; `files` for files.", forms.a_name)
    url: str = column("Canonical address; null for a file.", forms.a_url, nullable=True)
    host: str = column(
        "Host that shows it, by the address or the page's own furniture.",
        forms.a_host,
        nullable=True,
    )
    published_date: date = column(
        "Day the publisher says it appeared; first day of a coarser period.",
        forms.a_published_day,
        nullable=True,
    )
    published_precision: str = column(
        "How exact published_date is.", nullable=True, listed=get_args(Precision)
    )
    published_rule: str = column("Rule that found published_date.", forms.a_name, nullable=True)
    headline: str = column("Headline as shown.", forms.a_line, forms.without_markup, nullable=True)
    subhead: str = column("Line under the headline.", forms.a_line, nullable=True)
    section: str = column("Section the page names.", forms.a_line, nullable=True)
    dateline_text: str = column("Dateline as it stands.", forms.a_line, nullable=True)
    dateline_place: str = column("Place of the dateline.", forms.a_line, nullable=True)
    dateline_date: date = column(
        "Day of the dateline: when it was filed.", forms.a_published_day, nullable=True
    )
    dateline_country_code: str = column(
        "Country of the dateline's place.", forms.a_country_code, nullable=True
    )
    agency: str = column("Who issued the text, not the host.", forms.a_line, nullable=True)
    agency_parents: Strings = column("Bodies above the agency, nearest first.", forms.whole_lines)
    byline: Strings = column("Writers named.", forms.whole_lines)
    language_code: str = column(
        "Language of the text (BCP 47).", forms.a_language_code, nullable=True
    )
    body_text: str = column(
        "Dateline to last paragraph, blocks parted by one blank line.",
        forms.a_body,
    )
    word_count: int = column("Words of body_text, parted by white space.", forms.a_count)
    layout: str = column("How the page was read: a declared layout or a way.", forms.a_name)
    copy_cluster_id: str = column("Smallest article_id of its near-duplicates.", forms.an_id)
    copy_signature: Integers = column("MinHash of body_text, to find near-duplicates.")
    capture_id: str = column("Capture it was read from.", forms.an_id)
    captured_at: Instant = column(
        "When that capture was made (UTC); null for a file.", forms.an_instant, nullable=True
    )
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            come_together("published_date", "published_precision", {"published_precision": None}),
            _rule_comes_with_date(),
            _printed_date_is_possible(),
            published_starts_its_period(),
            not_published_after_capture(),
            _published_is_no_default(),
            needs("dateline_place", "dateline_text", {"dateline_text": None}),
            needs("dateline_date", "dateline_text", {"dateline_text": None}),
            needs("dateline_country_code", "dateline_text", {"dateline_text": None}),
            code_stands_on_the_day("dateline_country_code", "published_date", {}),
            _dateline_is_near_publication(),
            _parents_need_an_agency(),
            _word_count_is_right(),
            _copy_cluster_is_smallest(),
            needs("url", "host", {"host": None}),
            only_files_have_no_url({"host": None}),
        )

    @classmethod
    def batch_rules(cls) -> tuple[Rule, ...]:
        return (refused_parent_rule("captures", "capture_id"), _captured_with_its_capture())


class ArticleVersions(Contract, about=About(key=("version_id",), owner="reading")):
    """One row is an earlier version of an article, superseded by a later capture."""

    version_id: str = column("Id from article and capture.", forms.an_id)
    article_id: str = column("Article it is a version of.", forms.an_id)
    capture_id: str = column("Capture it was read from.", forms.an_id)
    captured_at: Instant = column(
        "When that capture was made (UTC); null for a file.", forms.an_instant, nullable=True
    )
    published_date: date = column(
        "Day the publisher said then.", forms.a_published_day, nullable=True
    )
    headline: str = column("Headline then.", forms.a_line, nullable=True)
    subhead: str = column("Line under the headline then.", forms.a_line, nullable=True)
    body_text: str = column("Text then.", forms.a_body)
    superseded_by_capture_id: str = column("Capture that shows the next version.", forms.an_id)
    differences: Strings = column("What changed to the next version, a line each.")
    run_id: str = column("Run that wrote the present content.", forms.a_name)

    @classmethod
    def rules(cls) -> tuple[Rule, ...]:
        return (
            not_published_after_capture(),
            Rule(
                name="superseded_by_another_capture",
                column="superseded_by_capture_id",
                passes=pl.col("superseded_by_capture_id") != pl.col("capture_id"),
                says="A version is not superseded by its own capture.",
                broken_by={"superseded_by_capture_id": "c" * 32, "capture_id": "c" * 32},
            ),
        )


class Tombstones(Contract, about=About(key=("tombstone_id",), owner="fetching")):
    """One row is a page that was known and is gone, with the evidence."""

    tombstone_id: str = column("Id from source and url.", forms.an_id)
    source: str = column("Declared archive.", forms.a_name)
    url: str = column("Address that is gone.", forms.a_url)
    article_id: str = column("Article it showed, if one was read.", forms.an_id, nullable=True)
    reason: str = column("How we know.", listed=TOMBSTONE_REASONS)
    http_status: int = column("Status answered.", forms.an_http_status, nullable=True)
    evidence: str = column("What the site answered, in short.", forms.a_text)
    first_seen_at: Instant = column("When the absence was first seen (UTC).", forms.an_instant)
    run_id: str = column("Run that wrote the present content.", forms.a_name)


def _rule_comes_with_date() -> Rule:
    is_impossible = (pl.col("published_rule") == IMPOSSIBLE_DATE).fill_null(value=False)
    same = pl.col("published_date").is_null() == pl.col("published_rule").is_null()
    return Rule(
        name="published_rule_comes_with_published_date",
        column="published_rule",
        passes=same | is_impossible,
        says="published_date and published_rule are both there or both null.",
        broken_by={"published_rule": None},
    )


def _printed_date_is_possible() -> Rule:
    return Rule(
        name="printed_date_is_possible",
        column="published_rule",
        passes=pl.col("published_rule") != IMPOSSIBLE_DATE,
        says="A page that prints a day no calendar has waits for somebody to say which was meant.",
        broken_by={
            "published_date": None,
            "published_precision": None,
            "published_rule": IMPOSSIBLE_DATE,
        },
    )


def published_starts_its_period() -> Rule:
    day, precision = pl.col("published_date"), pl.col("published_precision")
    is_first = day.dt.day() == 1
    is_january = is_first & (day.dt.month() == 1)
    return Rule(
        name="published_date_starts_its_period",
        column="published_date",
        passes=pl.when(precision == "month")
        .then(is_first)
        .when(precision == "quarter")
        .then(is_first & (day.dt.month() % 3 == 1))
        .when(precision == "year")
        .then(is_january)
        .when(precision == "decade")
        .then(is_january & (day.dt.year() % 10 == 0)),
        says="A date coarser than a week is the first day of its period.",
        broken_by={"published_date": date(2007, 5, 25), "published_precision": "year"},
    )


def not_published_after_capture() -> Rule:
    # The first places on Earth to begin a day are 14 hours ahead of UTC.
    latest = pl.col("captured_at").dt.offset_by("14h").dt.date()
    return Rule(
        name="published_not_after_capture",
        column="published_date",
        passes=pl.col("published_date") <= latest,
        says="An article is not published after the capture that shows it, in any time zone.",
        broken_by={
            "published_date": date(2022, 6, 1),
            "captured_at": datetime(2022, 5, 30, 23, tzinfo=UTC),
            "published_precision": "day",
        },
    )


def _published_is_no_default() -> Rule:
    return Rule(
        name="published_date_is_no_default",
        column="published_date",
        passes=(pl.col("published_date") != date(1970, 1, 1))
        | (pl.col("published_precision") != "day"),
        says="1 January 1970 is what programs print for no date.",
        broken_by={"published_date": date(1970, 1, 1), "published_precision": "day"},
        severity="warn",
    )


def _dateline_is_near_publication() -> Rule:
    apart = (pl.col("published_date") - pl.col("dateline_date")).dt.total_days()
    return Rule(
        name="dateline_date_is_near_published_date",
        column="dateline_date",
        passes=(pl.col("published_precision") != "day") | apart.is_between(-1, 31),
        says="A story appears at most 31 days after it was filed, and not before.",
        broken_by={"dateline_date": date(2006, 5, 24)},
        severity="warn",
    )


def _parents_need_an_agency() -> Rule:
    return Rule(
        name="agency_parents_need_an_agency",
        column="agency_parents",
        passes=pl.col("agency").is_not_null() | (pl.col("agency_parents").list.len() == 0),
        says="Bodies above the agency are named only where an agency is.",
        broken_by={"agency": None, "agency_parents": ["Ministry of Information"]},
    )


def _word_count_is_right() -> Rule:
    return Rule(
        name="word_count_matches_body",
        column="word_count",
        passes=pl.col("body_text").str.count_matches(r"\S+") == pl.col("word_count"),
        says="word_count is the number of words in body_text.",
        broken_by={"word_count": 1},
    )


def _copy_cluster_is_smallest() -> Rule:
    return Rule(
        name="copy_cluster_is_the_smallest_article",
        column="copy_cluster_id",
        passes=pl.col("copy_cluster_id") <= pl.col("article_id"),
        says="copy_cluster_id is the smallest article_id in the cluster.",
        broken_by={"copy_cluster_id": "f" * 32},
    )


def _captured_with_its_capture() -> Rule:
    return Rule(
        name="captured_at_is_that_of_the_capture",
        column="captured_at",
        passes=pl.col("captures.is_accepted").is_null()
        | pl.col("captured_at").eq_missing(pl.col("captures.captured_at")),
        says="captured_at is the same as in captures.",
        broken_by={"captures.captured_at": datetime(2021, 1, 1, tzinfo=UTC)},
    )
