"""A WACZ file: its pages are read, its frames are not, and what was changed in it is named."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest

from tasks.read_files import SavedPage
from tasks.read_wacz import read_wacz
from tasks.warc_format import write_record
from tests.tasks.test_read_warc import PAGE, THIRD, response

HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
FRAME = response(9, b"<html><body><p>Buy a boat.</p></body></html>")


def redirect(number: int, target: str) -> bytes:
    http = f"HTTP/1.1 301 Moved\r\nLocation: {target}\r\n\r\n".encode()
    fields = (
        ("WARC-Target-URI", f"http://news.example/{number}"),
        ("WARC-Date", "2007-05-25T10:00:00Z"),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return write_record("response", fields, http)


def sha(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def resource(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "path": name, "hash": sha(data), "bytes": len(data)}


def pages_of(*numbers: int) -> bytes:
    rows = [HEADER, *({"url": f"http://news.example/{number}"} for number in numbers)]
    return "\n".join(json.dumps(row) for row in rows).encode()


WARC = response(1) + response(2) + FRAME


def packed(path, members, compress=zipfile.ZIP_STORED, **changes):
    """A package as its writers make it; `changes` replace a part of it, None leaves it out."""
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "resources": [resource(name, data) for name, data in members.items()],
    }
    text = json.dumps(package).encode()
    files = {
        **members,
        "datapackage.json": text,
        "datapackage-digest.json": json.dumps({"path": "datapackage.json", "hash": sha(text)}),
        **changes,
    }
    with zipfile.ZipFile(path, "w", compress) as target:
        for name, data in files.items():
            if data is not None:
                target.writestr(name, data)


def read(path):
    return [
        found.capture.url.rpartition("/")[2] if isinstance(found, SavedPage) else found.reason
        for found in read_wacz(path)
    ]


def archived(pages=None, warc=WARC):
    members = {"archive/data.warc.gz": warc}
    return members if pages is None else {**members, "pages/pages.jsonl": pages}


@pytest.mark.parametrize("compress", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    ("members", "found"),
    [
        pytest.param(archived(pages_of(1, 2)), ["1", "2", "not_a_page"], id="pages are listed"),
        pytest.param(archived(), ["1", "2", "9"], id="no pages are listed"),
        pytest.param(archived(pages_of()), ["1", "2", "9"], id="an empty list of pages"),
        pytest.param(
            archived(pages_of(4), redirect(4, "/3") + THIRD + FRAME),
            ["not_a_page", "3", "not_a_page"],
            id="a listed page that moved",
        ),
        pytest.param(
            {**archived(pages_of(1)), "pages/extraPages.jsonl": pages_of(2)},
            ["1", "2", "not_a_page"],
            id="two lists of pages",
        ),
        pytest.param(
            {"archive/a.warc.gz": response(1), "archive/b.warc": b"", "indexes/index.cdx.gz": b""},
            ["1", "broken_warc"],
            id="an empty file beside a good one",
        ),
        pytest.param(
            archived(warc=response(1) + b"junk"), ["1", "broken_warc"], id="a torn record"
        ),
    ],
)
def test_pages_are_read_from_every_warc_file(tmp_path, members, found, compress):
    packed(tmp_path / "a.wacz", members, compress)

    assert read(tmp_path / "a.wacz") == found


def test_the_place_of_a_page_leads_to_its_record(tmp_path):
    packed(tmp_path / "a.wacz", archived(pages_of(2)))

    _, page, _ = read_wacz(tmp_path / "a.wacz")

    assert page.place == f"{tmp_path}/a.wacz:archive/data.warc.gz:{len(response(1))}"
    assert (page.capture.body, page.capture.source) == (PAGE, "files")


def test_a_package_of_the_first_version_is_read(tmp_path):
    stats = {"hash": sha(WARC), "bytes": len(WARC)}
    old = {"resources": [{"path": "archive/data.warc.gz", "stats": stats}]}
    changes = {"datapackage.json": json.dumps(old), "datapackage-digest.json": None}
    packed(tmp_path / "a.wacz", archived(), **changes)

    assert read(tmp_path / "a.wacz") == ["1", "2", "9"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"archive/data.warc.gz": WARC + FRAME}, "damaged or changed", id="changed"),
        pytest.param({"archive/more.warc.gz": WARC}, "does not name it", id="added"),
        pytest.param({"datapackage.json": None}, "no datapackage.json", id="no package"),
        pytest.param({"datapackage.json": b"{"}, "datapackage-digest.json says", id="seal broken"),
        pytest.param(
            {"datapackage.json": b"[]", "datapackage-digest.json": None},
            "expected a JSON object",
            id="a package of another form",
        ),
        pytest.param(
            {"datapackage.json": b"{}", "datapackage-digest.json": None},
            "expected a list of resources",
            id="a package without resources",
        ),
        pytest.param({"pages/pages.jsonl": b"{}\n{"}, "pages/pages.jsonl, line 2", id="bad pages"),
    ],
)
def test_what_is_not_what_was_packed_is_named_and_not_read(tmp_path, changes, says):
    members = {name: data for name, data in archived().items() if name not in changes}
    stated = archived()
    package = {"resources": [resource(name, data) for name, data in stated.items()]}
    text = json.dumps(package).encode()
    seal = json.dumps({"hash": sha(text)})
    parts = {"datapackage.json": text, "datapackage-digest.json": seal, **changes}
    packed(tmp_path / "a.wacz", members, **parts)

    found = [each for each in read_wacz(tmp_path / "a.wacz") if not isinstance(each, SavedPage)]

    assert [each.reason for each in found] == ["broken_warc"]
    assert says in found[0].detail


def test_a_package_without_warc_files_is_named(tmp_path):
    packed(tmp_path / "a.wacz", {"pages/pages.jsonl": pages_of(1)})

    (found,) = read_wacz(tmp_path / "a.wacz")

    assert (found.reason, "found none" in found.detail) == ("broken_warc", True)


@pytest.mark.parametrize("compress", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_package_cut_or_damaged_anywhere_is_a_value(tmp_path, compress):
    packed(tmp_path / "whole.wacz", archived(pages_of(1, 2)), compress)
    whole = (tmp_path / "whole.wacz").read_bytes()
    for place in range(0, len(whole), 7):
        for name, data in (
            ("cut", whole[:place]),
            ("flipped", whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]),
        ):
            (tmp_path / "a.wacz").write_bytes(data)
            found = list(read_wacz(tmp_path / "a.wacz"))
            assert found, (name, place)
            for each in found:
                assert not isinstance(each, SavedPage) or each.capture.body in (PAGE, FRAME_BODY)


FRAME_BODY = b"<html><body><p>Buy a boat.</p></body></html>"


def test_a_missing_file_is_a_value(tmp_path):
    (found,) = read_wacz(tmp_path / "none.wacz")

    assert found.reason == "unreadable_file"


def test_a_file_that_unpacks_to_more_than_the_bound_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.read_wacz.MOST_UNPACKED", 1_000)
    packed(tmp_path / "a.wacz", archived(warc=WARC + b"\0" * 100_000), zipfile.ZIP_DEFLATED)

    (found,) = read_wacz(tmp_path / "a.wacz")

    assert (found.reason, "at most 1000" in found.detail) == ("broken_warc", True)
