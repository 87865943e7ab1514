from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.errors import Unreadable
from schemas.records import PageInput
from schemas.source import Layout, Source
from tasks.extractors.page import read_page

OLD = Layout(
    name="old",
    fingerprint=("td.text",),
    body="td.text",
    headline="font.head",
    printed_date="font.date",
    used_until=date(2005, 12, 31),
    navigation="td.menu",
)
NEW = Layout(
    name="new",
    fingerprint=("article", "h1"),
    body="article div.body",
    headline="h1",
    subhead="p.deck",
    section="p.section",
    printed_date="time",
    byline="p.by",
    caption="figcaption",
    related="aside",
    navigation="nav",
    banner="div.appeal",
    boilerplate="footer",
    used_from=date(2006, 1, 1),
)
GAZETTE = Source(
    name="gazette",
    title="Harbour Gazette",
    hosts=("gazette.example",),
    listings=(),
    layouts=(OLD, NEW),
    contact="desk@gazette.example",
    time_zone="UTC",
    pause=timedelta(0),
    agencies={"hg": "Harbour Gazette"},
)
NEW_PAGE = """
<html><body><nav><a href=/>Home</a> <a href=/world>World</a></nav>
<div class=appeal>Give today!</div><article><p class=section>World</p><h1>Talks Resume</h1>
<p class=deck>Envoys meet in Lima</p><p class=by>By Maria Okello</p><time>25 May 2007</time>
<div class=body><p>Lima -- The talks have resumed.<div class=appeal>Give today!</div>
<blockquote>We are glad.</blockquote><ul><li>Roads</li><li>Ports</li></ul>
<figure><figcaption>Envoys in Lima</figcaption></figure><p>They go on.</div>
<aside>More: <a href=/x>Ports</a></aside></article><footer>© 2007</footer>
<p>Stray words</body></html>
"""
OLD_PAGE = (
    "<table><tr><td class=menu><a href=/>Home</a><td class=text>"
    "<font class=head>Talks Resume</font><font class=date>25 May 2005</font>"
    "<p>By Maria Okello<p>Lima -- The talks have resumed.</table>"
)


def page(markup, captured=None, url="http://gazette.example/2007/05/talks-070525-hg01.htm"):
    return PageInput("p", url=url, body=markup.encode(), captured_at=captured)


def test_every_block_has_the_label_its_selector_says():
    document = read_page(page(NEW_PAGE), GAZETTE)

    assert [(block.label, block.text) for block in document.blocks] == [
        ("navigation", "Home World"),
        ("banner", "Give today!"),
        ("section", "World"),
        ("headline", "Talks Resume"),
        ("subhead", "Envoys meet in Lima"),
        ("byline", "By Maria Okello"),
        ("date", "25 May 2007"),
        ("paragraph", "Lima -- The talks have resumed."),
        ("banner", "Give today!"),
        ("quote", "We are glad."),
        ("list", "Roads"),
        ("list", "Ports"),
        ("caption", "Envoys in Lima"),
        ("paragraph", "They go on."),
        ("related", "More: Ports"),
        ("boilerplate", "© 2007"),
        ("unknown", "Stray words"),
    ]


def test_fields_come_from_the_layout():
    document = read_page(page(NEW_PAGE), GAZETTE)

    assert (
        document.layout,
        document.published_date,
        document.headline,
        document.subhead,
        document.section,
        document.byline,
        document.agency and document.agency.name,
        document.text,
    ) == (
        "declared:new",
        date(2007, 5, 25),
        "Talks Resume",
        "Envoys meet in Lima",
        "World",
        ("Maria Okello",),
        "Harbour Gazette",
        "Lima -- The talks have resumed.\n\nWe are glad.\n\nRoads\n\nPorts\n\nThey go on.",
    )


@pytest.mark.parametrize(
    ("markup", "captured", "layout"),
    [
        pytest.param(
            OLD_PAGE, datetime(2005, 6, 1, tzinfo=UTC), "declared:old", id="old design, old capture"
        ),
        pytest.param(
            NEW_PAGE, datetime(2007, 6, 1, tzinfo=UTC), "declared:new", id="new design, new capture"
        ),
        pytest.param(OLD_PAGE, None, "declared:old", id="capture day unknown"),
    ],
)
def test_the_layout_fits_page_and_capture_day(markup, captured, layout):
    assert read_page(page(markup, captured), GAZETTE).layout == layout


def test_a_byline_inside_the_body_element_is_no_body():
    document = read_page(page(OLD_PAGE), GAZETTE)

    assert (document.byline, document.text) == (
        ("Maria Okello",),
        "Lima -- The talks have resumed.",
    )


@pytest.mark.parametrize(
    ("markup", "captured", "words"),
    [
        pytest.param(
            OLD_PAGE, datetime(2007, 6, 1, tzinfo=UTC), "fingerprint of none", id="closed layout"
        ),
        pytest.param(NEW_PAGE.replace("h1", "h2"), None, "fingerprint of none", id="redesign"),
        pytest.param(
            NEW_PAGE.replace("<h1>Talks Resume", "<h1>"),
            None,
            "new without headline",
            id="headline missing",
        ),
        pytest.param(
            NEW_PAGE.replace("class=body", "class=x"), None, "new without body", id="body missing"
        ),
    ],
)
def test_a_page_of_no_layout_is_refused_and_says_which(markup, captured, words):
    with pytest.raises(Unreadable, match=words) as refused:
        read_page(page(markup, captured), GAZETTE)

    assert refused.value.reason == "layout_missing"
    assert "tasks/sources/gazette" in str(refused.value)


def test_the_next_layout_is_tried_where_one_lacks_what_it_requires():
    plain = replace(OLD, name="plain", headline="", printed_date="", required=(), used_until=None)
    source = replace(GAZETTE, layouts=(OLD, plain))
    markup = "<table><tr><td class=text><p>The talks have resumed.</table>"

    assert read_page(page(markup), source).layout == "declared:plain"


def test_a_preformatted_body_is_read_by_its_lines():
    layout = Layout(name="pre", fingerprint=("pre",), body="pre", required=())
    text = (
        "Harbour Gazette\n\n25 May 2007\n\nTalks Resume\n\n"
        "Lima -- The talks about the bridge have resumed, and both\nsides are glad.\n"
    )

    document = read_page(page(f"<pre>{text}</pre>"), replace(GAZETTE, layouts=(layout,)))

    assert (document.headline, document.published_date, document.text) == (
        "Talks Resume",
        date(2007, 5, 25),
        "Lima -- The talks about the bridge have resumed, and both sides are glad.",
    )


def test_a_page_in_no_declared_form_is_read_where_not_all_forms_are_known():
    paragraphs = "<p>Lima -- The talks have resumed, officials of Peru and Chile said.</p>" * 4
    markup = f"<html><body><div id=x><h1>Talks Resume</h1>{paragraphs}</div></body></html>"

    with pytest.raises(Unreadable, match="expected a layout of gazette"):
        read_page(page(markup), GAZETTE)
    document = read_page(page(markup), replace(GAZETTE, reads_other_designs=True))

    assert (document.layout, document.headline) == ("generic", "Talks Resume")
    assert document.text.startswith("Lima -- The talks")


@pytest.mark.parametrize(
    ("first_date", "last_date", "day"),
    [
        (date(2007, 5, 25), date(2007, 5, 25), date(2007, 5, 25)),
        (date(2007, 5, 26), None, None),
        (None, date(2007, 5, 24), None),
    ],
)
def test_no_day_outside_the_span_of_the_source_is_chosen(first_date, last_date, day):
    source = replace(GAZETTE, first_date=first_date, last_date=last_date)

    document = read_page(page(NEW_PAGE, url="http://gazette.example/talks.htm"), source)

    assert document.published_date == day
    assert ("2007-05-25", "printed_date") in [(x.value, x.rule) for x in document.findings]
