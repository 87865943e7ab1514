"""One event is one line, whatever a page puts into it."""

from __future__ import annotations

import logging

import pytest

from tasks.log_file import write_log_to


@pytest.fixture
def logger():
    """As it was before, afterwards."""
    found = logging.getLogger("onrecord")
    before = (list(found.handlers), found.level, found.propagate)
    yield found
    for handler in set(found.handlers) - set(before[0]):
        found.removeHandler(handler)
        handler.close()
    found.level, found.propagate = before[1:]


@pytest.mark.parametrize("hostile", ["a\nb", "a\r\nb", "a\x1b[2Jb", "a\u2028b"])
def test_one_event_is_one_line(tmp_path, logger, hostile):
    write_log_to(tmp_path / "onrecord.log")

    logger.warning("page %s", hostile)

    text = (tmp_path / "onrecord.log").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


def test_a_second_call_moves_the_log(tmp_path, logger):
    write_log_to(tmp_path / "first.log")
    write_log_to(tmp_path / "second.log")

    logger.warning("once")

    assert not (tmp_path / "first.log").exists()
    assert "once" in (tmp_path / "second.log").read_text(encoding="utf-8")


def test_a_folder_that_takes_no_log_stops_nothing(tmp_path, logger):
    (tmp_path / "file").write_text("in the way")
    write_log_to(tmp_path / "file" / "onrecord.log")

    logger.warning("told to nobody")

    assert (tmp_path / "file").read_text() == "in the way"
