"""Pages in, lines out: in order, and what cannot be read is named and stops nothing."""

from __future__ import annotations

import json

import pytest

from tasks import extract
from tasks.print_pages import lines_of_files, lines_of_jsonl
from tests.flows.saved import page_saved_as_text


def page(name):
    return json.dumps({"id": name, "text": page_saved_as_text()}).encode()


def test_order_is_kept_and_a_bad_line_is_named():
    printed = list(lines_of_jsonl([page("a"), b"\n", b"not json\n", b'{"id": "c"}', page("d")]))

    assert [each["id"] for each in printed] == ["a", "line 3", "c", "d"]
    assert [bool(each["error"]) for each in printed] == [False, True, True, False]


def test_an_extractor_that_raises_stops_no_other_page(monkeypatch):
    real = extract.extract

    def raise_for_b(page, source):
        if page.page_id == "b":
            raise ZeroDivisionError("a defect")
        return real(page, source)

    monkeypatch.setattr(extract, "extract", raise_for_b)

    first, second, third = lines_of_jsonl([page("a"), page("b"), page("c")])

    assert second["error"] == "extraction_failed"
    assert "a defect" in json.dumps(second)
    assert (first["error"], third["error"]) == (None, None)


@pytest.mark.parametrize("name", ["page.txt", "page.TXT"])
def test_files_are_named_by_their_place(tmp_path, name):
    (tmp_path / name).write_text(page_saved_as_text(), encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")

    printed = list(lines_of_files((tmp_path,)))

    assert [(each["id"], bool(each["error"])) for each in printed] == [
        (str(tmp_path / name), False),
        (str(tmp_path / "picture.png"), True),
    ]
