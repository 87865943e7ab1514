from __future__ import annotations

import time

import pytest

from schemas.errors import Unreadable
from tasks.extractors.html import MAX_DEPTH, parse


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 3_000, 100_000])
def test_deep_nesting_is_refused_before_it_is_parsed(depth):
    started = time.process_time()

    with pytest.raises(Unreadable) as refused:
        parse("<div>" * depth + "text")

    assert refused.value.reason == "too_deep"
    assert time.process_time() - started < 2  # the parser alone needs 20 s for 100,000


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>x" * 5_000, id="unclosed paragraphs"),
        pytest.param("<table>" + "<tr><td>x" * 5_000, id="unclosed cells"),
        pytest.param("<ul>" + "<li>x" * 5_000, id="unclosed items"),
        pytest.param("x<br>" * 5_000, id="void elements"),
        pytest.param("<a href=y>x" * 5_000, id="unclosed links"),
        pytest.param("<div><b>x</b></div>" * 5_000, id="closed elements"),
        pytest.param("<script>" + "'<div>' " * 5_000 + "</script><p>x", id="markup in a script"),
        pytest.param("<!--" + "<div>" * 5_000 + "--><p>x", id="markup in a comment"),
    ],
)
def test_many_elements_are_not_deep(markup):
    assert "x" in parse(markup).body.text()


def test_too_many_elements_are_refused():
    with pytest.raises(Unreadable) as refused:
        parse("<i>" * 400_001)

    assert refused.value.reason == "too_large"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<html><head><title>News<body>", id="title never closed"),
        pytest.param(
            "<html><head><title>News</title><script src='x.js'></head><body>",
            id="script never closed",
        ),
    ],
)
def test_a_lost_end_tag_does_not_swallow_the_page(markup):
    story = "".join(
        f"<p>Paragraph {n} of the story, which is long enough to count.</p>" for n in range(30)
    )

    assert len(parse(markup + story).css("p")) == 30


def test_the_tail_behind_a_huge_text_is_kept():
    assert [len(p.text()) for p in parse("<p>" + "y" * 11_000_000 + "<p>tail").css("p")] == [
        11_000_000,
        4,
    ]


def test_unclosed_scripts_stay_linear():
    started = time.process_time()

    parse("<div>" * 900 + "</div>" * 900 + "<script " * 60_000)

    assert time.process_time() - started < 2
