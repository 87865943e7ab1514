"""From a real answer to what a run says of it: things that look like a page are told apart."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from schemas.records import Miss
from schemas.source import Layout
from tasks.extract import Unread, read_capture
from tasks.sources import SOURCES
from tests.fault_server import CLOSE, FaultServer, answer, site
from tests.fetching import fetching, loopback_source, page

STORY = (
    b"<html><head><title>Ferry Returns - Harbour Gazette</title></head><body>"
    b"<div class='story'><h1>Ferry Returns</h1><div class='text'>"
    + b"<p>The ferry to Tanzania is back, officials in Kenya said on Monday.</p>" * 4
    + b"</div></div></body></html>"
)
LAYOUT = Layout(
    name="plain", fingerprint=("div.story",), body="div.story div.text", headline="div.story h1"
)
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 4
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 4


def html(body):
    return answer(
        f"<html><head><title>Harbour Gazette</title></head><body>{body}</body></html>".encode()
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        pytest.param(answer(STORY), "read", id="the story"),
        pytest.param([answer(STORY)[:-20], CLOSE], "incomplete_body", id="cut, as its length says"),
        pytest.param(
            answer(gzip.compress(STORY)[:-20], Content_Encoding="gzip"),
            "incomplete_body",
            id="cut, as its encoding says",
        ),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + STORY[:-20], CLOSE],
            "incomplete",
            id="cut, as only the page itself says",
        ),
        pytest.param(answer(b""), "empty_body", id="nothing"),
        pytest.param(answer(b" \r\n \t "), "empty_body", id="blanks"),
        pytest.param(answer(b"", "204 No Content"), "no_content", id="204"),
        pytest.param(answer(STORY, "404 Not Found"), "not_found", id="404 under a story"),
        pytest.param(
            html("<h1>Page not found</h1><p>The page you want has moved or never was.</p>"),
            "soft_404",
            id="not found, with status 200",
        ),
        pytest.param(
            html("<p>Checking your browser before accessing the site, please wait.</p>"),
            "challenge_page",
            id="a test for people",
        ),
        pytest.param(
            html("<p>Please log in to continue reading this article of ours.</p>"),
            "login_wall",
            id="a wall",
        ),
        pytest.param(answer(b"", "401 Who"), "login_required", id="401"),
        pytest.param(answer(b"", "403 No"), "forbidden", id="403"),
        pytest.param(
            answer(STORY.replace(b"'story'", b"'c-story'")), "layout_missing", id="a redesign"
        ),
        pytest.param(
            answer(STORY.replace(b"<h1>", b"<h2>").replace(b"</h1>", b"</h2>")),
            "layout_missing",
            id="a layout that lost its headline",
        ),
        pytest.param(answer(PDF), "binary_body", id="a PDF labelled as a page"),
        pytest.param(answer(JPEG), "binary_body", id="a picture labelled as a page"),
        pytest.param(
            answer(PDF, kind="application/pdf"), "binary_body", id="a PDF labelled as one"
        ),
        pytest.param(
            answer(STORY, kind="application/octet-stream"), "read", id="a page labelled as bytes"
        ),
        pytest.param(answer(STORY, kind=""), "read", id="a page without a label"),
        pytest.param(
            answer(b'{"error": "gone"}', kind="application/json"), "not_a_page", id="JSON"
        ),
        pytest.param(
            answer(b"<?xml version='1.0'?><rss><channel/></rss>"), "not_a_page", id="a feed"
        ),
        pytest.param(html("<div id='app'></div>"), "layout_missing", id="a page a script builds"),
    ],
)
def test_what_is_said_of_an_answer(tmp_path, monkeypatch, steps, said):
    with FaultServer(site({"/a": steps if isinstance(steps, list) else [steps]})) as server:
        source = replace(loopback_source(server.host), layouts=(LAYOUT,))
        monkeypatch.setitem(SOURCES, source.name, source)
        with fetching(source, tmp_path) as fetcher:
            outcome = fetcher.fetch_page(page(server.url("/a"))).outcome
    if isinstance(outcome, Miss):
        assert outcome.reason == said
        return

    reading = read_capture(outcome)

    assert (reading.reason if isinstance(reading, Unread) else "read") == said
