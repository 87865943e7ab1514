"""Rows become frames with nothing coerced and nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from schemas.catalogue import CONTRACTS
from schemas.errors import ContractBroken
from schemas.good_rows import GOOD_ROWS
from tasks.frames import encodable, frame_of
from tasks.validate import judge

EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize("table", CONTRACTS)
def test_a_good_row_comes_out_as_it_went_in(table):
    frame = frame_of([GOOD_ROWS[table]], CONTRACTS[table])

    (row,) = frame.to_dicts()
    assert row == GOOD_ROWS[table]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        pytest.param("headline", 1, id="a number for a text"),
        pytest.param("headline", b"x", id="bytes for a text"),
        pytest.param("headline", ["x"], id="a list for a text"),
        pytest.param("headline", date(2007, 5, 25), id="a day for a text"),
        pytest.param("word_count", "7", id="a text for a number"),
        pytest.param("word_count", 7.0, id="a float for a number"),
        pytest.param("word_count", True, id="a boolean for a number"),
        pytest.param("word_count", Decimal(7), id="a decimal for a number"),
        pytest.param("word_count", 2**63, id="a number too large"),
        pytest.param("published_date", "2007-05-25", id="a text for a day"),
        pytest.param("published_date", 13_658, id="a number for a day"),
        pytest.param(
            "published_date", datetime(2007, 5, 25, tzinfo=UTC), id="an instant for a day"
        ),
        pytest.param("captured_at", date(2007, 5, 25), id="a day for an instant"),
        pytest.param("captured_at", datetime(2007, 5, 25), id="an instant without a zone"),  # noqa: DTZ001 - the fault
        pytest.param("captured_at", datetime(2007, 5, 25, tzinfo=EAST), id="an instant not in UTC"),
        pytest.param("byline", "Jonas Lind", id="a text for a list"),
        pytest.param("byline", {"Jonas Lind"}, id="a set for a list"),
        pytest.param("byline", ["Jonas Lind", 7], id="a number in a list of texts"),
        pytest.param("copy_signature", [1, True], id="a boolean in a list of numbers"),
        pytest.param("copy_signature", ["1"], id="a text in a list of numbers"),
    ],
)
def test_a_value_of_another_type_is_not_converted(column, value):
    row = GOOD_ROWS["articles"] | {column: value}

    with pytest.raises(ContractBroken, match=f"articles.{column}: expected"):
        frame_of([GOOD_ROWS["articles"], row], CONTRACTS["articles"])


@pytest.mark.parametrize("text", ["Null", "None", "N/A", "NaN", "True", "", "=1+1", "'); DROP--"])
def test_words_that_look_like_code_stay_words(text):
    frame = frame_of([GOOD_ROWS["speakers"] | {"speaker_name": text}], CONTRACTS["speakers"])

    assert frame["speaker_name"].to_list() == [text]


def test_missing_and_new_columns_are_named():
    row = GOOD_ROWS["blocks"] | {"colour": "red"}
    del row["label"]

    with pytest.raises(ContractBroken, match=r"missing columns \['label'\].*\['colour'\]"):
        frame_of([row], CONTRACTS["blocks"])


def test_no_rows_make_an_empty_frame():
    assert frame_of([], CONTRACTS["quotes"]).shape == (0, 18)


def test_a_lone_surrogate_refuses_its_row_and_no_other():
    good = GOOD_ROWS["articles"]
    bad = good | {"article_id": "e" * 32, "headline": "Kenya \ud83d open", "byline": ["Lind\udc00"]}

    verdict = judge(frame_of([bad, good], CONTRACTS["articles"]), CONTRACTS["articles"])

    assert verdict.accepted["article_id"].to_list() == [good["article_id"]]
    assert verdict.quarantined["headline"].to_list() == ["Kenya \ufdd0d83d open"]
    assert verdict.quarantined["byline"].to_list() == [["Lind\ufdd0dc00"]]
    assert verdict.quarantined["reasons"].to_list() == [
        ["byline_are_whole_lines", "headline_is_a_clean_line"]
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("“Zürich” 😀", "“Zürich” 😀", id="all that UTF-8 can hold"),
        pytest.param("a\ud800", "a\ufdd0d800", id="a lone high surrogate"),
        pytest.param("\udfff", "\ufdd0dfff", id="a lone low surrogate"),
    ],
)
def test_text_can_be_encoded_afterwards(text, kept):
    assert encodable(text) == kept
    assert encodable(text).encode()
