"""What stands between and beside the paragraphs of a story, and takes none of them away."""

from __future__ import annotations

import pytest

from schemas.records import PageInput
from tasks.extractors.page import read_page

LEAD = (
    "The two governments have agreed on a new bridge over the river, officials of both sides said "
    "after a day of talks in the town, and work on it is to begin in the spring of the coming year "
    "if the two parliaments find the money. No name was given to it yet. The mayors of the towns "
    "on either side were there, and so were the heads of the two railways, who want rails on it, "
    "and of the harbour, who does not, because the masts of the grain ships are forty metres high "
    "and no plan that was shown on the day leaves them room to pass."
)
FIRST = (
    "A first bridge stood at the same place until a flood carried it away, and none replaced it."
)
SECOND = (
    "Farmers on both banks have asked for one since, and the ferry takes an hour in good weather."
)
THIRD = (
    "Both sides will pay for it in equal parts, a spokesman of the ministry told reporters there, "
    "and a third of the sum is to come from a bank that lends to neighbours who build together."
)
FOURTH = (
    "The ministers will meet again in the autumn to choose among four designs for the bridge, of "
    "which the newest has a lane of its own for bicycles and one for those who walk across."
)
WORDS = {"lead": LEAD, "first": FIRST, "second": SECOND, "third": THIRD, "fourth": FOURTH}


def body_of(markup):
    page = f"<html><body><h1>Two Countries Agree on a New Bridge</h1>{markup}</body></html>"
    text = read_page(PageInput("p", body=page.format(**WORDS).encode())).text
    return [name for name, words in WORDS.items() if words in text], text


@pytest.mark.parametrize(
    ("markup", "expected", "refused"),
    [
        pytest.param(
            "<div class=story><p>{first}</p><p>{second}</p><div>Read more</div>"
            "<a href=a>Another story of the day</a><p>{third}</p><p>{fourth}</p></div>",
            ["first", "second", "third", "fourth"],
            "Another story",
            id="a link to another story inside this one",
        ),
        pytest.param(
            "<div class=story><p>{lead}</p><p>{first}</p><p>{second}</p><p>{third}</p>"
            "<p>{fourth}</p><h3>Comments are now closed for this story</h3>"
            + "<p>I was there when the old bridge fell and I do not believe a word of it.</p>" * 20
            + "</div>",
            ["lead", "first", "second", "third", "fourth"],
            "I was there",
            id="comments longer than the story",
        ),
        pytest.param(
            "<div class='sidebar-grid__content article__content'><p>{lead}</p></div>"
            "<div class=story><p>{first}</p><p>{second}</p><p>{third}</p><p>{fourth}</p></div>",
            ["lead", "first", "second", "third", "fourth"],
            "sidebar",
            id="an article beside a sidebar",
        ),
        pytest.param(
            "<div class=top><div><p>{lead}</p></div></div>"
            "<div class=story><p>{first}</p><p>{second}</p><p>{third}</p><p>{fourth}</p></div>",
            ["lead", "first", "second", "third", "fourth"],
            "<p>",
            id="a lead in a frame of its own",
        ),
        pytest.param(
            "<div class=story><p>{first}</p><p>{third}</p><p>{fourth}</p>"
            "<p>The ministry published <a href=a>the whole text of the agreement between the two "
            "governments</a> and <a href=b>the four designs</a> on the same day, the spokesman of "
            "the ministry said to those who had come for it.</p></div>",
            ["first", "third", "fourth"],
            "<a",
            id="a paragraph with long links",
        ),
    ],
)
def test_paragraphs_of_the_story_are_kept(markup, expected, refused):
    found, text = body_of(markup)

    assert found == expected
    assert refused not in text


def test_a_paragraph_with_long_links_is_in_the_body():
    _, text = body_of(
        "<div class=story><p>{first}</p><p>{third}</p>"
        "<p>The ministry published <a href=a>the whole text of the agreement between the two "
        "governments</a> and <a href=b>the four designs</a> on the same day, the spokesman of "
        "the ministry said to those who had come for it.</p><p>{fourth}</p></div>"
    )

    assert "The ministry published the whole text of the agreement" in text


def test_an_offer_to_sign_in_is_no_paragraph():
    _, text = body_of(
        "<article><div class=article-content><p>{lead}</p><p>{first}</p><p>{second}</p>"
        "<div class='article-content__sign-in-group'><p>Register today for more of our stories.</p>"
        "</div><p>{third}</p><p>{fourth}</p></div></article>"
    )

    assert "Register today" not in text
    assert FOURTH in text
