from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.records import PageInput
from tasks.extractors.page import read_page

STORY = (
    "<p>The two governments have agreed on a new bridge over the river, officials said today.</p>"
    "<p>Work is to begin in spring, and both sides will pay for it, a spokesman told reporters.</p>"
)
PAGE = (
    "<html{lang}><head>{head}</head><body>{above}<h1>Two Countries Agree on a New Bridge</h1>"
    "{between}{story}{below}</body></html>"
)
META = '<meta property="article:published_time" content="{}">'
LINKED = (
    '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>'
)


def page(url=None, lang="", captured_at=None, **parts):
    places = dict.fromkeys(("head", "above", "between", "below"), "") | parts
    body = PAGE.format(lang=lang, story=STORY, **places).encode()
    return PageInput("p", url=url, body=body, captured_at=captured_at)


@pytest.mark.parametrize(
    ("given", "day", "rule"),
    [
        pytest.param(
            page(between="<p>May 25, 2007</p>"), date(2007, 5, 25), "printed_date", id="printed"
        ),
        pytest.param(
            page(between="<p>Posted May 25, 2007 / Updated: May 27, 2007</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="posted goes before updated",
        ),
        pytest.param(
            page(between="<p>Last updated: 27 May 2007, 10:04 GMT</p>"),
            date(2007, 5, 27),
            "printed_update",
            id="updated where that is all",
        ),
        pytest.param(
            page(between="<p>By Maria Okello, 25 May 2007</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="in the byline",
        ),
        pytest.param(
            page(above="<p>25 May 2007</p>"), date(2007, 5, 25), "printed_date", id="above"
        ),
        pytest.param(
            page(above="<p>Friday, 1 June 2007</p>", between="<p>25 May 2007</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="below the headline goes before above it",
        ),
        pytest.param(
            page(head=LINKED.format("2007-05-25")), date(2007, 5, 25), "linked_data", id="json-ld"
        ),
        pytest.param(
            page(head=META.format("2007-05-25T10:00+02:00")),
            date(2007, 5, 25),
            "metadata",
            id="meta",
        ),
        pytest.param(
            page(url="http://example.org/iraq/2007/05/iraq-070525-usia01.htm"),
            date(2007, 5, 25),
            "url",
            id="file name of a news library",
        ),
        pytest.param(
            page(url="http://example.org/2007/May/25-742.html"),
            date(2007, 5, 25),
            "url",
            id="named month",
        ),
        pytest.param(
            page(url="http://example.org/2007-05-25-voa28.cfm"),
            date(2007, 5, 25),
            "url",
            id="day in the file name",
        ),
        pytest.param(
            page(head=META.format("2007-05-26T02:00:00Z"), between="<p>May 25, 2007</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="an instant in UTC may be a day later",
        ),
        pytest.param(
            page(between="<p>By Maria Okello, Executive Editor | May 25, 2007</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="an editor is no edit",
        ),
        pytest.param(
            page(between="<p>Mis à jour le 26/05/2007 | Publié le 25/05/2007</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="a change in another language",
        ),
        pytest.param(
            page(between="<ul><li>The first bridge was opened to traffic on May 25, 1935</ul>"),
            None,
            None,
            id="a day that a line tells of",
        ),
        pytest.param(
            page(between="<p><abbr title=2007-05-25T10:00:00+02:00>2 hrs ago</abbr></p>"),
            date(2007, 5, 25),
            "time_element",
            id="the title of an age",
        ),
        pytest.param(
            page(between="<p class=timestamp title=2007-05-25T1003Z>May 25, 10:03 AM</p>"),
            date(2007, 5, 25),
            "time_element",
            id="the title of a day without its year",
        ),
        pytest.param(
            page(below="<div id=comments><abbr title=2007-05-27>2 hrs ago</abbr></div>"),
            None,
            None,
            id="the day of a comment",
        ),
        pytest.param(
            page(between="<p>May 25, 20077:05 AM ET</p>"),
            date(2007, 5, 25),
            "printed_date",
            id="a time of day that runs into the year",
        ),
        pytest.param(
            page(between="<p>Fri May 25, 7:05 AM ET</p>", url="http://example.org/25052007-3"),
            date(2007, 5, 25),
            "printed_and_url",
            id="a day without its year, in capitals",
        ),
        pytest.param(page(), None, None, id="nothing says"),
        pytest.param(page(between="<p>18 hours ago</p>"), None, None, id="hours ago"),
        pytest.param(
            page(below="<p>© 2007 Example Library</p>"), None, None, id="a copyright year"
        ),
        pytest.param(page(between="<p>31 June 2007</p>"), None, None, id="an impossible day"),
        pytest.param(page(between="<p>05/06/2007</p>"), None, None, id="order of figures unknown"),
        pytest.param(
            page(between="<p>05/06/2007</p>", below="<p>Posted: 25/05/2007</p>"),
            date(2007, 6, 5),
            "printed_date",
            id="another date of the page proves the order",
        ),
        pytest.param(
            page(between="<p>05/06/2007</p>", head=META.format("2007-06-05")),
            date(2007, 6, 5),
            "printed_date",
            id="another statement proves the day",
        ),
        pytest.param(
            page(between="<p>05/06/2007</p>", lang=" lang=en-GB"),
            date(2007, 6, 5),
            "printed_date",
            id="the page's language has an order",
        ),
        pytest.param(
            page(between="<p>05/06/2007</p>", lang=" lang=en-US"),
            None,
            None,
            id="en-US proves nothing",
        ),
        pytest.param(
            page(between="<p>25 May 2007</p>", captured_at=datetime(2007, 5, 20, tzinfo=UTC)),
            None,
            None,
            id="never after the capture",
        ),
        pytest.param(
            page(between="<p>May 2007</p>"), date(2007, 5, 1), "printed_date", id="a month"
        ),
        pytest.param(
            page(between="<p>May 2007</p>", below="<p>Last updated: 3 July 2009</p>"),
            date(2007, 5, 1),
            "printed_date",
            id="a month, and a change long after it",
        ),
        pytest.param(
            page(url="http://example.org/25052007/1/talks.html", between="<p>Tuesday 25 May</p>"),
            None,
            None,
            id="a weekday that the year of the address does not fit",
        ),
        pytest.param(
            page(url="http://example.org/25052007/1/talks.html", between="<p>Fri 25 May</p>"),
            date(2007, 5, 25),
            "printed_and_url",
            id="a day without a year, and the figures of the address",
        ),
        pytest.param(
            page(
                url="http://example.org/001200705251004.htm",
                above="<nav>Friday, May 25, 2007 : 1004 Hrs</nav>" + "<a href=a>News</a><br>" * 8,
            ),
            date(2007, 5, 25),
            "printed_and_url",
            id="the masthead's day, and the figures of the address",
        ),
        pytest.param(
            page(
                head=META.format("2007-05-25") + '<meta name="last-modified" content="2009-07-03">',
                between="<p>July 3, 2009</p>",
            ),
            date(2007, 5, 25),
            "metadata",
            id="a printed day that the page calls a change",
        ),
        pytest.param(
            page(
                head=META.format("2007-05-25")
                + '<meta name="modified" content="2009-07-04T00:49:32Z">',
                between="<p>July 3, 2009</p>",
            ),
            date(2007, 5, 25),
            "metadata",
            id="a change in UTC, printed by its local day",
        ),
        pytest.param(
            page(
                head=META.format("2007-05-26T00:10:00Z")
                + '<meta name="modified" content="2007-05-26T00:49:32Z">',
                between="<p>May 25, 2007</p>",
            ),
            date(2007, 5, 25),
            "printed_date",
            id="a change of the same night in UTC says nothing of the printed day",
        ),
        pytest.param(
            page(
                url="http://example.org/2007/05/25/talks.html",
                head=META.format("2007-05-24"),
                below="<p>Created: 25 May 2007</p>",
            ),
            date(2007, 5, 24),
            "metadata",
            id="a release, and the day it was put on the web",
        ),
        pytest.param(
            page(head='<meta name="pubdate" value="2007-05-25">'),
            date(2007, 5, 25),
            "metadata",
            id="value for content",
        ),
        pytest.param(
            page(below="<p>By Maria Okello, published May 25, 2007</p>"),
            date(2007, 5, 25),
            "printed_below",
            id="a byline below that states it",
        ),
        pytest.param(
            page(below="<p>Posted by: Okello on May 25, 2007</p>"),
            None,
            None,
            id="the byline of a comment",
        ),
    ],
)
def test_the_published_date_is_stated_or_null(given, day, rule):
    document = read_page(given)

    assert (document.published_date, document.published_rule) == (day, rule)


def test_a_date_the_caller_knows_wins():
    given = PageInput(
        "p", text="25 May 2007\n\nA headline\n\nLima -- The story.", published_date=date(2001, 1, 1)
    )

    assert read_page(given).published_rule == "given"


def test_contradictions_stay_visible_and_one_is_chosen():
    document = read_page(
        page(url="http://example.org/2007/05/x-070526-usia01.htm", between="<p>25 May 2007</p>")
    )

    found = [
        (x.value, x.rule, x.evidence, x.is_chosen)
        for x in document.findings
        if x.field == "published_date"
    ]
    assert found[:2] == [
        ("2007-05-25", "printed_date", "25 May 2007", True),
        ("2007-05-26", "url", "070526-usia01", False),
    ]


def test_candidates_of_an_ambiguous_date_are_a_finding():
    document = read_page(page(between="<p>05/06/2007</p>"))

    assert [(x.value, x.is_chosen) for x in document.findings if x.field == "published_date"] == [
        ("2007-05-06|2007-06-05", False)
    ]


def test_precision_is_never_implied():
    assert read_page(page(between="<p>May 2007</p>")).published_precision == "month"


def headed(headline):
    body = f"<html><body><h1>{headline}</h1>{STORY}</body></html>".encode()
    return read_page(PageInput("p", body=body))


def test_a_date_in_the_line_of_the_headline_is_printed():
    document = headed("Friday, 25 May 2007 Two Countries Agree on a New Bridge")

    assert document.headline == "Two Countries Agree on a New Bridge"
    assert (document.published_date, document.published_rule) == (
        date(2007, 5, 25),
        "printed_date",
    )


def test_a_headline_that_ends_with_its_day_keeps_it():
    assert headed("The Bridge Report for 25 May 2007").headline == (
        "The Bridge Report for 25 May 2007"
    )
