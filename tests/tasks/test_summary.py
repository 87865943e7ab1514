"""The page of a run: text from outside stays text."""

from __future__ import annotations

import pytest

from tasks.summary import FailedCheck, RunSummary, markdown_of


def summary(**changed):
    empty = {
        name: {} for name in ("pages", "captures", "records", "rows", "quarantined", "trouble")
    }
    rest = dict.fromkeys(("failed_checks", "opened", "closed", "changed_tables"), ())
    known = {"run_id": "run-1", "status": "completed", "generation": 3}
    return RunSummary(**(known | empty | rest | changed))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        pytest.param("a|b", "a\\|b", id="a pipe"),
        pytest.param("[x](http://a)", "\\[x\\](http://a)", id="a link"),
        pytest.param("<script>", "\\<script\\>", id="html"),
        pytest.param("a\n# b", "a # b", id="a line end"),
        pytest.param("a\\|b", "a\\\\\\|b", id="an escape of its own"),
        pytest.param("a\r# b", "a # b", id="the other line end"),
    ],
)
def test_text_from_outside_stays_in_its_cell(hostile, shown):
    check = FailedCheck("quotes_are_found", hostile, "warn", 1, 2, None, None, "")

    text = markdown_of(summary(failed_checks=(check,)))

    assert f"| quotes\\_are\\_found | {shown} | warn | 1 of 2 |" in text.split("\n")


def test_a_blocked_run_says_that_nothing_was_published():
    text = markdown_of(summary(generation=None))

    assert text.endswith("Published generation: none: an error-level check failed\n")
