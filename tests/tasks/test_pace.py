"""When a host may be asked: by a clock that a test moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tasks.pace import Pace, host_key

PAUSE = timedelta(seconds=5)


class Hands:
    """A clock moved by sleeping; `boot_id` changes where a test restarts the machine."""

    def __init__(self, boot_id="boot-1"):
        self.boot_id = boot_id
        self.seconds = 1000.0
        self.wall = datetime(2024, 3, 1, tzinfo=UTC)
        self.slept = []

    def now(self):
        return self.wall

    def monotonic(self):
        return self.seconds

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.pass_by(seconds)

    def pass_by(self, seconds):
        self.seconds += seconds
        self.wall += timedelta(seconds=seconds)


def ask(folder, clock, pause=PAUSE, **end):
    """One request; how long it had to wait."""
    before = len(clock.slept)
    with Pace(folder, "news.example", clock).turn(pause) as turn:
        turn.wait()
        turn.begin()
        turn.end(**end)
    return sum(clock.slept[before:])


def test_the_pause_is_kept_between_processes(tmp_path):
    clock = Hands()

    waits = [ask(tmp_path, clock), ask(tmp_path, clock)]
    clock.pass_by(3)

    assert [*waits, ask(tmp_path, clock)] == [0, 5, 2]


def test_a_longer_pause_counts_from_the_last_request(tmp_path):
    clock = Hands()
    ask(tmp_path, clock, pause=timedelta(seconds=1))

    assert ask(tmp_path, clock, pause=timedelta(seconds=9)) == 9


def test_a_request_cut_off_by_a_kill_counts_from_now(tmp_path):
    clock = Hands()
    with Pace(tmp_path, "news.example", clock).turn(PAUSE) as turn:
        turn.wait()
        turn.begin()
    clock.pass_by(60)

    assert ask(tmp_path, clock) == 5


@pytest.mark.parametrize("jump", [timedelta(days=-3650), timedelta(days=3650)])
def test_a_wall_clock_set_wrong_changes_nothing(tmp_path, jump):
    clock = Hands()
    ask(tmp_path, clock)
    clock.wall += jump

    assert ask(tmp_path, clock) == 5


@pytest.mark.parametrize(
    ("away", "waits"),
    [
        pytest.param(timedelta(seconds=1), 4, id="a quick restart"),
        pytest.param(timedelta(hours=1), 0, id="an hour off"),
        pytest.param(timedelta(days=-1), 5, id="a wall clock set back meanwhile"),
    ],
)
def test_the_pause_spans_a_restart_of_the_machine(tmp_path, away, waits):
    before = Hands("boot-1")
    ask(tmp_path, before)
    after = Hands("boot-2")
    after.seconds, after.wall = 7.0, before.wall + away

    assert ask(tmp_path, after) == waits


def test_a_block_holds_for_every_process_and_ends(tmp_path):
    clock = Hands()
    with Pace(tmp_path, "news.example", clock).turn(PAUSE) as turn:
        turn.block(3600)

    seen = []
    for seconds in (0, 3599, 2):
        clock.pass_by(seconds)
        with Pace(tmp_path, "news.example", clock).turn(PAUSE) as turn:
            seen.append(turn.seconds_blocked > 0)
    assert seen == [True, True, False]


def test_no_host_is_blocked_for_years(tmp_path):
    clock = Hands()
    with Pace(tmp_path, "news.example", clock).turn(PAUSE) as turn:
        turn.block(10 * 365 * 86_400)

        assert turn.seconds_blocked == 86_400


def test_a_host_in_trouble_is_asked_more_slowly_and_then_faster_again(tmp_path):
    clock = Hands()
    waits = []
    for is_well in (False, False, False, False, True, True, True, True, True):
        before = len(clock.slept)
        with Pace(tmp_path, "news.example", clock).turn(PAUSE) as turn:
            turn.wait()
            turn.answered() if is_well else turn.struggled()
            turn.end()
        waits.append(sum(clock.slept[before:]))

    assert waits == [0, 10, 20, 40, 40, 20, 10, 5, 5]


def test_a_torn_file_is_read_as_a_request_under_way(tmp_path):
    clock = Hands()
    ask(tmp_path, clock)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:100])

    assert ask(tmp_path, clock) == 5


@pytest.mark.parametrize(
    "spelled", ["news.example", "NEWS.example", "news.example.", "www.news.example"]
)
def test_the_spellings_of_a_host_share_one_pause(spelled):
    assert host_key(spelled) == "news.example"
