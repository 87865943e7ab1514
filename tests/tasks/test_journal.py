"""The journal: what was written is read back, in the order of the runs, torn end or not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.errors import BadInput
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal, read_journal, unfinished_runs

EARLY, LATE = (datetime(2024, 3, day, tzinfo=UTC) for day in (1, 2))


def write(folder, run_id, *lines):
    with Journal(folder, run_id) as journal:
        for kind, fields in lines:
            journal.write(kind, **fields)


def test_lines_come_back_in_the_order_of_the_runs(tmp_path):
    write(
        tmp_path, "b", (RUN_STARTED, {"started_at": EARLY}), ("answer", {"day": date(2007, 5, 1)})
    )
    write(tmp_path, "a", (RUN_STARTED, {"started_at": LATE}), ("waived", {"ids": ("x", "y")}))

    assert list(read_journal(tmp_path)) == [
        {"run_id": "b", "kind": "run_started", "started_at": "2024-03-01T00:00:00+00:00"},
        {"run_id": "b", "kind": "answer", "day": "2007-05-01"},
        {"run_id": "a", "kind": "run_started", "started_at": "2024-03-02T00:00:00+00:00"},
        {"run_id": "a", "kind": "waived", "ids": ["x", "y"]},
    ]


def test_a_journal_cut_at_any_byte_keeps_its_whole_lines_and_can_go_on(tmp_path):
    write(tmp_path, "a", *[("answer", {"n": n}) for n in range(3)])
    whole = (tmp_path / "a.jsonl").read_bytes()

    for cut in range(len(whole) + 1):
        (tmp_path / "a.jsonl").write_bytes(whole[:cut])
        before = [line["n"] for line in read_journal(tmp_path)]
        write(tmp_path, "a", ("answer", {"n": 9}))

        after = [line["n"] for line in read_journal(tmp_path)]

        assert (before, after) == (list(range(whole[:cut].count(b"\n"))), [*before, 9])


def test_a_line_damaged_in_the_middle_is_named(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"kind": "answer"}\n{"kind": \n{"kind": "answer"}\n')

    with pytest.raises(BadInput, match=r"a\.jsonl, line 2"):
        list(read_journal(tmp_path))


def test_a_line_end_in_a_value_stays_one_line(tmp_path):
    write(tmp_path, "a", ("answer", {"detail": "a\nb\u2028c\ud800"}))

    (line,) = read_journal(tmp_path)

    assert line["detail"] == "a\nb\u2028c\ud800"


def test_a_value_that_json_does_not_know_is_refused(tmp_path):
    with Journal(tmp_path, "a") as journal, pytest.raises(TypeError, match="plain values"):
        journal.write("answer", value=object())


@pytest.mark.parametrize(
    ("runs", "unfinished"),
    [
        pytest.param([("a", None)], ("a",), id="killed"),
        pytest.param([("a", [])], (), id="finished"),
        pytest.param([("a", None), ("b", ["a"])], (), id="killed, then adopted"),
        pytest.param([("a", None), ("b", None)], ("a", "b"), id="killed while adopting"),
        pytest.param([("a", None), ("b", None), ("c", ["a", "b"])], (), id="adopted at last"),
        pytest.param([], (), id="none"),
    ],
)
def test_the_runs_whose_captures_nobody_has_taken_over(tmp_path, runs, unfinished):
    for run_id, adopted in runs:
        ends = [] if adopted is None else [(RUN_FINISHED, {"adopted": adopted})]
        write(tmp_path, run_id, (RUN_STARTED, {"started_at": EARLY}), *ends)

    assert unfinished_runs(tmp_path) == unfinished
