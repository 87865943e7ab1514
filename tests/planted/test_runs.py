"""Faults planted in runs, settings and journals: each is told by the error meant for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from schemas.errors import (
    BadConfiguration,
    BadInput,
    NotFound,
    OnrecordError,
    UnlistedReason,
    WarehouseBusy,
)
from schemas.reasons import require_listed
from tasks.audit import freshness_signals, killed_signal, trouble_signals
from tasks.canaries import run_canaries
from tasks.corrections import read_corrections
from tasks.journal import RUN_FINISHED, RUN_STARTED, Journal, read_journal, unfinished_runs
from tasks.keep import CaptureStore
from tasks.lock import hold_lock
from tasks.settings import read_settings
from tasks.versions import rule_parts, versions_of

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
HEAD = "capture_id,table,field,read_as,should_be,because\n"


def overlap(folder):
    with hold_lock(folder / "lock", 0, "first"), hold_lock(folder / "lock", 0, "second"):
        pass


def edited_journal(folder):
    (folder / "20260101T000000Z-a.jsonl").write_text('{"kind": "answer"}\nnot json\n', "utf-8")
    list(read_journal(folder))


def corrections(text):
    def plant(folder):
        path = folder / "corrections.csv"
        path.write_text(text, encoding="utf-8")
        read_corrections([path])

    return plant


def settings(text):
    def plant(folder):
        (folder / "onrecord.toml").write_text(text, encoding="utf-8")
        read_settings({}, folder)

    return plant


def lost_warc(folder):
    CaptureStore(folder).read("20260101T000000Z-a-00001.warc.gz", 0)


def cut_warc(folder):
    (folder / "20260101T000000Z-a-00001.warc.gz").write_bytes(b"\x1f\x8b\x08 cut")
    CaptureStore(folder).read("20260101T000000Z-a-00001.warc.gz", 0)


# What went wrong -> what does it, and the error that must tell of it, in these words.
FAULTS = {
    "two writers at once": (overlap, WarehouseBusy, "first"),
    "a journal that somebody edited": (edited_journal, BadInput, "line 2"),
    "an end that no list knows": (
        lambda _folder: require_listed("page", "fetched", "felt_like_it"),
        UnlistedReason,
        "felt_like_it",
    ),
    "a correction without a reason": (
        corrections(f"{HEAD}c,articles,headline,a,b,\n"),
        BadInput,
        "because",
    ),
    "a correction to a day that is none": (
        corrections(f"{HEAD}c,articles,published_date,,2006-06-31,a misprint\n"),
        BadInput,
        "2006-06-31",
    ),
    "corrections of other columns": (corrections("a,b\n1,2\n"), BadInput, "expected the columns"),
    "a correction with a cell less": (corrections(f"{HEAD}c,articles\n"), BadInput, "6 cells"),
    "a setting nobody knows": (settings("batch_sise = 3\n"), BadConfiguration, "batch_sise"),
    "a setting of another type": (
        settings('batch_size = "many"\n'),
        BadConfiguration,
        "batch_size",
    ),
    "settings that are no TOML": (settings("batch_size =\n"), BadConfiguration, "TOML"),
    "a WARC file that is gone": (lost_warc, NotFound, "backup"),
    "a WARC file that is cut": (cut_warc, BadInput, "warc.gz"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_told_by_the_error_meant_for_it(tmp_path, name):
    plant, error, words = FAULTS[name]

    with pytest.raises(OnrecordError, match=words) as raised:
        plant(tmp_path)

    assert type(raised.value) is error


def one_after_another(folder):
    for name in ("first", "second"):
        with hold_lock(folder / "lock", 0, name):
            pass


CLEAN = {
    "one writer after another": one_after_another,
    "a whole correction": corrections(f"{HEAD}c,articles,headline,a,b,a misprint\n"),
    "known settings": settings("batch_size = 3\n"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_the_clean_twin_passes(tmp_path, name):
    CLEAN[name](tmp_path)


def test_a_line_torn_by_a_kill_is_passed_over_and_the_run_is_unfinished(tmp_path):
    with Journal(tmp_path, "20260101T000000Z-a") as journal:
        journal.write(RUN_STARTED, flow="ingest", sources=[], started_at=NOW)
    with (tmp_path / "20260101T000000Z-a.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"kind": "ans')

    assert [line["kind"] for line in read_journal(tmp_path)] == [RUN_STARTED]
    assert unfinished_runs(tmp_path) == ("20260101T000000Z-a",)
    assert not killed_signal(unfinished_runs(tmp_path)).is_passed


def test_a_run_that_ended_is_not_taken_for_killed(tmp_path):
    with Journal(tmp_path, "20260101T000000Z-a") as journal:
        journal.write(RUN_STARTED, flow="ingest", sources=[], started_at=NOW)
        journal.write(RUN_FINISHED)

    assert unfinished_runs(tmp_path) == ()
    assert killed_signal(()).is_passed


@pytest.mark.parametrize(
    ("hours", "is_passed"), [(1, True), (35, True), (37, False), (24 * 30, False)]
)
def test_a_run_that_did_not_happen_is_noticed(hours, is_passed):
    ended = {"sample": NOW - timedelta(hours=hours)}

    (signal,) = freshness_signals(["sample"], ended, NOW, NOW)

    assert signal.is_passed is is_passed


def test_a_source_that_was_never_read_is_noticed():
    (signal,) = freshness_signals(["sample"], {}, NOW - timedelta(days=3), NOW)

    assert not signal.is_passed
    assert "never" in signal.message


def test_a_source_that_cannot_be_read_is_told_apart_from_the_next():
    down, up = trouble_signals(["down", "up"], {"down": "no such host"})

    assert (down.is_passed, up.is_passed) == (False, True)
    assert down.message == "no such host"


def test_every_canary_of_every_rule_is_refused():
    results = run_canaries()

    assert [f"{each.table}.{each.rule}" for each in results if not each.is_refused] == []
    assert len(results) > 500


def test_a_word_list_that_was_edited_and_a_package_that_was_upgraded_are_other_rules():
    parts = rule_parts()
    edited = parts["vocabulary"] | {"tasks/vocabulary/cues.csv": "edited"}
    upgraded = parts["vocabulary"] | {"babel": "99.0"}

    digests = {
        versions_of(parts | {"vocabulary": known}).vocabulary_digest
        for known in (parts["vocabulary"], edited, upgraded)
    }

    assert len(digests) == 3


def test_a_journal_holds_plain_values_only(tmp_path):
    with Journal(tmp_path, "20260101T000000Z-a") as journal:
        with pytest.raises(TypeError, match="plain values"):
            journal.write("answer", detail=object())
        journal.write("answer", detail="text")

    (line,) = read_journal(tmp_path)
    assert json.loads(json.dumps(line))["detail"] == "text"
