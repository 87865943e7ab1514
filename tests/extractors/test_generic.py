"""Pages whose design nobody declared: what reaches the body, what does not, and the fields."""

from __future__ import annotations

import pytest

from schemas.errors import Unreadable
from schemas.records import PageInput
from tasks.extractors.page import read_page

FIRST = "The two governments have agreed on a new bridge over the river, officials said on Friday."
SECOND = "Work is to begin in spring, and both sides will pay for it, a spokesman told reporters."
THIRD = "“We have waited for this for thirty years,” said the mayor of the town, Maria Okello."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
HEAD = "<h1>Two Countries Agree on a New Bridge</h1>"
TEASER = (
    "<li><a href=/{n}>A story about the other town number {n}</a> The council has met and said "
    "that it would meet again before the end of the month, one member said.</li>"
)


def read(body, head="", url=None):
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_page(PageInput("p", url=url, body=markup.encode()))


LINK_HEAVY = "".join(TEASER.format(n=n) for n in range(9))
REMARKS = "<p>I think this is wrong, and so is she.</p>" * 40
CODE = 'document.write("{a; b;}") var x = 1; and more of the same kind of words'


def with_first_gap(insert):
    """The story with something between its first two paragraphs."""
    return STORY.replace("</p><p>", f"</p>{insert}<p>", 1)


FIGURE = "<figure><img><figcaption>The river in May, with boats on it.</figcaption></figure>"
RELATED = "<p>Related articles</p><p>Another story is told here at some length too.</p>"
COOKIES = (
    "<p>This website uses cookies to improve your experience while you navigate through it. "
    "Out of these, those that are needed are stored on your machine, and others are not. "
    "You may refuse them; refusing some of them may change how the site looks to you, which "
    "we regret, and which we shall not be able to help before the end of this year at least.</p>"
)
APPEAL = "<p>Make a charitable donation in support of Ukraine!</p>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(HEAD + STORY, id="nothing but the story"),
        pytest.param(
            f"<nav><a href=/>Home</a></nav>{HEAD}{STORY}<footer>{FIRST}</footer>", id="foot"
        ),
        pytest.param(f"{HEAD}<div>{STORY}</div><aside>{FIRST}</aside>", id="aside"),
        pytest.param(f"{HEAD}<div>{STORY}</div><div id=comments>{REMARKS}</div>", id="comments"),
        pytest.param(f"{HEAD}<div>{STORY}</div><ul>{LINK_HEAVY}</ul>", id="teasers with links"),
        pytest.param(f"{HEAD}<div>{STORY}{RELATED}</div>", id="related articles in the element"),
        pytest.param(
            f"{HEAD}<div>{with_first_gap('<div class=ad>Advertisement</div>')}</div>",
            id="an advertisement between paragraphs",
        ),
        pytest.param(
            f"{HEAD}<div><p>By Jan de Vries</p><p>25 May 2007</p>{STORY}<p>- AFP</p></div>",
            id="byline, date and agency inside the element",
        ),
        pytest.param(f"{HEAD}<div>{APPEAL}{STORY}</div>", id="a donation line"),
        pytest.param(f"{HEAD}<div>{with_first_gap(FIGURE)}</div>", id="a caption"),
        pytest.param(
            f"<form id=aspnetForm>{HEAD}<div>{STORY}</div></form>", id="a form around all"
        ),
        pytest.param(f"{HEAD}<div class=sidebar-layout>{STORY}</div>", id="a name that misleads"),
        pytest.param(
            f"{HEAD}<div style='display:none'>{STORY}</div>", id="hidden before scripts run"
        ),
        pytest.param(f"{HEAD}<p>{CODE}</p>{STORY}", id="script shown as text"),
        pytest.param(
            f"{HEAD}<div>{STORY}<p class=video-desc>The bridge in May, from above.</p></div>",
            id="what a video shows",
        ),
        pytest.param(f"{HEAD}<div>{COOKIES}{STORY}</div>", id="a notice about cookies"),
        pytest.param(
            f"{HEAD}<div><p>By Maria Okello</p><p>Maria Okello covers the valley.</p>{STORY}</div>",
            id="who the writer is",
        ),
    ],
)
def test_the_body_is_the_story_and_nothing_else(body):
    assert read(body).text == TEXT


@pytest.mark.parametrize(
    ("inside", "label"),
    [
        pytest.param(
            "<blockquote>We shall build it, and we shall build it well, she said.</blockquote>",
            "quote",
            id="block quote",
        ),
        pytest.param(
            "<ul><li>The bridge will have four lanes and a path for bicycles.</li></ul>",
            "list",
            id="list",
        ),
        pytest.param(
            "<p>MR. OKELLO: We shall build it, and we shall build it well.</p>", "turn", id="turn"
        ),
    ],
)
def test_quotes_lists_and_turns_are_never_lost(inside, label):
    document = read(f"{HEAD}<div><p>{FIRST}</p>{inside}<p>{SECOND}</p></div>")

    body = [block.label for block in document.blocks if block.start is not None]
    assert body == ["paragraph", label, "paragraph"]


def test_a_frame_named_after_its_picture_may_hold_the_story():
    beside = [f"{SECOND} This was said {n} times." for n in range(8)]
    inside = "".join(f"<p>{each}</p>" for each in beside)
    long = "".join(f"<p>{FIRST} That was {n} years ago.</p>" for n in range(20))
    document = read(f"{HEAD}<div>{long}<div class='big photo'><img>{inside}</div>{long}</div>")

    assert all(each in document.text for each in beside)


def test_short_last_words_are_kept():
    document = read(f"{HEAD}<div>{STORY}<p>It rained all day.</p></div>")

    assert document.text == f"{TEXT}\n\nIt rained all day."


@pytest.mark.parametrize(
    ("body", "head", "url"),
    [
        pytest.param(HEAD + STORY, "", None, id="a heading"),
        pytest.param(
            f"<h1>Harbour Gazette</h1><p>Two Countries Agree on a New Bridge</p>{STORY}",
            "<title>Two Countries Agree on a New Bridge - Harbour Gazette</title>",
            None,
            id="the title says which",
        ),
        pytest.param(
            f"<h2>World</h2><b>Two Countries Agree on a New Bridge</b><br>25 May 2007<p>{STORY}",
            "",
            "http://example.org/two-countries-agree-on-a-new-bridge",
            id="the address says which",
        ),
        pytest.param(
            f"<h1>Two Countries Agree on a New Bridge May 25, 2007</h1>{STORY}",
            "",
            None,
            id="a date in it is cut",
        ),
    ],
)
def test_the_headline_is_the_line_that_the_clues_agree_on(body, head, url):
    assert read(body, head, url).headline == "Two Countries Agree on a New Bridge"


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        pytest.param(
            "<p class=standfirst>Both sides will pay for it</p>",
            "Both sides will pay for it",
            id="marked",
        ),
        pytest.param(
            "<h2>Both sides will pay for it</h2>", "Both sides will pay for it", id="heading"
        ),
        pytest.param(
            "<div class=synopsis><div><div><div>Both sides will pay for it</div></div></div></div>",
            "Both sides will pay for it",
            id="marked on a frame of its own",
        ),
        pytest.param(
            "<p>…as both sides offer to pay</p><p>...ferry owners go to court</p>",
            "…as both sides offer to pay ...ferry owners go to court",
            id="lines that go on where the headline ends",
        ),
        pytest.param("<p>25 May 2007</p>", None, id="a date is none"),
        pytest.param(
            "<h2>Bridges, News, Top Story | Published: 5 hours ago | Written by Maria Okello</h2>",
            None,
            id="a line of topics, age and byline is none",
        ),
        pytest.param(
            "<h2>25 de mayo de 2007 a las 10:05</h2>", None, id="a date in another language is none"
        ),
        pytest.param("<h2>Two Countries Agree On A New Bridge</h2>", None, id="the headline again"),
        pytest.param("<h2>Picture of the old bridge:</h2>", None, id="what another line completes"),
        pytest.param("<h2>River Valley Daily News</h2>", None, id="the name of the site"),
        pytest.param("<h2>© Maria Okello of the Valley News</h2>", None, id="a credit"),
        pytest.param("<h2>(Credit: Maria Okello/The Valley News)</h2>", None, id="another credit"),
        pytest.param(
            "<h3>Erin Okello and Gregg de Vries, Valley News</h3>", None, id="the writers"
        ),
        pytest.param("<h3>Staff and agencies</h3>", None, id="no one writer"),
        pytest.param("<h3>Senior writer covering the valley</h3>", None, id="what the writer is"),
        pytest.param("<h3>Category : World (Africa)</h3>", None, id="the section"),
        pytest.param("<h2>6 min Reading time</h2>", None, id="how long it takes to read"),
        pytest.param("<h2>River Valley Executive News Editor</h2>", None, id="the writer's post"),
        pytest.param(
            "<p>Maria Okello</p><h3>Maria Okello is a reporter for the valley and its towns.</h3>",
            None,
            id="who the writer is",
        ),
        pytest.param("", None, id="nothing between"),
    ],
)
def test_the_subhead_is_marked_or_a_heading(between, expected):
    title = "<title>Two Countries Agree on a New Bridge | River Valley Daily News</title>"
    document = read(f"<div>{HEAD}{between}</div><div>{STORY}</div>", title)

    assert (document.subhead, document.text) == (expected, TEXT)


@pytest.mark.parametrize(
    ("body", "head", "url", "expected"),
    [
        pytest.param(
            f"<p class=breadcrumb>You are in: News > Africa</p>{HEAD}{STORY}",
            "",
            None,
            "Africa",
            id="crumbs",
        ),
        pytest.param(
            f"<p class=breadcrumb><a>Home</a> <a>Africa</a> Two Countries Agree on a New Bridge</p>"
            f"{HEAD}{STORY}",
            "",
            None,
            "Africa",
            id="crumbs that nothing parts",
        ),
        pytest.param(
            f"<p class=section>Politics 3 min read</p>{HEAD}{STORY}",
            "",
            None,
            "Politics",
            id="read",
        ),
        pytest.param(
            f"<p class=section>Filed under: Africa &bull; 25 May 2007</p>{HEAD}{STORY}",
            "",
            None,
            "Africa",
            id="filed, with its day",
        ),
        pytest.param(
            f"<p class=section>Sign in</p>{HEAD}{STORY}",
            "<meta property='article:section' content='Arts &amp;amp; Books'>",
            None,
            "Arts & Books",
            id="a link is no section",
        ),
        pytest.param(
            HEAD + STORY,
            "<meta property='article:section' content='Africa'>",
            None,
            "Africa",
            id="meta",
        ),
        pytest.param(
            HEAD + STORY,
            "",
            "http://example.org/press_releases/3.htm",
            "Press Releases",
            id="address",
        ),
        pytest.param(
            HEAD + STORY, "", "http://example.org/news/3.htm", None, id="news is no section"
        ),
    ],
)
def test_the_section_is_named_by_page_or_address(body, head, url, expected):
    assert read(body, head, url).section == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("<h1>Page not found</h1><p>We are sorry.</p>", "soft_404", id="soft 404"),
        pytest.param(
            "<h2>Checking your browser before accessing.</h2>", "no_body_text", id="shell"
        ),
        pytest.param(
            "<p>Checking your browser before accessing the site, please wait.</p>",
            "challenge_page",
            id="bot check",
        ),
        pytest.param(
            "<p>Please log in to continue reading this article of ours.</p>",
            "login_wall",
            id="log-in wall",
        ),
        pytest.param(
            "<ul>" + "<li><a href=/>Home</a>" * 50 + "</ul>", "no_body_text", id="links only"
        ),
        pytest.param("<div id=app></div>", "no_body_text", id="a page that a script builds"),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(body, reason):
    with pytest.raises(Unreadable) as refused:
        read(body)

    assert refused.value.reason == reason


def test_an_article_about_error_pages_is_read():
    body = STORY.replace("a new bridge", "a page not found")

    assert read(
        f"<h1>Error 404: page not found, and what it means for archives</h1>{body * 3}"
    ).text


@pytest.mark.parametrize(
    ("attribute", "text", "expected"),
    [
        pytest.param("", STORY, "en", id="by its words"),
        pytest.param(" lang=de", STORY, "en", id="words go before the attribute"),
        pytest.param(
            " lang=sw",
            "<p>" + "Serikali mbili zimekubaliana kujenga daraja jipya. " * 9,
            "sw",
            id="the attribute where the words are not known",
        ),
    ],
)
def test_the_language_is_found(attribute, text, expected):
    markup = f"<html{attribute}><body>{HEAD}{text}</body></html>"

    assert read_page(PageInput("p", body=markup.encode())).language_code == expected


BANNERS = [
    pytest.param(
        "<div>UNITED TOWNS - Make a charitable donation in support of Ukraine!</div>", id="div"
    ),
    pytest.param("<p>Cleared for work? Find your next job at ClearanceBoard</p>", id="paragraph"),
    pytest.param(
        "<div><a href=/f>Flag Locker: every flag, shipped since 1998</a></div>", id="link"
    ),
]


@pytest.mark.parametrize("banner", BANNERS)
@pytest.mark.parametrize("place", range(5))
def test_a_banner_anywhere_on_the_page_changes_nothing(banner, place):
    parts = [HEAD, "<p>25 May 2007</p>", f"<p>{FIRST}</p>", f"<p>{SECOND}</p>", f"<p>{THIRD}</p>"]
    parts.insert(place, banner)

    document = read(f"<div>{''.join(parts)}</div>")

    assert (document.text, document.headline, document.subhead, str(document.published_date)) == (
        TEXT,
        "Two Countries Agree on a New Bridge",
        None,
        "2007-05-25",
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param('{"error": "gone"}', "no tag", id="json"),
        pytest.param("User-agent: *", "no tag", id="plain text"),
        pytest.param('<?xml version="1.0"?>\n<rss><channel>', "<rss>", id="feed"),
        pytest.param('<?xml version="1.0"?><urlset>', "<urlset>", id="sitemap"),
    ],
)
def test_what_is_no_page_says_what_it_is(body, found):
    with pytest.raises(Unreadable, match=found) as refused:
        read_page(PageInput("p", body=body.encode()))

    assert refused.value.reason == "not_a_page"


@pytest.mark.parametrize(
    ("between", "head", "expected"),
    [
        pytest.param("<p>Erin Okello, Valley News</p>", "", ("Erin Okello",), id="no by"),
        pytest.param(
            "<p>Erin Okello</p>",
            "<meta name=author content='Gregg de Vries'>",
            ("Gregg de Vries",),
            id="what the page tells goes before a name alone",
        ),
        pytest.param("<p><a href=/erin>Erin Okello</a></p>", "", (), id="a link to a topic"),
        pytest.param("<p>By Gregg Vries</p><p>Erin Okello</p>", "", ("Gregg Vries",), id="by"),
    ],
)
def test_a_name_alone_under_the_headline_is_the_writers(between, head, expected):
    assert read(f"<div>{HEAD}{between}</div><div>{STORY}</div>", head).byline == expected


def test_a_name_that_the_headline_has_is_a_topic():
    body = f"<h1>Erin Okello Wins the Cup of the Valley</h1><p>Erin Okello</p>{STORY}"

    assert read(body).byline == ()


def test_the_address_tells_the_headline_from_the_name_of_a_blog():
    body = f"<h1>Maria Okello Writes</h1><p>25 May 2007</p><h3>Bridges ahead</h3>{STORY}"

    assert read(body, url="http://example.org/bridges-ahead/").headline == "Bridges ahead"
    assert read(body, url="http://example.org/?p=3").headline == "Maria Okello Writes"
