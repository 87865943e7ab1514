"""Refused rows are tried again, released once wherever a run dies, and what came of it is told."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import by_hand, finish, session, settle_batches
from flows.rebuild import rebuild
from flows.session import Order, Request
from schemas.errors import BadUsage
from tasks.clock import SystemClock
from tasks.load import Warehouse
from tasks.quarantine import Choice
from tasks.settings import Settings
from tests.runs import misprints
from tests.runs.bare import run_bare
from warehouse.publish import newest_generation
from warehouse.read import PublishedReader


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours catches it."""


@pytest.fixture(scope="module")
def read_once(tmp_path_factory) -> Path:
    """A data folder in which everything waits; each test has a copy of it."""
    place = tmp_path_factory.mktemp("read")
    pages = misprints.write_pages(place / "pages", 12)
    misprints.refuse(Settings(place / "data"), pages)
    return place / "data"


@pytest.fixture
def settings(tmp_path: Path, read_once: Path) -> Settings:
    shutil.copytree(read_once, tmp_path / "data")
    return Settings(tmp_path / "data", batch_size=5)


@pytest.fixture
def refused(settings):
    return misprints.waiting(settings)


def count(settings, sql):
    with PublishedReader(settings.published) as reader:
        ((value,),) = (tuple(row.values()) for row in reader.rows(sql))
    return value


def die(*_args, **_named):
    raise Killed


def die_at_call(number, known):
    calls = iter(range(1000))

    def dying(*args, **named):
        if next(calls) == number:
            raise Killed
        return known(*args, **named)

    return dying


POINTS = {
    "before the second batch is loaded": (Warehouse, "load", 1),
    "after its rows, before its ends": (settle_batches, "capture_ends", 1),
    "before the audit": (Warehouse, "settle_copies", 0),
    "after people were told": (finish, "holds_of", 0),
    "before the run has ended": (session.Journal, "sync", None),
}


@pytest.mark.faults
@pytest.mark.parametrize("points", [[name] for name in POINTS] + [list(POINTS)], ids=str)
def test_each_row_is_released_once_wherever_a_run_dies(settings, refused, monkeypatch, points):
    misprints.correct(settings, refused)
    for name in points:
        place, attribute, number = POINTS[name]
        with monkeypatch.context() as patch:
            if number is None:
                patch.setattr(finish, "_summary", die)
            else:
                patch.setattr(place, attribute, die_at_call(number, getattr(place, attribute)))
            with pytest.raises(Killed):
                misprints.retry(settings)

    summary = misprints.retry(settings)

    rows = len(refused)
    assert str(summary.retried) == f"{rows} retried, {rows} released, 0 still failing"
    assert sorted(misprints.releases(settings)) == sorted(refused)
    assert misprints.waiting(settings) == {}
    assert count(settings, "select count(*) from articles") == 12
    assert count(settings, "select count(*) from quarantine where status = 'released'") == rows
    digests = newest_generation(settings.data).digests
    rebuild(settings)
    assert newest_generation(settings.data).digests == digests


def test_what_still_fails_is_counted(settings, refused):
    few = dict(list(refused.items())[: len(refused) // 2])
    misprints.correct(settings, few)

    summary = misprints.retry(settings)

    captures = {row["capture_id"] for row in few.values()}
    released = sum(row["capture_id"] in captures for row in refused.values())
    assert (summary.retried.count, summary.retried.released) == (len(refused), released)
    assert summary.retried.still_refused == len(refused) - released
    assert "still failing" in count(
        settings, "select message from runs order by run_id desc limit 1"
    )


@pytest.mark.parametrize(
    ("choice", "retries_all"),
    [
        pytest.param(Choice(), True, id="all"),
        pytest.param(Choice(rule="printed_date_is_possible"), True, id="by rule"),
        pytest.param(Choice(rule="no_such_rule"), False, id="another rule"),
        pytest.param(Choice(source="files"), True, id="by source"),
        pytest.param(Choice(source="voa"), False, id="another source"),
    ],
)
def test_rows_are_chosen(settings, refused, choice, retries_all):
    summary = run_bare(Request(settings, Order("retry", retry=choice)))

    assert summary.retried.count == (len(refused) if retries_all else 0)
    assert summary.retried.released == 0


def test_one_row_is_chosen_by_its_id(settings, refused):
    chosen = next(name for name, row in refused.items() if row["table_name"] == "articles")

    summary = run_bare(Request(settings, Order("retry", retry=Choice((chosen,)))))

    # Its capture is read again, and with it what else waits of that capture.
    capture_id = refused[chosen]["capture_id"]
    assert summary.retried.count == sum(row["capture_id"] == capture_id for row in refused.values())


class Tomorrow(SystemClock):
    def now(self):
        return super().now() + timedelta(days=1)


def test_a_waiver_ends_after_its_last_day_and_the_row_is_judged_again(settings, refused):
    (chosen, *_) = refused
    today = datetime.now(UTC).date()
    by_hand.waive(settings, chosen, "known", today)
    assert chosen not in misprints.waiting(settings)
    assert misprints.retry(settings).ended_waivers == 0

    summary = misprints.retry(settings, Tomorrow())

    assert summary.ended_waivers == 1
    assert summary.retried.count >= 1
    row = misprints.waiting(settings)[chosen]
    assert (row["status"], row["attempt_count"], row["waived_until"]) == ("open", 2, None)
    assert misprints.retry(settings).ended_waivers == 0


def test_a_waiver_that_would_be_over_is_refused(settings, refused):
    with pytest.raises(BadUsage, match="a day to come"):
        by_hand.waive(
            settings, next(iter(refused)), "known", datetime(2020, 1, 1, tzinfo=UTC).date()
        )


def test_waivers_are_listed_with_their_ends(settings, refused, capsys):
    import onrecord  # noqa: PLC0415 - the command line, for this test alone

    (chosen, *_) = refused
    until = datetime.now(UTC).date() + timedelta(days=30)
    data = ["--data", str(settings.data)]
    onrecord.run(
        [*data, "quarantine", "waive", chosen, "--because", "known", "--until", str(until)]
    )
    capsys.readouterr()

    assert onrecord.run([*data, "quarantine", "list", "--waived", "--json"]) == 0

    (row,) = json.loads(capsys.readouterr().out)["quarantine"]
    assert (row["quarantine_id"], row["status_reason"]) == (chosen, "known")
    assert row["waived_until"] == str(until)


def test_a_retry_of_nothing_says_so(settings, refused, capsys):
    import onrecord  # noqa: PLC0415 - the same

    data = ["--data", str(settings.data)]

    assert onrecord.run([*data, "quarantine", "retry", "--rule", "no_such_rule"]) == 66
    assert "no open row is like that" in capsys.readouterr().err
