"""A correction replaces the one value it was written for, and a wrong row is named."""

from __future__ import annotations

from datetime import date

import pytest

from schemas.errors import BadInput
from tasks.corrections import Correction, correct, read_corrections

HEAD = "capture_id,table,field,read_as,should_be,because\n"


def article():
    return {
        "article_id": "article-1",
        "capture_id": "capture-1",
        "headline": "Ports Reopn",
        "published_date": date(2006, 6, 1),
        "published_precision": "month",
        "published_rule": "printed_date",
    }


def correction(field, read_as, should_be, table="articles"):
    return Correction("capture-1", table, field, read_as, should_be, "misprint")


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        pytest.param(
            correction("headline", "Ports Reopn", "Ports Reopen"),
            {"headline": "Ports Reopen"},
            id="a text",
        ),
        pytest.param(correction("headline", "Ports Reopn", ""), {"headline": None}, id="to null"),
        pytest.param(
            correction("published_date", "2006-06-01", "2006-06-30"),
            {
                "published_date": date(2006, 6, 30),
                "published_precision": "day",
                "published_rule": "correction",
            },
            id="a date is a day, and says who set it",
        ),
        pytest.param(
            correction("published_date", "2006-06-01", ""),
            dict.fromkeys(("published_date", "published_precision", "published_rule")),
            id="a date taken away",
        ),
    ],
)
def test_a_value_is_replaced(change, fields):
    records = {"articles": [article()]}

    assert correct(records, [change]) == (change,)
    assert records == {"articles": [article() | fields]}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(correction("headline", "Another", "X"), id="another value was read"),
        pytest.param(correction("heading", "", "X"), id="no such field"),
        pytest.param(correction("headline", "Ports Reopn", "X", "nothing"), id="no such table"),
    ],
)
def test_what_does_not_match_changes_nothing_and_is_not_used(change):
    records = {"articles": [article()]}

    assert correct(records, [change]) == ()
    assert records == {"articles": [article()]}


def test_a_fact_is_found_by_the_capture_of_its_article():
    quote = {"article_id": "article-1", "cue": "sayd"}
    change = correction("cue", "sayd", "said", "quotes")

    assert correct({"articles": [article()], "quotes": [quote]}, [change]) == (change,)
    assert quote["cue"] == "said"


def test_files_are_read_in_turn_and_one_that_is_missing_is_none(tmp_path):
    file = tmp_path / "corrections.csv"
    file.write_text(f"# origin: us\n\n{HEAD}c,articles,headline,a,b,misprint\n", encoding="utf-8")

    assert read_corrections([tmp_path / "none.csv", file]) == (
        Correction("c", "articles", "headline", "a", "b", "misprint"),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("capture_id,field\n", "expected the columns", id="other columns"),
        pytest.param(f"{HEAD}c,articles\n", "row 1: expected 6 cells, found 2", id="a short row"),
        pytest.param(f"{HEAD}c,articles,headline,a,b, \n", "row 1: .*reason", id="no reason"),
        pytest.param(
            f"{HEAD}c,articles,published_date,,30 June,misprint\n",
            "row 1: .*30 June",
            id="a day that is none",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_file(tmp_path, text, says):
    file = tmp_path / "corrections.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=f"corrections.csv.*{says}"):
        read_corrections([file])
