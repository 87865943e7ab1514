from __future__ import annotations

import pytest

from tasks.extractors.html import parse
from tasks.extractors.metadata import Claim, read_metadata


def test_claims_stand_in_the_order_of_trust():
    tree = parse(
        "<meta name=date content=2007-05-26><meta itemprop=datePublished content=2007-05-25>"
        '<meta property="og:updated_time" content="2007-05-27">'
    )

    assert read_metadata(tree).claims("published") == [
        Claim("datepublished", "2007-05-25"),
        Claim("date", "2007-05-26"),
    ]


@pytest.mark.parametrize(
    ("script", "values"),
    [
        pytest.param('{"@type": "NewsArticle", "headline": "A"}', ["A"], id="an article"),
        pytest.param(
            '[{"@type": "Person", "headline": "B"}, {"@type": "Article", "headline": "A"}]',
            ["A"],
            id="in a list",
        ),
        pytest.param(
            '{"@graph": [{"@type": ["Article", "Thing"], "headline": "A"}]}', ["A"], id="in a graph"
        ),
        pytest.param('{"@type": "WebSite", "headline": "B"}', [], id="no article"),
        pytest.param('{"@type": "NewsArticle", "headline": ', [], id="broken"),
        pytest.param("[" * 100_000, [], id="nested without end"),
        pytest.param('{"@type": "NewsArticle", "headline": {"name": "A"}}', ["A"], id="named"),
    ],
)
def test_linked_data_of_articles(script, values):
    tree = parse(f'<script type="application/ld+json">{script}</script><p>x')

    assert read_metadata(tree).linked_values("headline") == values
