"""The section a story stands in, as the page or its address names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from tasks.extractors.headline import fold
from tasks.extractors.line_forms import is_section_name
from tasks.extractors.reading import Reading
from tasks.extractors.ways import Way

MAX_LENGTH = 80
SAYS_NOTHING = frozenset(("news", "home", "us", "uk", "features"))
NO_NAMES = frozenset(("unknown", "none", "null", "default", "uncategorized", "article", "story"))
CRUMBS = re.compile(r"\s*(?:>+|»|›|::|→|\s/\s|\s\|\s)\s*")
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def section_ways(reading: Reading) -> Iterator[Way]:
    """Most trusted first."""
    for rule in RULES:
        yield from rule(reading)


def is_name(text: str) -> bool:
    """No number, nothing that a CMS writes where no section was chosen."""
    letters = sum(character.isalpha() for character in text)
    return letters >= 2 and len(text) <= MAX_LENGTH and text.lower() not in NO_NAMES  # noqa: PLR2004


def from_line(reading: Reading) -> Iterator[Way]:
    """A line labelled section; of a trail of crumbs the last that is not the headline."""
    headline = fold(next(reading.labelled("headline"), ""))
    for line in reading.labelled("section"):
        parts = [each.strip(" |-–—:") for each in CRUMBS.split(line)]
        rule = "breadcrumb" if len(parts) > 1 else "section_line"
        if rule == "breadcrumb" and fold(parts[0]) in {"you are in", "you are here", "home"}:
            parts = parts[1:]
        names = [each for each in parts if is_name(each) and fold(each) != headline]
        if names:
            yield Way(names[-1], rule, line)


def from_linked_data(reading: Reading) -> Iterator[Way]:
    for value in reading.metadata.linked_values("articleSection"):
        if is_name(value):
            yield Way(value, "linked_data", value)


def from_metadata(reading: Reading) -> Iterator[Way]:
    for claim in reading.metadata.claims("section"):
        if is_name(claim.value):
            yield Way(claim.value, "metadata", f"{claim.name}: {claim.value}")


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


Rule = Callable[[Reading], Iterator[Way]]
RULES: tuple[Rule, ...] = (from_line, from_linked_data, from_metadata, from_url)
