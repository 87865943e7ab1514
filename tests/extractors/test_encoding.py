from __future__ import annotations

import pytest

from schemas.errors import Unreadable
from schemas.records import Encoding
from tasks.extractors.encoding import decode
from tasks.extractors.refusals import refuse_binary

PAGE = "<html><head>{meta}</head><body><p>São Tomé – “não”, said Łukasz</p></body></html>"
QUOTED = "<html><head>{meta}</head><body><p>“No,” he said – 5 €</p></body></html>"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize("header", ["utf-8", "iso-8859-1", None])
@pytest.mark.parametrize("meta", ["utf-8", "iso-8859-1", None])
@pytest.mark.parametrize("used", ["utf-8", "cp1252"])
def test_text_is_right_whatever_header_and_meta_claim(header, meta, used):
    page = QUOTED.format(meta=META.format(meta) if meta else "")

    text, encoding = decode(page.encode(used), f"text/html; charset={header}" if header else None)

    assert text == page
    assert encoding.used == {"utf-8": "utf-8", "cp1252": "windows-1252"}[used]


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        pytest.param(
            b"\xef\xbb\xbf<p>na\xc3\xafve",
            "text/html; charset=iso-8859-1",
            Encoding("windows-1252", "utf-8", "bom"),
            id="a byte order mark goes before the header",
        ),
        pytest.param(
            "<p>naïve".encode("utf-16"),
            None,
            Encoding(None, "utf-16le", "bom"),
            id="utf-16 with mark",
        ),
        pytest.param(
            "<p>naïve".encode("utf-16-be"),
            None,
            Encoding(None, "utf-16be", "zero_bytes"),
            id="utf-16 without its mark",
        ),
        pytest.param(
            b"<p>na\xefve",
            "text/html; charset=us-ascii",
            Encoding("windows-1252", "windows-1252", "http"),
            id="us-ascii means windows-1252",
        ),
        pytest.param(
            b"<p>na\xefve", None, Encoding(None, "windows-1252", "default"), id="nothing declared"
        ),
        pytest.param(
            b"<!-- <meta charset=koi8-r> --><meta charset=windows-1251><p>\xcc\xe8\xf0",
            None,
            Encoding("windows-1251", "windows-1251", "meta"),
            id="a meta inside a comment is none",
        ),
        pytest.param(
            b"<script>'<meta charset=koi8-r>'</script><meta charset=windows-1251><p>\xcc\xe8\xf0",
            None,
            Encoding("windows-1251", "windows-1251", "meta"),
            id="a meta inside a script is none",
        ),
        pytest.param(
            "<meta charset=utf-16><p>naïve".encode(),
            None,
            Encoding("utf-8", "utf-8", "meta"),
            id="a meta that could be read is not utf-16",
        ),
        pytest.param(
            "<meta charset=shift_jis><p>日本".encode("shift_jis"),
            None,
            Encoding("shift_jis", "shift_jis", "meta"),
            id="a declared legacy encoding",
        ),
        pytest.param(
            "<p>naïve und später".encode() + b"\xe2\x80",
            "text/html; charset=utf-8",
            Encoding("utf-8", "utf-8", "http", 1),
            id="the last character is cut off",
        ),
        pytest.param(b"<p>plain", None, Encoding(None, "utf-8", "ascii"), id="ascii"),
    ],
)
def test_what_was_declared_used_and_found_is_on_record(body, content_type, expected):
    assert decode(body, content_type)[1] == expected


def test_a_few_broken_bytes_are_replaced_and_counted():
    body = ("<p>" + "später und früher " * 50).encode() + b"\xff" + "für".encode()

    text, encoding = decode(body, "text/html; charset=utf-8")

    assert (text.count("\ufffd"), encoding.replacement_count) == (1, 1)


def test_a_page_of_broken_bytes_is_refused():
    body = "<p>später".encode() * 10 + b"\xff\xc3\xa4" * 200

    with pytest.raises(Unreadable, match="expected text in utf-8") as refused:
        decode(body, "text/html; charset=utf-8")

    assert refused.value.reason == "undecodable"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("text/html; charset=utf-7", b"<p>+ADw-script+AD4-", id="utf-7"),
        pytest.param(None, "<p>x".encode("utf-32"), id="utf-32"),
    ],
)
def test_encodings_outside_the_standard_are_refused(content_type, body):
    with pytest.raises(Unreadable, match="WHATWG"):
        decode(body, content_type)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("<p>â€œNo,â€\x9d she said.", "<p>“No,” she said.", id="quotation marks"),
        pytest.param("<p>SÃ£o TomÃ©", "<p>São Tomé", id="letters"),
    ],
)
def test_utf_8_taken_for_latin_1_is_repaired_and_recorded(written, meant):
    text, encoding = decode(written.encode("utf-8"))

    assert (text, encoding.repair) == (meant, "ftfy.fix_encoding")


@pytest.mark.parametrize("text", ["<p>SÃO PAULO", "<p>“Ça va, Zoë?” – naïve", "<p>Ωμέγα Привет"])
def test_clean_text_is_never_repaired(text):
    assert decode(text.encode()) == (text, Encoding(None, "utf-8", "valid_utf8"))


def test_control_characters_go():
    assert decode(b"<p>a\x00b\x08c\td\ne")[0] == "<p>abc\td\ne"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "empty_body", id="no bytes"),
        pytest.param(b" \r\n\t", "empty_body", id="white space"),
        pytest.param(b"%PDF-1.4 ...", "binary_body", id="pdf"),
        pytest.param(b"PK\x03\x04...", "binary_body", id="zip"),
        pytest.param(bytes(range(256)) * 4 + b"\x00" * 20, "binary_body", id="zero bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(body, reason):
    with pytest.raises(Unreadable) as refused:
        refuse_binary(body, "p")

    assert refused.value.reason == reason


def test_marks_of_windows_1252_pasted_into_utf_8_are_read():
    body = "<p>Café in São Tomé, später ".encode() + b"\x93no\x94 he said \x96 and left"

    text, encoding = decode(body, "text/html; charset=utf-8")

    assert text == "<p>Café in São Tomé, später “no” he said – and left"
    assert encoding == Encoding("utf-8", "utf-8", "http", 0, "windows-1252 bytes")


def test_other_bytes_in_utf_8_are_counted_as_lost():
    body = "<p>Café in São Tomé, später ".encode() + b"na\xefve and \xe2\x80 cut"

    text, encoding = decode(body, "text/html; charset=utf-8")

    assert text == "<p>Café in São Tomé, später na\ufffdve and \ufffd cut"
    assert encoding == Encoding("utf-8", "utf-8", "http", 2)


def test_marks_escaped_twice_are_marks_and_markup_shown_stays():
    text, encoding = decode(b"<p>&amp;ldquo;no&amp;#8221;, &amp;lt;b&amp;gt; R&amp;amp;D &amp;copy")

    assert text == "<p>&ldquo;no&#8221;, &amp;lt;b&amp;gt; R&amp;amp;D &amp;copy"
    assert encoding.repair == "entities escaped twice"
