"""Ctrl-C, remembered: a library in the middle of its work makes an error of its own out of it."""

from __future__ import annotations

import signal
from types import FrameType


class Interrupt:
    """`came` tells errors that follow a Ctrl-C from others.

    DuckDB 2.0 raises RuntimeError for one inside a statement, and InvalidInputException for one
    inside `register`; neither has KeyboardInterrupt as its cause.
    """

    def __init__(self) -> None:
        self.came = False

    def listen(self) -> None:
        """A shell that starts a command in the background has the signal ignored: left so."""
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._come)

    def _come(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        signal.default_int_handler(number, frame)
