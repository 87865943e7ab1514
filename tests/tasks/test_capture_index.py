"""The index beside a WARC file: one line per fetched page, in the order replay tools search."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schemas.exchange import Answer, Exchange
from schemas.ids import body_digest, make_id
from schemas.records import Capture, Miss, PageRef
from tasks.capture_index import IndexLine, index_line, read_index, write_index
from tasks.warc_capture import write_answer
from tasks.warc_format import read_record

AT = datetime(2007, 5, 25, 10, 30, 5, 250_000, tzinfo=UTC)
URL = "http://news.example/a.html?x=1"
BODY = b"<html><body><p>The harbour is open.</p></body></html>"
HEAD = (
    b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "v1"\r\n'
    b"Last-Modified: Thu, 24 May 2007 10:00:00 GMT\r\nContent-Length: %d\r\n\r\n" % len(BODY)
)


def capture(url=URL, at=AT):
    digest = body_digest(BODY)
    return Capture(
        capture_id=make_id("gazette", url, at, digest),
        source="gazette",
        url=url,
        captured_at=at,
        http_status=200,
        content_type="text/html",
        body=BODY,
        body_digest=digest,
    )


def line_of(outcome, *, is_listing=False, url=URL):
    exchange = Exchange(url, AT, b"GET / HTTP/1.1\r\n\r\n", HEAD + BODY)
    written = write_answer(
        Answer(PageRef("gazette", url), outcome, (exchange,), is_listing=is_listing)
    )
    record = read_record(memoryview(written.data), written.offset)
    return index_line(record, "run-1-00001.warc.gz"), record


def test_a_line_says_where_a_page_lies_and_what_a_later_request_needs():
    line, record = line_of(capture())

    assert line == IndexLine(
        role="page",
        source="gazette",
        page_url=URL,
        url=URL,
        captured_at="2007-05-25T10:30:05.250000Z",
        capture_id=capture().capture_id,
        body_digest=body_digest(BODY),
        completeness="complete",
        status="200",
        mime="text/html",
        etag='"v1"',
        last_modified="Thu, 24 May 2007 10:00:00 GMT",
        is_archived=False,
        filename="run-1-00001.warc.gz",
        offset=0,
        length=record.end,
    )
    known = line.known_page()
    assert (known.url, known.etag, known.captured_at) == (URL, '"v1"', AT)


def test_a_listing_has_a_line_of_its_role():
    line, _ = line_of(capture(), is_listing=True)

    assert line.role == "listing"


def test_what_gave_no_capture_has_no_line():
    line, record = line_of(Miss("gazette", URL, "refused", "not_found", "status 404", AT, 404))

    assert (line, record.get("OnRecord-Role")) == (None, "evidence")


def test_the_validators_of_an_archive_are_not_those_of_the_page():
    of_the_page = capture("http://old.example/a.html", datetime(1999, 1, 1, tzinfo=UTC))

    line, _ = line_of(of_the_page, url="https://archive.example/web/19990101/a.html")

    assert (line.url, line.captured_at[:10]) == ("http://old.example/a.html", "1999-01-01")
    assert (line.etag, line.last_modified, line.known_page().is_archived) == (None, None, True)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("http://news.example/a", "example,news)/a", id="host backwards"),
        pytest.param("https://www.news.example/a", "example,news)/a", id="www and https"),
        pytest.param("http://news.example:8080/A", "example,news:8080)/a", id="port and case"),
        pytest.param("http://news.example", "example,news)/", id="no path"),
        pytest.param("http://news.example/?b=1", "example,news)/?b=1", id="query"),
        pytest.param("http://news.example/a b", "example,news)/a%20b", id="a blank"),
    ],
)
def test_the_key_of_a_line(tmp_path, url, key):
    line, _ = line_of(capture())
    write_index(tmp_path / "x.cdxj", [replace(line, url=url)])

    _, written = (tmp_path / "x.cdxj").read_text(encoding="utf-8").splitlines()

    assert written.split(" ", 2)[:2] == [key, "20070525103005"]
    assert json.loads(written.split(" ", 2)[2])["url"] == url


def test_lines_stand_in_the_order_of_their_keys_and_come_back(tmp_path):
    line, _ = line_of(capture())
    lines = [
        replace(line, url=url, offset=number)
        for number, url in enumerate(
            ("http://z.example/", "http://a.example/b", "http://a.example/")
        )
    ]
    write_index(tmp_path / "x.cdxj", lines)

    text = (tmp_path / "x.cdxj").read_text(encoding="utf-8").splitlines()

    assert text[1:] == sorted(text[1:])
    assert sorted(read_index(tmp_path / "x.cdxj"), key=lambda each: each.offset) == lines
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text[: len(text) // 2], id="cut"),
        pytest.param(lambda text: text.rsplit("\n", 2)[0] + "\n", id="a line lost"),
        pytest.param(lambda text: text.split("\n", 1)[1], id="its head lost"),
        pytest.param(lambda text: text.replace('"offset"', '"place"'), id="another field"),
        pytest.param(lambda text: text.replace('"role": "page", ', ""), id="of an older version"),
        pytest.param(lambda _: "", id="emptied"),
    ],
)
def test_an_index_that_is_not_whole_is_known_as_such(tmp_path, damage):
    line, _ = line_of(capture())
    path = tmp_path / "x.cdxj"
    write_index(path, [line, replace(line, offset=9)])
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")

    with pytest.raises((ValueError, KeyError, TypeError, IndexError)):
        read_index(path)
