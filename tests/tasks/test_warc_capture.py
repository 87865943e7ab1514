"""Whatever a site answers, what is written comes back the same."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.exchange import Answer, Exchange
from schemas.ids import body_digest, make_id
from schemas.records import Capture, PageRef
from tasks.warc_capture import read_capture, write_answer, write_file
from tasks.warc_format import read_record, read_records

NOW = datetime(2024, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
# What a head may hold after it was judged: no line ends, no NUL.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=60)
HEADER = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=60)
MOMENT = st.datetimes(datetime(1996, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=200, deadline=None)
@given(path=TEXT, kind=HEADER, body=st.binary(max_size=400), packed=st.booleans(), at=MOMENT)
def test_a_fetched_page_comes_back_as_it_was(path, kind, body, packed, at):
    url = f"http://news.example/{path}".strip(" \t")
    sent = gzip.compress(body) if packed else body
    kind = kind.strip(" \t")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(sent)}\r\n"
    head += "Content-Encoding: gzip\r\n" if packed else "Content-Encoding: identity\r\n"
    exchange = Exchange(url, at, b"GET / HTTP/1.1\r\n\r\n", head.encode("latin-1") + b"\r\n" + sent)
    digest = body_digest(body)
    capture = Capture(make_id(url, at, digest), "s", url, at, 200, kind, body, digest)
    hop = Exchange(url, at, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 302 Found\r\n\r\n")

    written = write_answer(Answer(PageRef("s", url), capture, (hop, exchange)))

    record = read_record(memoryview(written.data), written.offset)
    kept = read_capture(record, "f.warc.gz")
    kinds = [each.kind for each in read_records(memoryview(written.data))]
    assert (kept.body, kept.url, kept.captured_at, kept.content_type) == (body, url, at, kind)
    assert (kept.capture_id, kept.warc_offset) == (capture.capture_id, written.offset)
    assert kinds == ["response", "request"] * 2


@settings(max_examples=200, deadline=None)
@given(
    url=st.none() | TEXT.map(lambda path: f"http://news.example/{path}".strip(" \t")),
    kind=st.none() | st.sampled_from(["text/html", "text/plain; charset=utf-8"]),
    at=st.none() | MOMENT,
    status=st.none() | st.integers(200, 599),
    body=st.binary(max_size=400),
)
def test_a_saved_file_comes_back_as_it_was(url, kind, at, status, body):
    digest = body_digest(body)
    capture = Capture(make_id(url, at, digest), "files", url, at, status, kind, body, digest)

    record = read_record(memoryview(write_file(capture, NOW)), 0)

    kept = read_capture(record, "f.warc.gz")
    assert kept == Capture(
        capture.capture_id, "files", url, at, status, kind, body, digest, "complete", "f.warc.gz", 0
    )
