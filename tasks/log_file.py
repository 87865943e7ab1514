"""The log of runs that are started by hand: a file, so that a terminal shows the run alone."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path


def write_log_to(path: Path) -> None:
    """From now on there, and nowhere else: a second call in one process moves the log."""
    logger = logging.getLogger("onrecord")
    for old in list(logger.handlers):
        if isinstance(old, logging.FileHandler):
            logger.removeHandler(old)
            old.close()
    handler = _LogFile(path, encoding="utf-8", delay=True)
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


class _LogFile(logging.FileHandler):
    """A log that cannot be opened stops nothing: the run itself says what is wrong there."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            super().emit(record)


class _OneLine(logging.Formatter):
    """One event is one line: text from a page cannot forge another."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
