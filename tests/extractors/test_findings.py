from __future__ import annotations

from schemas.records import Finding, PageInput
from tasks.extractors.page import read_page
from tasks.extractors.ways import Way, findings_of

PAGE = """
<html lang=en><head><title>Talks Resume - Harbour Gazette</title>
<meta property=og:title content="Talks Resume"><meta name=author content="Maria Okello">
</head><body><p class=breadcrumb>Home > Africa</p><h1>Talks Resume</h1><p>By Jan de Vries</p>
<div><p>LIMA (Harbour News) - The talks on the bridge have resumed, officials said on Friday.</p>
<p>They had been broken off in March, and nobody said when they would end, if ever.</p></div></body>
"""


def test_the_first_way_is_chosen_and_a_value_counts_once_for_each_rule():
    ways = [Way("a", "one", "x"), Way("b", "two", "y"), Way("a", "one", "z"), Way("a", "two", "w")]

    assert findings_of("section", ways) == (
        Finding("section", "a", "one", "x", None, is_chosen=True),
        Finding("section", "b", "two", "y"),
        Finding("section", "a", "two", "w"),
    )


def test_every_way_tried_is_a_finding_with_its_evidence():
    document = read_page(PageInput("p", body=PAGE.encode()))

    assert [(x.field, x.value, x.rule, x.is_chosen) for x in document.findings] == [
        ("headline", "Talks Resume", "headline_line", True),
        ("headline", "Talks Resume", "metadata", False),
        ("headline", "Talks Resume - Harbour Gazette", "title", False),
        ("section", "Africa", "breadcrumb", True),
        ("byline", "Jan de Vries", "byline_line", True),
        ("byline", "Maria Okello", "metadata", False),
        ("dateline_place", "Lima", "dateline", True),
        ("agency", "Harbour News", "dateline", True),
        ("language_code", "en", "common_words", True),
        ("language_code", "en", "stated", False),
    ]


def test_what_is_chosen_is_what_the_document_says():
    document = read_page(PageInput("p", body=PAGE.encode()))

    chosen = {x.field: x.value for x in document.findings if x.is_chosen}
    assert chosen == {
        "headline": document.headline,
        "section": document.section,
        "byline": "; ".join(document.byline),
        "dateline_place": document.dateline.place,
        "agency": document.agency.name,
        "language_code": document.language_code,
    }
