from __future__ import annotations

import pytest

from tasks.extractors.line_forms import is_place_line, is_turn, line_form


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("25 May 2007", "date"),
        ("Posted: Friday, May 25, 2007 10:04 a.m. EDT", "date"),
        ("Last Updated: 2007-05-25 10:04:00", "date"),
        ("08-Jun-05", "date"),
        ("12:41 p.m. EDT", "date"),
        ("By Maria Okello", "byline"),
        ("January 9th, 2008 by Maria Okello", "byline"),
        ("Washington File Staff Writer", "byline"),
        ("Voice of America", "source_footer"),
        ("(AFP)", "source_footer"),
        ("Source: Voice of America", "source_footer"),
        (
            "(USINFO is produced by the Bureau of International Information Programs)",
            "source_footer",
        ),
        ("(950 words)", "boilerplate"),
        ("(1,200)", "boilerplate"),
        ("Copyright 2008 The Associated Press. All rights reserved.", "boilerplate"),
        ("E-mail this article", "boilerplate"),
        ("/// KIM ACT ///", "boilerplate"),
        ("NEB/AW/JO", "boilerplate"),
        ("Photo by Maria Okello", "caption"),
        ("(Credit: Maria Okello/Valley News)", "caption"),
        ("AP Photo/Maria Okello", "caption"),
        ("4 min read", "boilerplate"),
        ("Category : World (Africa)", "section"),
        ("Filed under: Sports", "section"),
        ("Valley Times staff reporter", "byline"),
        ("Most Viewed Articles", "related"),
        ("Reading time: 4 minutes", "boilerplate"),
        ("Valley News Contributor", "byline"),
        ("NEWSLETTER", "banner"),
        ("Related Articles", "related"),
        ("DATE=7/10/2000", "date"),
        ("TITLE=KOREA / RAIL", "headline"),
    ],
)
def test_a_line_is_known_by_its_form(line, label):
    assert line_form(line) == label


@pytest.mark.parametrize(
    "line",
    [
        "Kenya, Tanzania To Open Joint Border Post in June",
        "The talks began on 25 May 2007 in Lima.",
        "Copyright law was the topic of the second day.",
        "“Return to sender,” the minister said of the letter.",
        "He plans to donate to the campaign of his brother.",
        "Share prices fell in Nairobi.",
        "Back to school: what the ministry plans",
        "Print workers went on strike.",
        "42 people were there.",
        "AP photographers were kept out.",
        "Mr. Okello said the share issue is part of a plan of the Bank to grow in Lima and beyond.",
    ],
)
def test_a_line_of_the_story_has_no_form(line):
    assert line_form(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MR. AVERILL: We have seen it.", True),
        ("QUESTION: When?", True),
        ("Q: When?", True),
        ("SECRETARY OKELLO: Soon.", True),
        ("TEXT: The first trucks crossed.", False),
        ("The minister: a portrait", False),
        ("NATO said: no.", False),
    ],
)
def test_turns_open_with_a_speaker_in_capitals(line, expected):
    assert is_turn(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"), [("Washington, DC", True), ("Ulan Bator", True), ("the capital", False)]
)
def test_a_place_may_stand_alone(line, expected):
    assert is_place_line(line) is expected
