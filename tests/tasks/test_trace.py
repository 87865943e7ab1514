"""From any row back to its bytes, with its words where they stand."""

from __future__ import annotations

import pytest

from schemas.errors import NotFound
from tasks.trace import TRACEABLE, trace_row
from tests.warehouse.builders import BODY, insert
from warehouse.connection import open_warehouse
from warehouse.read import PublishedReader

TWO = f"An opening.\n\n{BODY}\n\nAn ending."
SHIFT = len("An opening.\n\n")


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    path = tmp_path_factory.mktemp("trace") / "onrecord.duckdb"
    with open_warehouse(path) as connection:
        insert(connection, "articles", {"body_text": TWO})
        quote = {"start_offset": 8 + SHIFT, "end_offset": 27 + SHIFT}
        insert(connection, "quotes", quote, {"quote_id": "orphan", "article_id": "gone"})
        mentions = {"start_offset": 18, "end_offset": 23, "field": "headline"}
        insert(connection, "country_mentions", mentions)
        for table in ("speakers", "speaker_roles", "date_mentions", "findings", "captures", "runs"):
            insert(connection, table, {})
    with PublishedReader(path) as opened:
        yield opened


def test_the_words_stand_in_their_paragraph(reader):
    trace = trace_row(reader, "quote-1")

    assert trace.words == "“We will not sign,”"
    assert trace.before + trace.words + trace.after == BODY
    assert trace.speaker["speaker_name"] == "Maria Okello"
    assert (trace.capture["capture_id"], trace.run["run_id"]) == ("capture-1", "run-1")


def test_a_country_of_the_headline_is_marked_there(reader):
    trace = trace_row(reader, "country-1")

    assert (trace.before, trace.words, trace.after) == ("No signature from ", "Kenya", "")


@pytest.mark.parametrize(
    ("row_id", "table"),
    [
        ("quote-1", "quotes"),
        ("country-1", "country_mentions"),
        ("date-1", "date_mentions"),
        ("finding-1", "findings"),
        ("role-1", "speaker_roles"),
        ("article-1", "articles"),
        ("capture-1", "captures"),
    ],
)
def test_every_kind_of_row_leads_to_its_capture(reader, row_id, table):
    trace = trace_row(reader, row_id)

    assert (trace.table, trace.capture["capture_id"]) == (table, "capture-1")


def test_every_traceable_table_is_tried_above():
    assert [kind.table for kind in TRACEABLE] == [
        "quotes",
        "country_mentions",
        "date_mentions",
        "findings",
        "speaker_roles",
        "articles",
        "captures",
    ]


def test_an_unknown_id_says_where_ids_are(reader):
    with pytest.raises(NotFound, match="quotes, country_mentions"):
        trace_row(reader, "no-such-id")


def test_a_row_whose_capture_is_gone_says_so(reader):
    with pytest.raises(NotFound, match="orphan"):
        trace_row(reader, "orphan")
