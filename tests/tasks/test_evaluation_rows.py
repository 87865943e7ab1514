"""Tables that the journal's lines add up to: here the figures of an evaluation."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.catalogue import CONTRACTS
from tasks.frames import frame_of
from tasks.projections import evaluation_rows
from tasks.validate import judge

AT = "2024-05-06T07:08:09+00:00"
LINE = {
    "kind": "evaluated",
    "run_id": "by-hand-1",
    "at": AT,
    "onrecord_version": "0.1.0",
    "rules_digest": "0123abcd",
    "figures": [
        {
            "file": "quotes/own",
            "figure": "quotes/own: spans (3 words or more), F1",
            "value": 0.97,
            "counted": 40,
        },
        {"file": "dates/own", "figure": "dates/own: days F1", "value": 1.0, "counted": 3},
    ],
}


def test_each_figure_of_an_evaluation_is_a_row():
    rows = evaluation_rows([{"kind": "answer"}, LINE])

    assert [(row["label_set"], row["figure"], row["value"], row["counted"]) for row in rows] == [
        ("quotes/own", "spans 3 words or more F1", 0.97, 40),
        ("dates/own", "days F1", 1.0, 3),
    ]
    assert {row["evaluated_at"] for row in rows} == {datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)}


def test_the_rows_keep_their_contract_and_their_ids():
    rows = evaluation_rows([LINE])
    contract = CONTRACTS["evaluations"]

    verdict = judge(frame_of(rows, contract), contract)

    assert verdict.accepted.height == 2
    assert evaluation_rows([LINE]) == rows
