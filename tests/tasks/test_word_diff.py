"""Two readings of one text: what is gone and what is new, word by word, in its place."""

from __future__ import annotations

import pytest

from tasks.word_diff import MOST_WORDS, Piece, marked, word_diff

LEAD = "The ministers met in Tunis on Monday and agreed to open the border before the summer."


def diff(old, new):
    return marked(word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        pytest.param(LEAD, LEAD, [], id="the same"),
        pytest.param("a b c", "a x c", ["a [-b-]{+x+} c"], id="a word for another"),
        pytest.param("a c", "a b c", ["a {+b +}c"], id="a word more"),
        pytest.param("a b c", "a c", ["a [-b -]c"], id="a word less"),
        pytest.param("a\n\nb", "a\n\nb\n\nc", ["{+c+}"], id="a paragraph more"),
        pytest.param("a\n\nb\n\nc", "a\n\nc", ["[-b-]"], id="a paragraph less"),
        pytest.param("", "a", ["{+a+}"], id="something for nothing"),
        pytest.param(
            "We heard that " + LEAD,
            "We heard that " + LEAD.replace("Monday", "Tuesday"),
            [
                (
                    "… The ministers met in Tunis on [-Monday-]{+Tuesday+} and agreed to open the "
                    "border …"
                )
            ],
            id="a few words round it",
        ),
    ],
)
def test_what_changed_is_marked_where_it_stands(old, new, shown):
    assert diff(old, new) == shown


def test_changes_far_apart_are_shown_with_what_is_between_left_out():
    old = "first " + LEAD + " " + LEAD + " last"
    new = old.replace("first", "1st").replace("last", "end")

    (shown,) = diff(old, new)

    assert shown.startswith("[-first-]{+1st+} The ministers met in Tunis on … ")
    assert shown.endswith("open the border before the summer. [-last-]{+end+}")


def test_both_texts_can_be_read_out_of_the_pieces():
    old, new = (
        "The port of Accra was shut.\n\nShips wait.",
        "The port of Tema is shut.\n\nShips left.",
    )

    pieces = word_diff(old, new)

    def read(left_out):
        return "\n\n".join("".join(p.text for p in each if p.kind != left_out) for each in pieces)

    assert (read("new"), read("gone")) == (old, new)


def test_a_very_long_paragraph_is_shown_old_and_new():
    old = "word " * (MOST_WORDS + 1)

    assert word_diff(old, old + "end") == [[Piece("gone", old), Piece("new", old + "end")]]
