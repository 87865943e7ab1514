"""Bytes to text, by the WHATWG rules, with what was declared, what was used and why.

The order is: byte order mark, valid UTF-8, the HTTP header, the page's own <meta>, windows-1252.
Valid UTF-8 with characters beyond ASCII goes before every declaration but a byte order mark:
text of another encoding is practically never valid UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

import webencodings

from schemas.errors import Unreadable
from schemas.records import Encoding
from tasks.extractors.characters import (
    CONTROL_BYTES,
    clean_characters,
    mend_pasted_bytes,
    repair_mojibake,
    unescape_twice,
)

HEAD_LENGTH = 65_536
MAX_REPLACED_SHARE = 0.001
FEW_REPLACED = 20

Declaration = tuple[str, str]  # codec name, evidence

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)
UTF_32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

META = re.compile(
    rb"""<meta\b[^>]{0,600}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{1,40})""", re.IGNORECASE
)
XML_DECLARATION = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{1,40})""", re.IGNORECASE
)
HEADER = re.compile(r"""charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{1,40})""", re.IGNORECASE)
NOT_MARKUP = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"))
UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def decode(body: bytes, content_type: str | None = None) -> tuple[str, Encoding]:
    """The page's characters. Raises Unreadable where no rule gives text."""
    declared = _declared(body, content_type)
    codec, evidence, text = _read(body, declared)
    text, pasted = mend_pasted_bytes(text)
    count = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    if count > FEW_REPLACED and count > len(text) * MAX_REPLACED_SHARE:
        raise Unreadable(
            "undecodable",
            f"expected text in {codec} ({evidence}), found {count} bytes that are not; "
            "compare the page with its declared charset, then fetch it again",
        )
    if len(body.translate(None, CONTROL_BYTES)) != len(body):
        text = clean_characters(text)
    text, mojibake = repair_mojibake(text)
    text, entities = unescape_twice(text)
    repairs = " + ".join(filter(None, (pasted, mojibake, entities))) or None
    count = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    label = declared[0][0] if declared else None
    return text, Encoding(label, codec, evidence, max(count, 0), repairs)


def _read(body: bytes, declared: list[Declaration]) -> tuple[str, str, str]:
    for rule in RULES:
        if found := rule(body, declared):
            return found
    return "windows-1252", "default", body.decode("cp1252", "replace")


def _by_bom(body: bytes, _declared: list[Declaration]) -> tuple[str, str, str] | None:
    if body.startswith(UTF_32_BOMS):
        raise Unreadable(
            "undecodable",
            "expected an encoding of the WHATWG list, found a UTF-32 byte order mark; "
            "save the page as UTF-8",
        )
    for bom, codec in BOMS:
        if body.startswith(bom):
            return codec, "bom", body[len(bom) :].decode(codec, "replace")
    return None


def _by_zero_bytes(body: bytes, _declared: list[Declaration]) -> tuple[str, str, str] | None:
    """UTF-16 without its mark shows as a zero byte beside every ASCII one."""
    for opening, codec in ((b"<\x00", "utf-16le"), (b"\x00<", "utf-16be")):
        if body.startswith(opening):
            return codec, "zero_bytes", body.decode(codec, "replace")
    return None


def _by_validity(body: bytes, declared: list[Declaration]) -> tuple[str, str, str] | None:
    if body.isascii():
        codec, evidence = declared[0] if declared else ("utf-8", "ascii")
        if not codec.startswith(("iso-2022", "utf-16")):
            return codec, evidence, body.decode("ascii")
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(body) - 3 or not UTF8_SEQUENCE.search(body, 0, error.start):
            return None
        # Only the last character is cut off.
        text = body.decode("utf-8", "replace")
    evidence = next((how for codec, how in declared if codec == "utf-8"), "valid_utf8")
    return "utf-8", evidence, text


def _by_declaration(body: bytes, declared: list[Declaration]) -> tuple[str, str, str] | None:
    for codec, evidence in declared:
        if codec != "utf-8":
            return codec, evidence, _decode_label(body, codec)
        if _is_mostly_utf8(body):
            return codec, evidence, body.decode("utf-8", "surrogateescape")
    return None


RULES: tuple[Callable[[bytes, list[Declaration]], tuple[str, str, str] | None], ...] = (
    _by_bom,
    _by_zero_bytes,
    _by_validity,
    _by_declaration,
)


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether more high bytes stand in UTF-8 sequences than outside: else UTF-8 was a lie."""
    inside = sum(len(x) for x in UTF8_SEQUENCE.findall(body))
    return inside * 2 > len(HIGH_BYTE.findall(body))


def _decode_label(body: bytes, codec: str) -> str:
    encoding = webencodings.lookup(codec)
    return str(encoding.codec_info.decode(body, "replace")[0])


def _declared(body: bytes, content_type: str | None) -> list[Declaration]:
    """Header first, then the page: the order of the WHATWG sniffing rules."""
    found: list[Declaration] = []
    if content_type and (match := HEADER.search(content_type)):
        found += _known(match[1], "http")
    if label := _meta_label(body[:HEAD_LENGTH]):
        found += _known(label, "meta")
    return found


def _known(label: str, evidence: str) -> list[Declaration]:
    if label.lower() == "utf-7":
        raise Unreadable(
            "undecodable",
            f"expected an encoding of the WHATWG list, found {label!r} ({evidence}), which hides "
            "markup; save the page as UTF-8",
        )
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name == "replacement":
        return []
    if evidence == "meta" and encoding.name.startswith("utf-16"):
        return [("utf-8", evidence)]  # a <meta> that could be read cannot stand in UTF-16
    name = "windows-1252" if encoding.name == "x-user-defined" else encoding.name
    return [(name, evidence)]


def _meta_label(head: bytes) -> str | None:
    if match := XML_DECLARATION.match(head):
        return match[1].decode("ascii")
    lower = head.lower()
    position = 0
    while match := META.search(head, position):
        closed = _end_of_hidden(lower, position, match.start())
        if closed is None:
            return match[1].decode("ascii")
        position = closed
    return None


def _end_of_hidden(lower: bytes, start: int, meta_at: int) -> int | None:
    """Where the comment, script or style that hides the <meta> ends; None if it is in the open."""
    position = start
    while True:
        starts = [
            (lower.find(opening, position, meta_at), closing) for opening, closing in NOT_MARKUP
        ]
        found = [x for x in starts if x[0] >= 0]
        if not found:
            return None
        opened_at, closing = min(found)
        closed_at = lower.find(closing, opened_at)
        if closed_at < 0:
            return len(lower)
        if closed_at > meta_at:
            return closed_at
        position = closed_at
