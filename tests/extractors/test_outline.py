from __future__ import annotations

import pytest

from tasks.extractors.html import parse
from tasks.extractors.walk import read_outline

LINE = "A line that runs to the margin of the page and goes on"


def pieces(markup):
    return [piece.text for piece in read_outline(parse(markup).body).pieces]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>one <b>two</b> three<p>four", ["one two three", "four"], id="paragraphs"),
        pytest.param("one<br><br>two", ["one", "two"], id="two breaks part paragraphs"),
        pytest.param("one<br>two", ["one", "two"], id="a break after a short line parts"),
        pytest.param(
            f"{LINE}<br>over the next line.",
            [f"{LINE} over the next line."],
            id="a wrapped line goes on",
        ),
        pytest.param(
            f"<b>{LINE}</b><br>over",
            [LINE, "over"],
            id="a bold line is not wrapped into a plain one",
        ),
        pytest.param("<table><tr><td>a<td>b</table>", ["a", "b"], id="cells"),
        pytest.param("a&nbsp;&nbsp;b\n\n c", ["a b c"], id="white space is one space"),
        pytest.param(
            "<p>a<script>b</script><style>c</style><noscript>d</noscript>", ["a"], id="unseen"
        ),
        pytest.param("<p>a<p style='display: none'>b<p hidden>c", ["a"], id="hidden"),
        pytest.param("<p>a<template><p>b</template><!-- c -->", ["a"], id="template and comment"),
        pytest.param(
            "<pre>one\n  two\n\nthree\n</pre>", ["one\n  two\n\nthree"], id="pre keeps its lines"
        ),
        pytest.param(
            "<p>it&#146;s &#0;&#xD800;x", ["it’s \ufffd\ufffdx"], id="numbered characters"
        ),
    ],
)
def test_pieces_are_what_nothing_interrupts(markup, expected):
    assert pieces(markup) == expected


def test_link_and_bold_lengths_are_counted():
    (piece,) = read_outline(parse("<p><a href=x>one</a> two <b>three</b>").body).pieces

    assert (piece.text, piece.link_length, piece.bold_length) == ("one two three", 3, 5)


def test_a_role_reaches_everything_inside_until_a_nearer_one():
    tree = parse("<div><p>a<p id=x>b</div><p>c")
    roles = {tree.css_first("div").mem_id: "outer", tree.css_first("#x").mem_id: "inner"}

    outline = read_outline(tree.body, roles)

    assert [(x.text, outline.elements[x.holder].role) for x in outline.pieces] == [
        ("a", "outer"),
        ("b", "inner"),
        ("c", None),
    ]


def test_a_whole_node_is_one_piece():
    tree = parse("<ul><li>a<li>b</ul><p>c")
    node = tree.css_first("ul")

    outline = read_outline(tree.body, {node.mem_id: "navigation"}, frozenset({node.mem_id}))

    assert [piece.text for piece in outline.pieces] == ["a b", "c"]
