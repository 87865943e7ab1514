"""Markup to a tree, with what a parser would lose in silence or never finish refused first."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import Unreadable

MAX_CHARACTERS = 20_000_000
MAX_ELEMENTS = 400_000
MAX_DEPTH = 1_000
MAX_RAW_TEXT = 1_000

# Elements that cannot hold others, or that the parser closes by itself: they never nest deep.
FLAT_TAGS = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "a",
    ]
)
BLOCK_END = re.compile(r"</(?:p|td|tr|table|div|h[1-6]|ul)\b", re.IGNORECASE)
RAW_ENDS = {"<!--": "-->", "<script": "</script", "<style": "</style"}
RAW_TEXT = re.compile("|".join(RAW_ENDS))
NESTING = re.compile(rf"<(?!(?:{'|'.join(sorted(FLAT_TAGS))})\b)[a-z]", re.IGNORECASE | re.ASCII)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


def parse(markup: str) -> LexborHTMLParser:
    """Refuse what a parser would lose in silence or never finish, before it begins."""
    opened = markup.count("<")
    if opened > MAX_DEPTH:
        opened -= markup.count("</")
    if len(markup) > MAX_CHARACTERS or opened > MAX_ELEMENTS:
        raise Unreadable(
            "too_large",
            f"expected at most {MAX_CHARACTERS} characters and {MAX_ELEMENTS} elements, found "
            f"{len(markup)} and {opened}; if this is an article, raise the limits in html.py",
        )
    # Only a page with that many elements that can nest is looked at one by one.
    if opened > MAX_DEPTH and len(NESTING.findall(markup)) > MAX_DEPTH < _depth(markup):
        raise Unreadable(
            "too_deep",
            f"expected at most {MAX_DEPTH} nested elements, found more; "
            "if this is an article, raise MAX_DEPTH in html.py",
        )
    tree = LexborHTMLParser(markup)
    mended = _close_raw_elements(tree, markup)
    return tree if mended is None else LexborHTMLParser(mended)


def _close_raw_elements(tree: LexborHTMLParser, markup: str) -> str | None:
    """Mend a <title> or <script src> whose end tag is lost: it holds the rest of the page as text.

    Browsers show such a page empty; crawls and hand-made pages of the 1990s and 2000s have them.
    """
    for node in tree.css("title, script[src]"):
        text = node.text()
        if len(text) > MAX_RAW_TEXT and "</" in text and BLOCK_END.search(text):
            swallowed = text[text.find("<") :]
            start = markup.find(swallowed[:200])
            if start > 0:
                return f"{markup[:start]}</{node.tag}>{markup[start:]}"
    return None


def _depth(markup: str) -> int:
    """The most elements open at once, had the parser closed none by itself."""
    depth = deepest = 0
    for closing, name in TAG.findall(_without_raw_text(markup)):
        tag = name.lower()
        if tag not in FLAT_TAGS:
            depth = max(depth - 1, 0) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _without_raw_text(markup: str) -> str:
    """Scripts and comments hold "<" that open nothing; one pass, however many are unclosed."""
    lower = markup.lower()
    kept: list[str] = []
    position = 0
    for opening in RAW_TEXT.finditer(lower):
        if opening.start() < position:
            continue
        kept.append(markup[position : opening.start()])
        closing = RAW_ENDS[opening[0]]
        end = lower.find(closing, opening.end())
        if end < 0:
            return "".join(kept)
        position = end + len(closing)
    return "".join([*kept, markup[position:]])
