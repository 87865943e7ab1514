"""What is owed to a channel: once per state, at most twice a day, nothing lost while it is down."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tasks.alert import Delivery
from tasks.incidents import Damping, Signal, decide_changes, fold_incidents, incident_fields
from tasks.notices import Pace, instead, owed

NOW = datetime(2024, 3, 1, 3, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def signal(*, passes=False, severity="warn", rows=1):
    return Signal("quotes_are_found", "voa", severity, passes, "Few.", "{}", "extraction", rows)


class Diary:
    """A journal in memory, with its own clock; each call is one run."""

    def __init__(self, pace=None, damping=None):
        self.lines, self.now, self.pace, self.damping = [], NOW, pace, damping or Damping(100)

    def write(self, kind, fields):
        line = {"kind": kind, "run_id": "run", **fields}
        self.lines.append(json.loads(json.dumps(line, default=datetime.isoformat)))

    def run(self, *signals, channels=("chat",), down=(), after=HOUR):
        """What the run sent, by channel; it fails on those that are down."""
        known = fold_incidents(self.lines).values()
        for change in decide_changes(known, signals, str(self.now), self.now, self.damping):
            self.write("incident", incident_fields(change))
        sent = owed(self.lines, channels, self.now, self.pace)
        for notice in sent:
            self.record(notice, is_delivered=notice.channel not in down)
        self.now += after
        return [f"{notice.channel} {notice.event}" for notice in sent]

    def record(self, notice, *, is_delivered):
        made = Delivery(
            "id",
            notice.incident.incident_id,
            notice.event,
            notice.channel,
            self.now,
            is_delivered,
            "",
            "run",
        )
        self.write("delivery", made.fields())

    def acknowledge(self):
        (incident,) = fold_incidents(self.lines)
        self.write("acknowledged", {"incident_id": incident, "at": self.now, "by": "Efua"})


BAD, GOOD = signal(), signal(passes=True)


def test_an_opening_and_an_end_are_told_once():
    diary = Diary()

    told = [diary.run(each) for each in (BAD, BAD, BAD, GOOD, GOOD)]

    assert told == [["chat opened"], [], [], ["chat closed"], []]


def test_while_it_goes_on_it_is_told_of_once_an_interval():
    diary = Diary()

    told = [diary.run(BAD) for _ in range(73)]

    assert [number for number, sent in enumerate(told) if sent] == [0, 24, 48, 72]
    assert told[24] == ["chat reminder"]


@pytest.mark.parametrize(
    ("pace", "hours"),
    [
        pytest.param(Pace(reminder=2 * DAY), [0, 48], id="every other day"),
        pytest.param(Pace(reminder=None), [0], id="never again"),
        pytest.param(Pace(HOUR, HOUR), [0, 1, 24, 25, 48, 49], id="no pace breaks the bound"),
    ],
)
def test_the_pace_is_set(pace, hours):
    diary = Diary(pace)

    told = [diary.run(BAD) for _ in range(52)]

    assert [number for number, sent in enumerate(told) if sent][: len(hours)] == hours


def test_nobody_is_reminded_of_what_is_acknowledged_but_of_its_end():
    diary = Diary()
    diary.run(BAD)
    diary.acknowledge()

    told = [diary.run(BAD) for _ in range(50)]

    assert told == [[]] * 50
    assert diary.run(GOOD) == ["chat closed"]


def test_what_gets_worse_is_told_though_acknowledged_once_the_interval_is_over():
    diary = Diary()
    diary.run(BAD)
    diary.acknowledge()

    told = [diary.run(signal(severity="error")) for _ in range(24)]

    assert told == [[]] * 23 + [["chat worsened"]]


def test_a_channel_that_is_down_gets_what_it_missed_and_no_other_gets_it_twice():
    diary = Diary()
    channels = ("chat", "mail")

    first = diary.run(BAD, channels=channels, down=("mail",))
    second = diary.run(BAD, channels=channels, down=("mail",))
    third = diary.run(BAD, channels=channels)

    assert first == ["chat opened", "mail opened"]
    assert second == ["mail opened"]
    assert third == ["mail opened"]


def test_what_is_over_before_a_channel_is_back_is_one_message():
    diary = Diary()
    diary.run(BAD, down=("chat",))
    diary.run(GOOD, down=("chat",))

    assert diary.run() == ["chat closed"]
    assert diary.run() == []


def test_a_new_channel_is_not_told_of_what_is_over():
    diary = Diary()
    diary.run(BAD)
    diary.run(GOOD)

    assert diary.run(channels=("chat", "new")) == []


def test_a_new_channel_is_told_of_what_is_open():
    diary = Diary()
    diary.run(BAD)

    assert diary.run(BAD, channels=("chat", "new")) == ["new opened"]


def test_flapping_is_told_of_once_and_its_end_once():
    diary = Diary(damping=Damping(3, DAY))

    told = [diary.run(each) for each in (*[BAD, GOOD] * 40, *[GOOD] * 30)]

    flat = [sent for run in told for sent in run]
    assert flat == ["chat opened", "chat closed", "chat flapping", "chat closed"]


def test_a_second_channel_is_not_sent_what_it_has_had():
    diary = Diary()
    diary.run(BAD, down=("chat",))
    (missed,) = owed(diary.lines, ["chat"], diary.now)

    (passed_on,) = instead(diary.lines, [missed], "mail", diary.now)
    diary.record(passed_on, is_delivered=True)

    assert (passed_on.channel, passed_on.event) == ("mail", "opened")
    assert instead(diary.lines, [missed], "mail", diary.now) == []
