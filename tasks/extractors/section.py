"""The section a story stands in, as the page or its address names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from urllib.parse import unquote, urlsplit

from tasks.extractors.headline import fold
from tasks.extractors.line_forms import is_section_name
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.reading import Reading
from tasks.extractors.vocabulary import read_words
from tasks.extractors.ways import Way

MAX_LENGTH = 80
SAYS_NOTHING = frozenset(("news", "home", "us", "uk", "features"))
MAX_WORDS = 7
CRUMBS = re.compile(r"\s*(?:>+|»|›|::|→|\s/\s|\s\|\s)\s*")
# "Filed under: Sports", "in Kenya"; "Politics 3 min read", "Business · Updated".
LEAD = re.compile(r"^(?:(?i:filed (?:under|in):?|posted in:?|(?:section|category)\s?:)\s+|in\s)")
HOME = re.compile(r"^(?:Blog\s)?(?:Home|HOME)(?=\s|[A-Z])\s{0,3}")
TAIL = re.compile(r"\s{0,3}(?:[0-9]{1,2}[\s-]min(?:ute)?s?\sread|[·•|]\s?updated)$", re.IGNORECASE)
EDGES = " |-–—:·•,/"
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def section_ways(reading: Reading) -> Iterator[Way]:
    """Most trusted first."""
    for rule in RULES:
        yield from rule(reading)


def is_name(text: str) -> bool:
    """No number, nothing that a CMS writes where no section was chosen, no run of links."""
    letters = sum(character.isalpha() for character in text)
    is_short = len(text) <= MAX_LENGTH and len(text.split()) <= MAX_WORDS
    is_named = not text.startswith("/") and text.lower() not in _no_sections()
    return letters >= 2 and is_short and is_named  # noqa: PLR2004


def from_line(reading: Reading) -> Iterator[Way]:
    """A line labelled section; of a trail of crumbs the last that is not the headline."""
    title = next(reading.labelled("headline"), "")
    headline = fold(title)
    for line in reading.labelled("section"):
        trail = line.removesuffix(title) or line
        parts = [_tidy(each) for each in CRUMBS.split(trail)]
        rule = "breadcrumb" if len(parts) > 1 else "section_line"
        if rule == "breadcrumb" and fold(parts[0]) in {"you are in", "you are here", "home"}:
            parts = parts[1:]
        names = [each for each in parts if is_name(each) and fold(each) != headline]
        if names:
            yield Way(names[-1], rule, line)


def _tidy(text: str) -> str:
    """Without what a page sets around the name: its day, the time it takes to read."""
    text = text.strip(EDGES)
    if found := find_printed_dates(text):
        text = text[: found[0].start].strip(EDGES) or text
    text = TAIL.sub("", text)
    text = HOME.sub("", LEAD.sub("", text)) or text
    return text.strip(EDGES)


def from_linked_data(reading: Reading) -> Iterator[Way]:
    for value in reading.metadata.linked_values("articleSection"):
        if is_name(name := unescape(value)):
            yield Way(name, "linked_data", value)


def from_metadata(reading: Reading) -> Iterator[Way]:
    for claim in reading.metadata.claims("section"):
        if is_name(name := unescape(claim.value)):
            yield Way(name, "metadata", f"{claim.name}: {claim.value}")


def from_url(reading: Reading) -> Iterator[Way]:
    """A folder of the address that is a section's name: /NewsAnalysis/, /press_releases/.

    Saved text keeps the line where there was one, and so does a declared layout that shows it.
    """
    is_shown = reading.is_declared and any(reading.labelled("section"))
    if is_shown or reading.layout == "saved_text":
        return
    for part in reversed(urlsplit(reading.url or "").path.split("/")[:-1]):
        words = " ".join(WORDS.findall(unquote(part)))
        if is_section_name(words) and words.lower() not in SAYS_NOTHING:
            yield Way(words.title() if len(words) > 3 else words.upper(), "url", part)  # noqa: PLR2004
            return


@cache
def _no_sections() -> frozenset[str]:
    return frozenset(read_words("no_sections"))


Rule = Callable[[Reading], Iterator[Way]]
RULES: tuple[Rule, ...] = (from_line, from_linked_data, from_metadata, from_url)
