from __future__ import annotations

import pytest

from tasks.extractors.saved_lines import split_paragraphs

WRAPPED = (
    "Lima -- The two governments have agreed on a new bridge over\n"
    "the river, officials said today in the capital of the country,\n"
    "where they met.\n"
)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        pytest.param("one\n\ntwo\n\n\nthree", ["one", "two", "three"], id="blank lines part"),
        pytest.param(
            "one\r\n\r\ntwo\rthree", ["one", "two", "three"], id="line ends of every system"
        ),
        pytest.param(WRAPPED, [WRAPPED.replace("\n", " ").strip()], id="wrapped lines are joined"),
        pytest.param(
            WRAPPED + "Work is to begin in spring, a spokesman told the reporters.\n",
            [
                WRAPPED.replace("\n", " ").strip(),
                "Work is to begin in spring, a spokesman told the reporters.",
            ],
            id="a line that stopped early ends a paragraph",
        ),
        pytest.param(
            "The list of what is planned by both sides is this:\n- a bridge, four lanes\n- a port",
            [
                "The list of what is planned by both sides is this:",
                "- a bridge, four lanes",
                "- a port",
            ],
            id="items stay apart",
        ),
        pytest.param(
            "MR. OKELLO: We shall build it, and we shall build it\nwell.\nQUESTION: When?",
            ["MR. OKELLO: We shall build it, and we shall build it well.", "QUESTION: When?"],
            id="turns stay apart",
        ),
        pytest.param(
            "a" * 120 + ".\n" + "b" * 130 + ".",
            ["a" * 120 + ".", "b" * 130 + "."],
            id="one paragraph a line",
        ),
        pytest.param("Lima\n25 May 2007", ["Lima", "25 May 2007"], id="short lines are fields"),
        pytest.param("  actions.   In fact  ", ["actions.   In fact"], id="spaces inside stay"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_paragraphs(text, paragraphs):
    assert split_paragraphs(text) == paragraphs
