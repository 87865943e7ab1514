"""Every page of a run has one end, in words that the ledger lists."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from schemas.errors import UnlistedReason
from schemas.records import Miss
from tasks.ledger import (
    PageOutcome,
    bad_file,
    capture_end,
    fetched,
    missed,
    page_dispositions,
    page_records,
    record_end,
    same_as_kept,
)
from tests.planted.finders import URL, capture_of

NOW = datetime(2026, 5, 10, tzinfo=UTC)
LATER = datetime(2026, 5, 11, tzinfo=UTC)
MISS = Miss("sample", URL, "deferred", "rate_limited", "asked to wait", NOW, next_try_at=LATER)


def test_a_redirect_ends_under_the_address_that_was_listed():
    outcome = fetched("http://a.example/", capture_of(), "answered", "http://a.example/")

    assert (outcome.place, outcome.url) == ("http://a.example/", "http://a.example/")
    assert outcome.capture_id == capture_of().capture_id


@pytest.mark.parametrize(
    "outcome",
    [
        fetched(URL, capture_of(), "answered"),
        missed(MISS),
        bad_file("/saved/page.txt", "unreadable_file", "no permission"),
        same_as_kept(URL, capture_of()),
    ],
    ids=lambda outcome: outcome.disposition,
)
def test_an_outcome_comes_back_from_its_line_in_the_journal(outcome):
    line = json.loads(json.dumps(outcome.to_fields(), default=str))

    assert PageOutcome.from_line(line) == outcome


def test_a_page_that_did_not_change_ends_and_keeps_the_state_it_has():
    outcomes = [same_as_kept(URL, capture_of()), missed(MISS)]

    assert [row["disposition"] for row in page_dispositions(outcomes)] == [
        "not_modified",
        "deferred",
    ]
    (state,) = page_records(outcomes, NOW)
    assert (state["reason"], state["next_try_at"], state["capture_id"]) == (
        "rate_limited",
        LATER,
        None,
    )


def test_two_files_of_one_address_are_two_ends_and_one_page():
    outcomes = [fetched(place, capture_of(), "read_from_file") for place in ("a.html", "b.html")]

    assert [row["unit_id"] for row in page_dispositions(outcomes)] == ["a.html", "b.html"]
    assert len({row["page_id"] for row in page_records(outcomes, NOW)}) == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda: capture_end("c", "parsed", "felt_like_it", "files"),
        lambda: record_end("quotes:q", "parsed", "read", "files"),
        lambda: list(page_dispositions([bad_file("a", "felt_like_it", "")])),
    ],
)
def test_an_end_that_no_list_knows_is_refused(end):
    with pytest.raises(UnlistedReason):
        end()
