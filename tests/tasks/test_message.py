"""What a person is sent: what failed, since when, the rows, the page, and what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tasks.incidents import Signal, decide_changes
from tasks.message import messages_of
from tasks.notices import Notice

NOW = datetime(2024, 3, 1, 3, 15, tzinfo=UTC)
EVIDENCE = {
    "judged_count": 44,
    "failed_count": 7,
    "measured": None,
    "threshold": None,
    "rows": [{"article_id": f"a{number}", "headline": "Ports reopen"} for number in range(7)],
    "last_good": {
        "run_id": "run-0",
        "checked_at": "2024-02-29T03:15:00+00:00",
        "judged_count": 41,
        "judged_count_now": 44,
    },
    "pages": [
        {"url": "https://example.org/1", "headline": "Ports reopen", "excerpt": "The ports of"}
    ],
}


def incident(check="articles_have_bodies", source="voa", severity="error"):
    signal = Signal(
        check,
        source,
        severity,
        False,  # noqa: FBT003
        "Every article has words. Broken by 7 of 44.",
        json.dumps(EVIDENCE),
        "extraction",
        7,
        "Mend the rule.",
    )
    return decide_changes([], [signal], "run-1", NOW)[0].incident


def test_a_message_has_the_evidence_the_owner_and_the_next_step():
    opened = incident()

    (message,) = messages_of([Notice("opened", opened, "chat")])

    assert message.title == "[onrecord] error: articles_have_bodies (voa)"
    assert message.body.splitlines() == [
        "error: articles_have_bodies (voa)",
        "Every article has words. Broken by 7 of 44.",
        "Since 2024-03-01 03:15 UTC, run run-1. Found once, last 2024-03-01 03:15 UTC.",
        "Last good: run run-0, 2024-02-29 03:15 UTC, 41 judged. Now 44 judged.",
        "Rows that break it (5 of 7):",
        *(f"  article_id a{number}, headline Ports reopen" for number in range(5)),
        "Page https://example.org/1: Ports reopen | The ports of",
        "Owner: extraction.",
        "Next: Mend the rule.",
        (
            f"More: onrecord incidents show {opened.incident_id}. "
            f"On it? onrecord incidents ack {opened.incident_id} --by NAME"
        ),
    ]


def test_the_end_says_since_when_and_how_often():
    closed = replace(
        incident(),
        status="closed",
        closed_at=NOW + timedelta(days=2),
        closed_run_id="run-9",
        failure_count=41,
    )

    (message,) = messages_of([Notice("closed", closed, "chat")])

    assert message.title == "[onrecord] closed: articles_have_bodies (voa)"
    assert message.body.endswith(
        "The check passes again since 2024-03-03 03:15 UTC, run run-9. "
        "It had failed since 2024-03-01 03:15 UTC: found 41 times."
    )


def test_what_one_run_says_of_one_source_is_one_message():
    notices = [
        Notice("opened", incident("articles_have_bodies"), "chat"),
        Notice("opened", incident("quotes_are_found"), "chat"),
        Notice("reminder", incident("blocks_are_known"), "chat"),
        Notice("opened", incident("blocks_are_known", "sample"), "chat"),
        Notice("opened", incident("blocks_are_known", "sample"), "mail"),
    ]

    made = messages_of(notices)

    assert [(each.channel, each.title) for each in made] == [
        ("chat", "[onrecord] voa: 2 opened, 1 still open"),
        ("chat", "[onrecord] error: blocks_are_known (sample)"),
        ("mail", "[onrecord] error: blocks_are_known (sample)"),
    ]
    assert made[0].body.count("onrecord incidents show") == 3
    assert len(made[0].notices) == 3


def test_the_preface_of_a_second_channel_comes_first():
    (message,) = messages_of([Notice("opened", incident(), "mail")], "Sent here because.")

    assert message.body.startswith("Sent here because.\n\nerror: articles_have_bodies (voa)")
