"""Tables that are what the journal adds up to: the same lines give the same rows."""

from __future__ import annotations

from datetime import UTC, datetime

from tasks.journal import Journal, read_journal
from tasks.projections import delivery_rows, quarantine_rows

NOW = datetime(2026, 5, 10, 3, tzinfo=UTC)
DELIVERY = {
    "delivery_id": "d" * 32,
    "incident_id": "i" * 32,
    "event": "opened",
    "channel": "log",
    "attempted_at": NOW,
    "is_delivered": True,
    "detail": "",
}
REFUSED = {
    "quarantine_id": "q" * 32,
    "unit_kind": "record",
    "source": "sample",
    "table_name": "quotes",
    "row_key": "quote-1",
    "capture_id": "c" * 32,
    "article_id": "a" * 32,
    "record": "{}",
    "reasons": ["a_rule"],
    "rules_digest": "rules-1",
    "corrections_digest": "corrections-1",
}


def lines(folder, *written):
    for number, (kind, fields) in enumerate(written):
        with Journal(folder, f"2026051{number}T030000Z-run") as journal:
            journal.write(kind, **fields)
    return list(read_journal(folder))


def test_a_delivery_names_its_run_and_its_instant(tmp_path):
    (row,) = delivery_rows(lines(tmp_path, ("delivery", DELIVERY)))

    assert (row["attempted_at"], row["run_id"]) == (NOW, "20260510T030000Z-run")
    assert "kind" not in row


def test_what_is_refused_twice_is_one_row_first_and_last_seen(tmp_path):
    later = NOW.replace(day=11)
    told = lines(
        tmp_path,
        ("quarantined", REFUSED | {"at": NOW}),
        ("quarantined", REFUSED | {"at": later, "rules_digest": "rules-2"}),
    )

    (row,) = quarantine_rows(told)
    assert (row["first_seen_at"], row["last_seen_at"], row["attempt_count"]) == (NOW, later, 2)
    assert row["rules_digest"] == "rules-2"


def test_lines_of_other_kinds_add_nothing(tmp_path):
    told = lines(tmp_path, ("answer", {"place": "x"}), ("sync", {}))

    assert (quarantine_rows(told), delivery_rows(told)) == ([], [])
