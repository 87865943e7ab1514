"""Pages with a fault planted: each is refused, or its records are, for the reason meant for it.

The clean twin of all of them is the same page without the fault.
"""

from __future__ import annotations

import pytest

from tasks.extractors.html import MAX_DEPTH, MAX_ELEMENTS
from tasks.extractors.input_line import LINE_TYPE
from tests.planted.finders import PAGE, capture_of, found_on_clean_page, found_on_page

WITHOUT_TEXT = (
    '<html><head><title>Ports</title></head><body><div id="root"></div><script src="a.js"></script>'
)
CHALLENGE = """\
<html><head><title>Just a moment...</title></head><body><h2>Checking your browser before accessing
the site.</h2><p>Please enable JavaScript and cookies to continue.</p></body></html>"""
NOT_FOUND = """\
<html><head><title>Page not found</title></head><body><h1>Page not found</h1>
<p>The page you were looking for does not exist.</p></body></html>"""
LOG_IN = """\
<html><head><title>Log in</title></head><body><h1>Log in to continue reading</h1>
<p>You must be logged in to view this page.</p><form action="/login" method="post">
<input type="text" name="user"><input type="password" name="password"></form></body></html>"""

# What went wrong -> the page, and the reason or rule that must tell of it.
FAULTS = {
    "an answer without a body": ({"body": b""}, "empty_body"),
    "an image for a page": ({"body": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8}, "binary_body"),
    "a document of another program": ({"body": b"%PDF-1.4\n" + bytes(range(256))}, "binary_body"),
    "a packed file": ({"body": b"\x1f\x8b\x08" + bytes(range(256)) * 4}, "binary_body"),
    "a page that proves the visitor": ({"body": CHALLENGE}, "challenge_page"),
    "a page that is not there, with success": ({"body": NOT_FOUND}, "soft_404"),
    "a page for members": ({"body": LOG_IN}, "login_wall"),
    "a shell that scripts would fill": ({"body": WITHOUT_TEXT}, "no_body_text"),
    "a page deeper than any": ({"body": "<div>" * (MAX_DEPTH + 500) + PAGE}, "too_deep"),
    "a page of more parts than any": ({"body": "<i>" * (MAX_ELEMENTS + 1)}, "too_large"),
    "an answer that broke off": ({"completeness": "incomplete"}, "incomplete"),
    "a line that is no record": ({"body": b'{"id": ', "content_type": LINE_TYPE}, "not_a_page"),
    "a day no calendar has": (
        {
            "body": PAGE.replace("12 June 2006", "31 June 2006"),
            "url": "http://www.example.org/p.html",
        },
        "printed_date_is_possible",
    ),
    "the day programs print for none": (
        {"body": PAGE.replace("12 June 2006", "1 January 1970")},
        "published_date_is_no_default",
    ),
    "a design that its archive does not declare": (
        {"source": "sample", "url": "http://127.0.0.1:8765/x.html"},
        "layout_missing",
    ),
    "a text that names its marks twice": (
        {"body": PAGE.replace("strike of nine days", "strike &amp;amp; of nine days")},
        "body_text_has_no_entities",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_what_is_meant_for_it(name):
    changes, reason = FAULTS[name]

    assert reason in found_on_page(capture_of(**{"body": PAGE} | changes))
    assert reason not in found_on_clean_page()


def test_a_defect_of_a_reader_is_told_and_stops_no_other_page(monkeypatch):
    def breaks(*_page):
        raise ZeroDivisionError

    assert found_on_page(capture_of()) == set()
    monkeypatch.setattr("tasks.extract.extract", breaks)

    assert found_on_page(capture_of()) == {"extraction_failed"}
