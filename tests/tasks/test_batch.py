"""Readings become one frame per table: nothing is lost or doubled, corrections are applied."""

from __future__ import annotations

from tasks.batch import RECORD_TABLES, TABLES, propose
from tasks.corrections import Correction
from tasks.extract import Unread, read_capture
from tests.planted.finders import PAGE, RUN, capture_of

OTHER = capture_of(PAGE.replace("Ghana", "Togo"), url="http://www.example.org/2006/06/togo.html")


def test_every_table_has_a_frame_of_this_run():
    frames = propose([read_capture(capture_of())], RUN, ()).frames

    assert set(frames) == set(TABLES)
    assert {frame["run_id"].unique().item() for frame in frames.values() if frame.height} == {RUN}


def test_a_capture_that_cannot_be_read_is_a_capture_still():
    unread = Unread(capture_of(b""), "empty_body", "0 bytes")

    proposed = propose([unread], RUN, ())

    assert proposed.frames["captures"]["capture_id"].to_list() == [unread.capture.capture_id]
    assert [name for name in RECORD_TABLES if proposed.frames[name].height] == []
    assert proposed.unread == (unread,)


def test_one_speaker_of_two_pages_is_one_record():
    readings = [read_capture(capture_of()), read_capture(OTHER)]

    frames = propose(readings, RUN, ()).frames

    assert frames["articles"].height == 2
    assert frames["speakers"]["speaker_id"].is_unique().all()
    assert "Efua Mensah" in frames["speakers"]["speaker_name"]


def test_an_empty_batch_has_every_column():
    proposed = propose([], RUN, ())

    whole = propose([read_capture(capture_of())], RUN, ())
    assert {n: f.schema for n, f in proposed.frames.items()} == {
        n: f.schema for n, f in whole.frames.items()
    }


def test_a_correction_is_applied_to_its_capture_alone_and_said_to_be_used():
    capture = capture_of()
    used = Correction(capture.capture_id, "articles", "section", "", "Trade", "the page was moved")
    unused = Correction("0" * 32, "articles", "section", "", "Sport", "another page")

    proposed = propose([read_capture(capture), read_capture(OTHER)], RUN, (used, unused))

    sections = dict(proposed.frames["articles"].select("capture_id", "section").iter_rows())
    assert sections == {capture.capture_id: "Trade", OTHER.capture_id: None}
    assert proposed.used_corrections == (used,)
