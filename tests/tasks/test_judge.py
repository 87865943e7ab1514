"""A rule that cannot run on one source stops that source: its captures wait, no row is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schemas.errors import ContractBroken
from schemas.ids import body_digest, make_id
from schemas.records import Capture
from tasks.audit import RULE_CANNOT_RUN, stopped_results
from tasks.extract import Unread, read_capture
from tasks.judge import judge_or_stop, judge_readings
from tests.flows.saved import page_saved_as_text

NOW = datetime(2024, 3, 1, tzinfo=UTC)


def reading(source, country="Ghana", *, is_broken=False):
    """A page that was read; broken, its headline is a number, which no rule on text can judge."""
    body = page_saved_as_text(country).encode()
    capture = Capture(
        capture_id=make_id(source, country),
        source=source,
        url=f"https://{source}.example.org/{country}.txt",
        captured_at=NOW,
        http_status=200,
        content_type="text/plain; charset=utf-8",
        body=body,
        body_digest=body_digest(body),
        warc_file="a.warc.gz",
        warc_offset=0,
    )
    read = read_capture(capture)
    if not is_broken:
        return read
    chosen = replace(read.extraction.document, headline=5)
    return replace(read, extraction=replace(read.extraction, document=chosen))


def judge(*readings, stopped=None):
    return judge_or_stop(readings, "run-1", (), stopped or {})


def test_what_can_be_judged_is_judged_as_ever():
    judged = judge(reading("voa"), reading("sample"))

    assert judged.stopped == {}
    assert judged.settled.frames["articles"].height == 2
    assert judged.settled.refused == ()


def test_a_rule_that_cannot_run_on_one_source_stops_that_one():
    with pytest.raises(ContractBroken):
        judge_readings([reading("voa", is_broken=True)], "run-1", ())

    judged = judge(reading("voa", is_broken=True), reading("voa", "Togo"), reading("sample"))

    assert list(judged.stopped) == ["voa"]
    assert judged.settled.frames["articles"]["source"].to_list() == ["sample"]
    assert [(each.source, each.reasons) for each in judged.settled.refused] == [
        ("voa", (RULE_CANNOT_RUN,)),
        ("voa", (RULE_CANNOT_RUN,)),
    ]
    assert "headline" in judged.settled.refused[0].record["detail"]
    assert all(each.failed_count == 0 for each in judged.settled.rule_counts)


def test_a_source_that_was_stopped_stays_so_for_the_run():
    judged = judge(reading("voa", "Togo"), reading("sample"), stopped={"voa": "it said so"})

    (waiting,) = (each for each in judged.readings if isinstance(each, Unread))
    assert (waiting.reason, waiting.detail) == (RULE_CANNOT_RUN, "it said so")


def test_it_is_an_incident_for_as_long_as_its_captures_wait():
    row = {
        "status": "open",
        "reasons": [RULE_CANNOT_RUN],
        "record": '{"detail": "articles: no row was judged"}',
        "capture_id": "c",
        "source": "voa",
    }
    released = row | {"status": "released"}

    def blocked(rows):
        results = stopped_results(["sample", "voa"], rows, "run-1", NOW)
        return [each.source for each in results if each.blocks]

    assert blocked([row]) == ["voa"]
    assert blocked([released]) == []
