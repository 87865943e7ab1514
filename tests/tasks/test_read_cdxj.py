"""A CDXJ index: the records it names are read, and what it names wrongly is named by its line."""

from __future__ import annotations

import json

import pytest

from tasks.keep import CaptureStore
from tasks.read_cdxj import read_cdxj
from tasks.read_files import SavedPage
from tests.fault_server import answer
from tests.tasks.test_keep import PAGE, kept_pages
from tests.tasks.test_read_warc import FIRST, SECOND, WHOLE, response

IMAGE = response(4, b"GIF89a", "Content-Type: image/gif")


def line(offset, filename="theirs.warc.gz", **fields):
    row = {"url": "http://news.example/", "offset": str(offset), "filename": filename, **fields}
    return f"example,news)/ 20070525100000 {json.dumps(row)}\n"


def read(tmp_path, text, folder="."):
    path = tmp_path / folder / "index.cdxj"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [
        found.capture.url.rpartition("/")[2] if isinstance(found, SavedPage) else found.reason
        for found in read_cdxj(path)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(line(len(FIRST)) + line(0), ["2", "1"], id="in the order of the index"),
        pytest.param("!OpenWayback-CDXJ 1.0\n\n" + line(0), ["1"], id="a head and a blank line"),
        pytest.param(line(len(WHOLE)), ["not_a_page"], id="an image"),
        pytest.param(line(5), ["broken_warc"], id="no record starts there"),
        pytest.param(line(10**9), ["broken_warc"], id="behind the end"),
        pytest.param(line(-1), ["broken_warc"], id="before the start"),
        pytest.param(line(0, "other.warc.gz"), ["unreadable_file"], id="no such file"),
        pytest.param(line(0, "../../etc/passwd"), ["unreadable_file"], id="a way out"),
        pytest.param(line("x") + line(0), ["index_unreadable", "1"], id="no number"),
        pytest.param("key 2007\n" + line(0), ["index_unreadable", "1"], id="half a line"),
        pytest.param("key 2007 []\n", ["index_unreadable"], id="another form"),
        pytest.param("key 2007 {}\n", ["index_unreadable"], id="no place"),
    ],
)
def test_records_are_read_where_the_index_says(tmp_path, text, found):
    (tmp_path / "theirs.warc.gz").write_bytes(WHOLE + IMAGE)

    assert read(tmp_path, text) == found


def test_the_files_may_stand_in_the_archive_folder_of_a_collection(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "theirs.warc.gz").write_bytes(FIRST + SECOND)

    assert read(tmp_path, line(0), "indexes") == ["1"]


def test_an_index_of_ours_leads_to_its_pages(tmp_path):
    """`ingest --from captures/x.cdxj` of another installation."""
    (kept,) = kept_pages(tmp_path / "captures", tmp_path / "state", {"/a.html": answer(PAGE)})
    store = CaptureStore(tmp_path / "captures")
    assert len(list(store.index())) == 1

    (found,) = read_cdxj(store.index_path(kept.warc_file))

    assert (found.capture.url, found.capture.body) == (kept.url, PAGE)


def test_a_missing_index_is_a_value(tmp_path):
    (found,) = read_cdxj(tmp_path / "none.cdxj")

    assert found.reason == "unreadable_file"
