"""Pages whose captures hold no article are found, with when they were last asked for."""

from datetime import timedelta

import pytest

from tasks.waiting import Waiting
from tests.warehouse.builders import SEEN_AT, insert
from warehouse.unread_pages import unread_pages

URL = "http://example.org/1"
PAGE = {"url": URL, "capture_id": "capture-1"}
REFUSED = {"unit_kind": "capture", "capture_id": "capture-1", "reasons": ["challenge_page"]}


def asked(run_id, disposition="fetched"):
    return {"run_id": run_id, "unit_kind": "page", "unit_id": URL, "disposition": disposition}


@pytest.fixture
def unread(scratch):
    """Asked for in two runs, an hour apart, and answered by a challenge."""
    insert(scratch, "pages", PAGE)
    insert(scratch, "captures", {})
    insert(scratch, "quarantine", REFUSED)
    later = SEEN_AT + timedelta(hours=1)
    insert(scratch, "runs", {"run_id": "run-1", "started_at": SEEN_AT})
    insert(scratch, "runs", {"run_id": "run-2", "started_at": later})
    insert(scratch, "dispositions", asked("run-1"), asked("run-2", "not_modified"))
    return scratch


def test_a_page_behind_a_challenge_waits_from_when_it_was_last_asked_for(unread):
    (row,) = unread_pages(unread, "sample", ["challenge_page"])

    assert (row["url"], row["try_count"]) == (URL, 2)
    waiting = Waiting.of_unread(row)
    assert waiting.retry.next_try_at == SEEN_AT + timedelta(hours=6)
    assert not waiting.is_kept


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("update quarantine set status = 'waived'", id="waived"),
        pytest.param("update quarantine set reasons = ['too_deep']", id="for another reason"),
        pytest.param("update pages set source = 'other'", id="of another source"),
    ],
)
def test_other_pages_are_not_asked_for_again(unread, change):
    unread.execute(change)

    assert unread_pages(unread, "sample", ["challenge_page"]) == []


def test_a_page_that_was_read_before_is_no_gap(unread):
    insert(unread, "articles", {"capture_id": "capture-0", "url": URL})

    assert unread_pages(unread, "sample", ["challenge_page"]) == []
