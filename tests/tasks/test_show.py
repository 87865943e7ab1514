"""What is printed: values of any kind as text, hostile ones harmless."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from tasks.show import as_json, plain, show_pairs, show_rows


def printed(show, *arguments):
    console = Console(width=200, force_terminal=False)
    with console.capture() as capture:
        show(console, *arguments)
    return capture.get()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (False, "False"),
        (0.25, "0.25"),
        (date(2007, 5, 25), "2007-05-25"),
        (datetime(2007, 5, 25, 10, 1, 2, tzinfo=UTC), "2007-05-25 10:01:02"),
        (["a", None, 1], "a, , 1"),
        ("two\nlines", "two\nlines"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("bell\x07", "bell\\x07"),
    ],
)
def test_a_cell_as_text(value, text):
    assert plain(value) == text


def test_text_of_a_page_is_never_read_as_markup():
    shown = printed(show_rows, [{"headline": "[bold]Ports[/bold] [link=x]open[/link]"}])

    assert "[bold]Ports[/bold] [link=x]open[/link]" in shown


def test_no_rows_are_said_to_be_none():
    assert printed(show_rows, [], "incidents").strip() == "incidents: none"


def test_what_is_not_known_is_left_out_of_the_pairs():
    shown = printed(show_pairs, [("speaker", None), ("rule", "name_after_cue"), ("cue", "")])

    assert shown.split() == ["rule", "name_after_cue"]


def test_json_has_days_and_instants_in_iso_form_and_letters_as_they_are():
    value = {"day": date(2007, 5, 25), "at": datetime(2007, 5, 25, tzinfo=UTC), "name": "São"}

    text = as_json(value)

    assert json.loads(text) == {
        "day": "2007-05-25",
        "at": "2007-05-25T00:00:00+00:00",
        "name": "São",
    }
    assert "São" in text
