"""What follows from a verdict: rows to load, rows refused whole, and the end of each record."""

from __future__ import annotations

import polars as pl
import pytest

from tasks.batch import propose
from tasks.extract import Unread, read_capture
from tasks.settle import captures_without_article, settle, withhold
from tasks.validate import judge_batch
from tests.planted.finders import RUN, capture_of


@pytest.fixture(scope="module")
def proposed():
    return propose([read_capture(capture_of())], RUN, ())


def settled_with(proposed, table, **values):
    """One record of the table changed before it is judged."""
    frame = proposed.frames[table]
    first = pl.int_range(pl.len()) == 0
    changed = frame.with_columns(
        pl.when(first).then(pl.lit(value, frame.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in values.items()
    )
    frames = {**proposed.frames, table: changed}
    return settle(proposed, judge_batch(frames))


def test_a_good_batch_refuses_nothing_and_ends_nothing_before_it_is_loaded(proposed):
    settled = settle(proposed, judge_batch(proposed.frames))

    assert (settled.refused, settled.ends) == ((), ())
    assert {table: frame.height for table, frame in settled.frames.items()} == {
        table: frame.height for table, frame in proposed.frames.items()
    }


def test_a_refused_quote_is_kept_whole_with_its_capture_and_every_reason(proposed):
    settled = settled_with(proposed, "quotes", confidence=7.0, quote_kind="shout")

    (refused,) = settled.refused
    assert refused.reasons == ("confidence_is_a_share", "quote_kind_is_listed")
    assert (refused.table_name, refused.capture_id) == ("quotes", capture_of().capture_id)
    assert refused.record["quote_text"].startswith("“")
    assert "reasons" not in refused.record
    (end,) = settled.ends
    assert (end["disposition"], end["reason"]) == ("row_quarantined", "contract_refused")
    assert end["unit_id"] == f"quotes:{refused.row_key}"


def test_facts_of_a_refused_article_wait_with_it(proposed):
    settled = settled_with(proposed, "articles", word_count=1)

    tables = {each.table_name for each in settled.refused}
    assert {"articles", "quotes", "country_mentions", "findings"} <= tables
    assert all(frame.is_empty() for name, frame in settled.frames.items() if name == "quotes")
    reasons = {(end["unit_id"].split(":")[0], end["reason"]) for end in settled.ends}
    assert ("articles", "contract_refused") in reasons
    assert ("quotes", "article_quarantined") in reasons
    assert captures_without_article(settled) == [capture_of().capture_id]


def test_a_refused_quote_leaves_the_article_its_capture(proposed):
    assert captures_without_article(settled_with(proposed, "quotes", confidence=7.0)) == []


def test_a_page_that_could_not_be_read_is_refused_as_a_capture(proposed):
    capture = capture_of(b"")
    proposed = propose([Unread(capture, "empty_body", "0 bytes")], RUN, ())

    settled = settle(proposed, judge_batch(proposed.frames))

    (refused,) = settled.refused
    assert (refused.unit_kind, refused.table_name) == ("capture", None)
    assert refused.record["detail"] == "0 bytes"
    assert captures_without_article(settled) == [capture.capture_id]


def test_what_was_refused_then_is_withheld_though_it_would_pass_today(proposed):
    settled = settle(proposed, judge_batch(proposed.frames))
    quote = settled.frames["quotes"]["quote_id"][0]
    line = {"table_name": "quotes", "row_key": quote, "reasons": ["a_rule"], "source": "files"}

    held = withhold(settled, [line, line | {"table_name": None}, line | {"row_key": "gone"}])

    assert held.frames["quotes"].height == settled.frames["quotes"].height - 1
    assert quote not in held.frames["quotes"]["quote_id"]
    assert [end["unit_id"] for end in held.ends] == [f"quotes:{quote}"]
