"""A Ctrl-C is remembered, and still raised."""

from __future__ import annotations

import os
import signal

import pytest

from tasks.interrupt import Interrupt


@pytest.fixture
def interrupt():
    before = signal.getsignal(signal.SIGINT)
    yield Interrupt()
    signal.signal(signal.SIGINT, before)


def test_it_came_and_is_raised(interrupt):
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupt.listen()
    assert not interrupt.came

    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)

    assert interrupt.came


def test_a_signal_that_the_shell_ignores_stays_ignored(interrupt):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupt.listen()
    os.kill(os.getpid(), signal.SIGINT)

    assert not interrupt.came
