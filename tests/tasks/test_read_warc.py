"""Somebody else's WARC file: its pages are read, its breaks are named by their offset."""

from __future__ import annotations

import gzip

import pytest

from tasks.read_files import BadFile, SavedPage
from tasks.read_warc import read_warc
from tasks.warc_format import write_record

PAGE = b"<html><body><p>Ministers met in Tunis.</p></body></html>"


def response(number: int, body: bytes = PAGE, head: str = "Content-Type: text/html") -> bytes:
    http = f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + body
    fields = (
        ("WARC-Record-ID", f"<urn:uuid:{number}>"),
        ("WARC-Target-URI", f"http://news.example/{number}"),
        ("WARC-Date", "2007-05-25T10:00:00Z"),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return write_record("response", fields, http)


def read(tmp_path, data: bytes) -> list[tuple[str, str]]:
    """For each thing found: the address of a page, or the reason and offset of a break."""
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(data)
    return [
        ("page", found.capture.url)
        if isinstance(found, SavedPage)
        else (found.reason, found.place.rpartition(":")[2])
        for found in read_warc(path)
    ]


FIRST, SECOND, THIRD = response(1), response(2), response(3)
WHOLE = FIRST + SECOND + THIRD
SECOND_AT, THIRD_AT = str(len(FIRST)), str(len(FIRST) + len(SECOND))
URLS = [("page", f"http://news.example/{number}") for number in (1, 2, 3)]
FLIPPED = FIRST + SECOND[:60] + b"\xff\xff\xff" + SECOND[63:] + THIRD


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(WHOLE, URLS, id="one gzip member a record"),
        pytest.param(gzip.compress(gzip.decompress(WHOLE)), URLS, id="gzip as a whole"),
        pytest.param(gzip.decompress(WHOLE), URLS, id="not compressed"),
        pytest.param(
            gzip.decompress(WHOLE).replace(b"WARC/1.1", b"WARC/1.0"), URLS, id="version 1.0"
        ),
        pytest.param(
            WHOLE[:-20], [*URLS[:2], ("broken_warc", THIRD_AT)], id="cut inside the last record"
        ),
        pytest.param(
            FIRST + SECOND[:10], [URLS[0], ("broken_warc", SECOND_AT)], id="cut inside a head"
        ),
        pytest.param(
            FLIPPED, [URLS[0], ("broken_warc", SECOND_AT), URLS[2]], id="damaged in the middle"
        ),
        pytest.param(
            WHOLE + b"junk", [*URLS, ("broken_warc", str(len(WHOLE)))], id="junk behind the end"
        ),
        pytest.param(b"no WARC file at all", [("broken_warc", "0")], id="no WARC file"),
        pytest.param(b"", [("broken_warc", "")], id="empty"),
        pytest.param(
            response(1, b"GIF89a", "Content-Type: image/gif"),
            [("not_a_page", "0")],
            id="an image",
        ),
    ],
)
def test_pages_and_breaks_are_found_in_order(tmp_path, data, found):
    result = read(tmp_path, data)

    assert [(kind, "" if not data else where) for kind, where in result] == found


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("Content-Type: text/html", PAGE, id="plain"),
        pytest.param(
            "Content-Type: text/html\r\nTransfer-Encoding: chunked",
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE),
            id="chunked as sent",
        ),
        pytest.param(
            "Content-Type: text/html\r\nTransfer-Encoding: chunked", PAGE, id="chunks undone"
        ),
        pytest.param(
            "Content-Type: text/html\r\nContent-Encoding: gzip",
            gzip.compress(PAGE),
            id="gzip as sent",
        ),
        pytest.param("Content-Type: text/html\r\nContent-Encoding: gzip", PAGE, id="gzip undone"),
    ],
)
def test_the_body_is_the_page_however_it_was_stored(tmp_path, head, body):
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(response(1, body, head))

    (found,) = read_warc(path)

    assert isinstance(found, SavedPage)
    assert (found.capture.body, found.capture.completeness) == (PAGE, "complete")


def test_a_missing_file_is_a_value(tmp_path):
    (found,) = read_warc(tmp_path / "none.warc.gz")

    assert isinstance(found, BadFile)
    assert found.reason == "unreadable_file"


def test_a_member_that_is_read_in_many_steps_ends_where_its_stream_ends(tmp_path):
    """More comes out of one step than is taken at once, in the step that ends the member."""
    long_page = PAGE + b"<p>The ministers met again.</p>" * 60_000

    assert read(tmp_path, FIRST + response(2, long_page) + THIRD) == URLS
