"""Pages that come with status 200 and are no articles: error pages, bot checks, log-in walls.

Only a page with little text of its own can be one: an article may write about any of these.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from selectolax.lexbor import LexborHTMLParser

from schemas.errors import Unreadable, UnreadableReason
from tasks.extractors.vocabulary import read_table

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


@cache
def _reasons(where: str) -> dict[str, UnreadableReason]:
    rows = read_table("not_articles")
    return {r["words"]: cast("UnreadableReason", r["reason"]) for r in rows if r["where"] == where}


@cache
def _pattern(where: str) -> re.Pattern[str]:
    words = sorted(_reasons(where), key=lambda each: (-len(each), each))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in words)})(?!\w)")
