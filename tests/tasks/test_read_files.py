"""Saved files on disk: each becomes one capture or one value that says why not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from schemas.errors import NotFound
from tasks import read_files
from tasks.read_files import BadFile, list_files, read_file, source_name, web_address
from tasks.read_packed import READERS
from tests.tasks.test_read_warc import FIRST

PAGE = "<html><body><p>Ministers met in Tunis.</p></body></html>"


def read(path):
    return list(read_file(path, READERS))


def test_a_folder_is_walked_in_the_order_of_names(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/2.html", "b/1.txt", "a.jsonl", "c.md"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")

    files = list_files((tmp_path / "c.md", tmp_path))

    names = [str(each.relative_to(tmp_path)) for each in files]
    assert names == ["c.md", "a.jsonl", "b/1.txt", "b/2.html", "c.md"]


def test_an_index_beside_its_warc_files_is_not_read_as_well(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "indexes").mkdir()
    (tmp_path / "archive" / "x.warc.gz").write_bytes(FIRST)
    (tmp_path / "indexes" / "x.cdxj").write_text("k 2007 {}\n", encoding="utf-8")

    assert [each.name for each in list_files((tmp_path,))] == ["x.warc.gz"]
    assert [each.name for each in list_files((tmp_path / "indexes",))] == ["x.cdxj"]


@pytest.mark.parametrize("name", ["none", "empty"])
def test_what_is_not_there_is_named(tmp_path, name):
    (tmp_path / "empty").mkdir()

    with pytest.raises(NotFound, match=name):
        list_files((tmp_path / name,))


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.html", "text/html"),
        ("a.HTM", "text/html"),
        ("a.shtml", "text/html"),
        ("a.xhtml", "text/html"),
        ("a.txt", "text/plain"),
    ],
)
def test_a_page_has_neither_address_nor_instant(tmp_path, name, content_type):
    path = tmp_path / name
    path.write_text(PAGE, encoding="utf-8")

    (found,) = read(path)

    capture = found.capture
    assert (found.place, capture.body, capture.content_type) == (
        str(path),
        PAGE.encode(),
        content_type,
    )
    assert (capture.source, capture.url, capture.captured_at, capture.http_status) == (
        "files",
        None,
        None,
        None,
    )


def test_the_same_bytes_are_the_same_capture_wherever_they_lie(tmp_path):
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")

    (first,), (second,) = read(tmp_path / "a.html"), read(tmp_path / "b.html")

    assert first.capture == second.capture


@pytest.mark.parametrize("name", ["a.pdf", "a", ".html", "a.zip"])
def test_another_kind_of_file_is_named_with_what_is_expected(tmp_path, name):
    (tmp_path / name).write_bytes(b"%PDF")

    (found,) = read(tmp_path / name)

    assert (found.reason, ".wacz" in found.detail) == ("not_a_page", True)


def test_lines_of_pages_and_what_is_no_page(tmp_path):
    lines = [
        {"id": "1", "url": "http://news.example/1", "html": PAGE},
        {"id": "2", "url": "mailto:desk@news.example", "text": "Ministers met."},
        {"id": "3"},
    ]
    captured = {"id": "4", "captured_at": "2007-05-25T10:00:00Z", "text": "Ministers met."}
    text = "\n".join(json.dumps(each) for each in [*lines, captured])
    (tmp_path / "a.jsonl").write_text(f"{text}\nnot json\n\n", encoding="utf-8")

    found = read(tmp_path / "a.jsonl")

    assert [each.place.rpartition(":")[2] for each in found] == ["1", "2", "3", "4", "5"]
    assert [isinstance(each, BadFile) for each in found] == [False, False, True, False, True]
    assert [each.capture.url for each in found[:2]] == ["http://news.example/1", None]
    assert found[0].capture.body == json.dumps(lines[0]).encode()
    assert found[3].capture.captured_at == datetime(2007, 5, 25, 10, tzinfo=UTC)


def test_a_file_over_the_bound_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(read_files, "MAX_FILE_BYTES", 10)
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")

    (found,) = read(tmp_path / "a.html")

    assert (found.reason, found.detail) == ("unreadable_file", f"{len(PAGE)} bytes, allowed 10")


@pytest.mark.parametrize("name", ["a.html", "a.jsonl", "a.warc.gz", "a.wacz", "a.cdxj"])
def test_a_file_that_cannot_be_opened_is_a_value(tmp_path, name):
    """A folder under that name; permissions would not stop a test that runs as root."""
    (tmp_path / name).mkdir()

    (found,) = read(tmp_path / name)

    assert isinstance(found, BadFile)
    assert found.reason == "unreadable_file"


@pytest.mark.parametrize(
    ("url", "address", "source"),
    [
        ("http://news.example/a", "http://news.example/a", "files"),
        ("https://www.globalsecurity.org/a", "https://www.globalsecurity.org/a", "globalsecurity"),
        ("file:///etc/passwd", None, "files"),
        ("http:///a", None, "files"),
        ("urn:sha256:1", None, "files"),
        ("", None, "files"),
        (None, None, "files"),
    ],
)
def test_an_address_is_one_that_a_reader_could_open(url, address, source):
    assert (web_address(url), source_name(web_address(url))) == (address, source)
