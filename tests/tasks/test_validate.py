"""Good rows are accepted, bad ones kept whole with every reason, and broken tables stop."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.catalogue import CONTRACTS
from schemas.columns import columns_of
from schemas.contract import About, Contract, column, lone_rules, sibling_rules
from schemas.errors import ContractBroken
from schemas.good_rows import GOOD_ROWS
from schemas.rule import Rule
from tasks.frames import frame_of
from tasks.validate import judge, judge_batch

QUOTES = CONTRACTS["quotes"]
ARTICLES = CONTRACTS["articles"]


def quotes(*changes):
    return frame_of([GOOD_ROWS["quotes"] | change for change in changes], QUOTES)


def batch(**changed):
    """The good rows of captures, articles, speakers and quotes, with some tables changed."""
    tables = ("captures", "articles", "speakers", "speaker_roles", "quotes")
    rows = {table: [GOOD_ROWS[table]] for table in tables} | changed
    return {table: frame_of(rows[table], CONTRACTS[table]) for table in rows}


def an_id(letter):
    return letter * 32


def a_quote(letter, **changes):
    """Another good quote of the good article, standing elsewhere in it."""
    return {"quote_id": an_id(letter), "article_id": an_id(letter)} | changes


def test_bad_rows_leave_alone():
    frame = quotes(a_quote("a"), a_quote("b", position=-1), a_quote("c"))

    verdict = judge(frame, QUOTES)

    assert verdict.accepted.equals(frame[[0, 2]])
    assert verdict.quarantined.drop("reasons").equals(frame[[1]])
    assert verdict.quarantined["reasons"].to_list() == [["position_is_not_negative"]]


def test_every_reason_is_kept():
    row = {
        "quote_id": "7",
        "position": -1,
        "quote_kind": "shout",
        "statement": None,
        "confidence": 2.0,
        "cue": " ",
        "candidates": [None],
    }

    (reasons,) = judge(quotes(row), QUOTES).quarantined["reasons"].to_list()

    assert reasons == [
        "candidates_are_whole_lines",
        "candidates_only_without_speaker_id",
        "confidence_is_a_share",
        "cue_is_not_blank",
        "position_is_not_negative",
        "quote_id_is_an_id",
        "quote_kind_is_listed",
        "statement_is_present",
    ]


def test_rows_refused_throughout_are_all_kept():
    verdict = judge(quotes(*({"rule": None} for _ in range(100))), QUOTES)

    assert (verdict.accepted.height, verdict.quarantined.height) == (0, 100)


def test_an_empty_frame_judges_no_row():
    verdict = judge(quotes().clear(), QUOTES)

    assert verdict.accepted.height == verdict.quarantined.height == 0
    assert {count.judged_count for count in verdict.rule_counts} == {0}


def test_each_rule_counts_what_it_judged_and_refused():
    verdict = judge(quotes(a_quote("a"), a_quote("b", cue=" "), a_quote("c", cue=None)), QUOTES)

    counts = {c.rule: (c.judged_count, c.failed_count) for c in verdict.rule_counts}
    # Siblings are compared among the two rows that are good alone.
    assert counts == {
        **{rule.name: (3, 0) for rule in lone_rules(QUOTES)},
        **{rule.name: (2, 0) for rule in sibling_rules(QUOTES)},
        "cue_is_not_blank": (3, 1),
    }


def test_a_warning_counts_and_lets_the_row_in():
    row = GOOD_ROWS["articles"] | {"dateline_date": date(2006, 1, 1)}

    verdict = judge(frame_of([row], ARTICLES), ARTICLES)

    assert verdict.accepted.height == 1
    assert [
        (c.rule, c.severity, c.failed_count) for c in verdict.rule_counts if c.failed_count
    ] == [("dateline_date_is_near_published_date", "warn", 1)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)], ids=str)
def test_of_two_captures_of_an_article_the_newest_stays(order):
    good = GOOD_ROWS["articles"]
    rows = (
        good | {"captured_at": None, "capture_id": an_id("a")},
        good | {"captured_at": datetime(2008, 1, 1, tzinfo=UTC), "capture_id": an_id("b")},
        good | {"captured_at": datetime(2009, 1, 1, tzinfo=UTC), "capture_id": an_id("c")},
    )

    verdict = judge(frame_of([rows[place] for place in order], ARTICLES), ARTICLES)

    assert verdict.accepted["capture_id"].to_list() == [an_id("c")]
    assert sorted(verdict.duplicates["capture_id"]) == [an_id("a"), an_id("b")]
    assert verdict.quarantined.height == 0


def test_of_two_rows_with_one_key_the_same_stays_in_every_order():
    first, second = GOOD_ROWS["blocks"], GOOD_ROWS["blocks"] | {"label": "caption"}
    blocks = CONTRACTS["blocks"]

    stays = [
        judge(frame_of(rows, blocks), blocks).accepted["label"].to_list()
        for rows in ([first, second], [second, first])
    ]

    assert stays == [["caption"], ["caption"]]


def test_a_bad_row_never_displaces_a_good_one_of_the_same_key():
    bad = {"captured_at": datetime(2030, 1, 1, tzinfo=UTC), "word_count": 1}
    frame = frame_of([GOOD_ROWS["articles"] | bad, GOOD_ROWS["articles"]], ARTICLES)

    verdict = judge(frame, ARTICLES)

    assert verdict.accepted.equals(frame[[1]])
    assert verdict.duplicates.height == 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(
            lambda frame: frame.with_columns(colour=pl.lit("red")),
            "new column colour String",
            id="a column more",
        ),
        pytest.param(
            lambda frame: frame.drop("cue"), "missing column cue String", id="a column less"
        ),
        pytest.param(
            lambda frame: frame.rename({"cue": "verb"}),
            "new column verb String; missing column cue String",
            id="a column renamed",
        ),
        pytest.param(
            lambda frame: frame.cast({"confidence": pl.String}),
            "column confidence changed from Float64 to String",
            id="a column of another type",
        ),
        pytest.param(
            lambda frame: frame.cast({"position": pl.Int32}),
            "column position changed from Int64 to Int32",
            id="a column of another width",
        ),
        pytest.param(
            lambda frame: frame.select(sorted(frame.columns)),
            "columns in another order: article_id, candidates",
            id="columns in another order",
        ),
    ],
)
def test_a_frame_that_is_not_the_table_stops_the_batch(change, says):
    with pytest.raises(ContractBroken, match=says):
        judge(change(quotes({})), QUOTES)


def test_a_lazy_frame_is_not_judged():
    with pytest.raises(ContractBroken, match=r"found LazyFrame.*collect it"):
        judge(quotes({}).lazy(), QUOTES)


class Trapped(Contract, about=About(key=("name",))):
    """One row is a row whose second rule cannot run."""

    name: str = column("A name.")

    @classmethod
    def rules(cls):
        return (
            Rule("fine", "name", pl.col("name").is_not_null(), "Fine.", {}),
            Rule("trap", "name", pl.col("name").str.contains("("), "Breaks.", {}),
        )


def test_a_rule_that_raises_judges_no_row():
    with pytest.raises(ContractBroken, match="trapped: trap cannot run, so no row was judged"):
        judge(pl.DataFrame({"name": ["a"]}), Trapped)


def test_a_row_told_twice_is_a_duplicate_and_no_rival():
    verdict = judge(quotes({}, {}), QUOTES)

    assert (verdict.accepted.height, verdict.duplicates.height) == (1, 1)
    assert verdict.quarantined.height == 0


def test_rows_that_contradict_each_other_are_all_refused():
    verdict = judge(quotes({"quote_id": an_id("a")}, {"quote_id": an_id("b")}), QUOTES)

    assert verdict.quarantined["reasons"].to_list() == [
        ["position_is_unique_in_article"],
        ["position_is_unique_in_article", "spans_do_not_overlap"],
    ]


def test_a_batch_is_judged_table_beside_table():
    verdict = judge_batch(batch())

    assert {t: v.accepted.height for t, v in verdict.verdicts.items()} == {
        "captures": 1,
        "articles": 1,
        "speakers": 1,
        "speaker_roles": 1,
        "quotes": 1,
    }


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        pytest.param(
            {"quotes": {"start_offset": 0, "end_offset": 19}},
            {"quotes": ["quote_text_stands_in_body"]},
            id="a quote that stands elsewhere",
        ),
        pytest.param(
            {"quotes": {"mention_text": "Mario Okello"}},
            {"quotes": ["mention_text_stands_in_body"]},
            id="a mention the article does not hold",
        ),
        pytest.param(
            {"quotes": {"article_id": an_id("0")}},
            {"quotes": ["article_is_in_the_batch"]},
            id="a quote of no article",
        ),
        pytest.param(
            {"quotes": {"speaker_id": an_id("0")}},
            {"quotes": ["speaker_is_in_the_batch"]},
            id="a quote of no speaker",
        ),
        pytest.param(
            {"articles": {"word_count": 1}},
            {
                "articles": ["word_count_matches_body"],
                "speaker_roles": ["article_quarantined"],
                "quotes": ["article_quarantined"],
            },
            id="what belongs to a refused article goes with it",
        ),
        pytest.param(
            {"speakers": {"speaker_name": "Friday"}},
            {
                "speakers": ["speaker_name_is_no_day"],
                "speaker_roles": ["speaker_quarantined"],
                "quotes": ["speaker_quarantined"],
            },
            id="what a refused speaker said goes with it",
        ),
        pytest.param(
            {"captures": {"byte_count": -1}},
            {
                "captures": ["byte_count_is_not_negative"],
                "articles": ["capture_quarantined"],
                "speaker_roles": ["article_quarantined"],
                "quotes": ["article_quarantined"],
            },
            id="a refused capture takes all that was read from it",
        ),
        pytest.param(
            {"speakers": {"speaker_name": "Harbour Wire"}},
            {"quotes": ["speaker_person_is_not_the_agency"]},
            id="a person who is the agency",
        ),
    ],
)
def test_what_one_table_does_to_another(changed, reasons):
    frames = batch(**{t: [GOOD_ROWS[t] | change] for t, change in changed.items()})

    verdict = judge_batch(frames)

    found = {
        table: each.quarantined["reasons"].to_list()
        for table, each in verdict.verdicts.items()
        if each.quarantined.height
    }
    assert found == {table: [names] for table, names in reasons.items()}


def test_a_rule_beside_an_absent_table_judges_nothing():
    frames = batch()
    del frames["speakers"]

    counts = {c.rule: c.judged_count for c in judge_batch(frames).verdicts["quotes"].rule_counts}

    assert counts["speaker_is_in_the_batch"] == 0
    assert counts["article_is_in_the_batch"] == 1


def test_refused_rows_of_both_kinds_lie_in_one_frame():
    other = GOOD_ROWS["quotes"] | {"quote_id": an_id("a"), "speaker_id": an_id("0")}
    bad = GOOD_ROWS["quotes"] | {"quote_id": an_id("b"), "cue": " "}

    verdict = judge_batch(batch(quotes=[other, bad])).verdicts["quotes"]

    assert dict(verdict.quarantined.select("quote_id", "reasons").iter_rows()) == {
        an_id("a"): ["speaker_is_in_the_batch"],
        an_id("b"): ["cue_is_not_blank"],
    }


def test_a_table_without_a_contract_is_named():
    with pytest.raises(ContractBroken, match="no contract for weather; known tables: captures"):
        judge_batch({"weather": pl.DataFrame()})


def test_rows_come_out_in_the_order_they_went_in():
    letters = "fedcba"
    frame = quotes(*(a_quote(letter) for letter in letters))

    assert judge(frame, QUOTES).accepted["quote_id"].to_list() == [an_id(x) for x in letters]


def test_columns_are_described_for_others():
    described = {c.name: (c.duckdb_type, c.is_nullable) for c in columns_of(QUOTES)}

    assert described["candidates"] == ("VARCHAR[]", False)
    assert described["mention_start"] == ("BIGINT", True)


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "quote_id": st.sampled_from([an_id(letter) for letter in "abc"]),
                "position": st.integers(-1, 2),
                "start_offset": st.integers(0, 4),
                "cue": st.sampled_from([None, " ", "said"]),
                "confidence": st.sampled_from([0.5, 2.0, float("nan")]),
            }
        ),
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_row_is_lost_and_none_doubled(rows):
    frame = quotes(*({**row, "end_offset": row["start_offset"] + 19} for row in rows))

    verdict = judge(frame, QUOTES)

    out = [
        *verdict.accepted.rows(),
        *verdict.quarantined.drop("reasons").rows(),
        *verdict.duplicates.rows(),
    ]
    assert sorted(map(repr, out)) == sorted(map(repr, frame.rows()))
    assert verdict.accepted["quote_id"].is_unique().all()
    assert verdict.quarantined["reasons"].list.len().min() != 0
