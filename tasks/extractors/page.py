"""One page, read: bytes or text to labelled blocks and fields."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import Unreadable
from schemas.records import Document, Encoding, PageInput
from schemas.source import Source
from tasks.extractors.characters import clean_characters, repair_mojibake
from tasks.extractors.declared import read_declared
from tasks.extractors.encoding import decode
from tasks.extractors.fields import document_of
from tasks.extractors.generic import read_generic
from tasks.extractors.html import parse
from tasks.extractors.reading import Reading, reading_of
from tasks.extractors.refusals import refuse_binary, refuse_other_markup
from tasks.extractors.saved_text import read_saved_text


def read_page(page: PageInput, source: Source | None = None) -> Document:
    """Raises `Unreadable` when the page holds no article; never yields half of one."""
    if page.text is not None:
        text, repair = repair_mojibake(clean_characters(page.text))
        return document_of(
            _read_lines(page, text, source), Encoding(None, "str", "given", repair=repair)
        )
    body = page.body or b""
    refuse_binary(body, page.url or page.page_id)
    markup, encoding = decode(body, page.content_type)
    if (page.content_type or "").lower().startswith("text/plain"):
        return document_of(_read_lines(page, markup, source), encoding)
    refuse_other_markup(markup, page.url or page.page_id)
    tree = parse(markup)
    if source is not None and source.layouts:
        reading = _read_declared(page, tree, markup, source)
        return document_of(reading, encoding)
    return document_of(read_generic(page, tree, markup, source), encoding)


def _read_declared(page: PageInput, tree: LexborHTMLParser, markup: str, source: Source) -> Reading:
    try:
        return read_declared(page, tree, source)
    except Unreadable as error:
        if error.reason != "layout_missing" or not source.reads_other_designs:
            raise
    return read_generic(page, tree, markup, source)


def _read_lines(page: PageInput, text: str, source: Source | None) -> Reading:
    if not text.strip():
        raise Unreadable(
            "empty_body", f"{page.url or page.page_id}: expected text, found none; check the file"
        )
    issuers = source.agencies.values() if source else ()
    return reading_of(page, source, "saved_text", read_saved_text(text, issuers))
