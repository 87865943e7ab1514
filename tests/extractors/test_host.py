"""The host by its address, or by what a page saved without one says of itself."""

from __future__ import annotations

import pytest

from schemas.records import Block, Document
from tasks.extractors.host import find_host


def document(label: str, text: str) -> Document:
    return Document(layout="saved_text", text="", blocks=(Block(label, text),))


@pytest.mark.parametrize(
    ("url", "label", "text", "host"),
    [
        pytest.param("http://News.Example.org/a.htm", "banner", "", "news.example.org", id="url"),
        pytest.param(
            None,
            "banner",
            "Join the HarbourGazette.org mailing list",
            "harbourgazette.org",
            id="newsletter line",
        ),
        pytest.param(
            None,
            "boilerplate",
            "© harbour-gazette.co.uk 2007",
            "harbour-gazette.co.uk",
            id="rights",
        ),
        pytest.param(None, "banner", "Join the club", None, id="no domain name"),
        pytest.param(
            None, "paragraph", "Join the example.org newsletter, he said.", None, id="body text"
        ),
    ],
)
def test_host(url, label, text, host):
    found = find_host(url, document(label, text))

    assert host == (found and found.value)
