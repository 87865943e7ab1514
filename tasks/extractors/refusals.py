"""What is no article: files that are no text, error pages, bot checks, log-in walls.

Only a page with little text of its own can be one: an article may write about any of these.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import cast

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import Unreadable, UnreadableReason
from tasks.extractors.vocabulary import read_table

UTF_32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF_16_OPENINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\x00", b"\x00<")
BINARY_OPENINGS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip file"),
    (b"\x1f\x8b", "gzip data that nobody unpacked"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{\\rtf", "an RTF file"),
)
HEAD_LENGTH = 65_536
FEED = re.compile(
    r"\s{0,99}(?:<\?xml[^>]{0,300}>|<!--[^>]{0,300}-->|\s){0,9}"
    r"<(rss|feed|rdf:RDF|urlset|sitemapindex|opml|Error)\b",
    re.IGNORECASE,
)
MAX_ZEROS = 3  # in the first kilobyte
MAX_PROSE = 600
MAX_TITLE = 80
NEXT_STEPS: dict[UnreadableReason, str] = {
    "soft_404": "the page is gone or was never there; look for its address in the index",
    "challenge_page": "the site checks for browsers; fetch it later, slower, or from a web archive",
    "login_wall": "the text is for subscribers; look for a copy in a web archive",
}


def refuse_non_articles(page_name: str, titles: list[str], prose: list[str]) -> None:
    """Raises `Unreadable` when title, headings or the little prose there is say it is none."""
    if sum(len(text) for text in prose) > MAX_PROSE:
        return
    title = " \n ".join(each for each in titles if len(each) <= MAX_TITLE).lower()
    for where, words in (("title", title), ("text", " \n ".join(prose).lower())):
        if match := _pattern(where).search(words):
            reason = _reasons(where)[match[0]]
            raise Unreadable(
                reason,
                f"{page_name}: expected an article, found {match[0]!r}; {NEXT_STEPS[reason]}",
            )


def titles_of(tree: LexborHTMLParser) -> list[str]:
    """The page's title and first headings."""
    return [" ".join(node.text().split()) for node in tree.css("title, h1, h2")[:5]]


def refuse_binary(body: bytes, page_name: str) -> None:
    """Raises `Unreadable` for no bytes, and for files that are no text at all."""
    if not body.strip():
        raise Unreadable(
            "empty_body", f"{page_name}: expected a page, found no bytes; fetch it again"
        )
    kind = next((kind for opening, kind in BINARY_OPENINGS if body.startswith(opening)), None)
    zeros = 0 if body.startswith((*UTF_16_OPENINGS, *UTF_32_BOMS)) else body[:1024].count(0)
    if kind or zeros > MAX_ZEROS:
        raise Unreadable(
            "binary_body",
            f"{page_name}: expected a page, found {kind or f'{zeros} zero bytes'}; "
            "check the address and the content type",
        )


def refuse_other_markup(markup: str, page_name: str) -> None:
    """Raises `Unreadable` for text without a tag, and for the lists that machines read."""
    listed = FEED.match(markup)
    if listed or "<" not in markup[:HEAD_LENGTH]:
        raise Unreadable(
            "not_a_page",
            f"{page_name}: expected HTML, found {f'<{listed[1]}>' if listed else 'no tag'}; "
            "check the address; a page saved as text is read as text/plain",
        )


@cache
def _reasons(where: str) -> dict[str, UnreadableReason]:
    rows = read_table("not_articles")
    return {r["words"]: cast("UnreadableReason", r["reason"]) for r in rows if r["where"] == where}


@cache
def _pattern(where: str) -> re.Pattern[str]:
    words = sorted(_reasons(where), key=lambda each: (-len(each), each))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in words)})(?!\w)")
