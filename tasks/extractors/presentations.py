"""Lines between headline and story that present the writer: "Maria Okello writes for ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extractors.outline import Outline
from tasks.extractors.vocabulary import read_words

REACH = 14
LEAST_LENGTH = 20


def find_presentations(outline: Outline, headline: int) -> Iterator[int]:
    """A line below one that is the writer's name; news of persons opens with their names too,
    so a writer's post or work must be named."""
    named: set[str] = set()
    for index in range(headline + 1, min(headline + 1 + REACH, len(outline.pieces))):
        text = outline.pieces[index].text
        if len(text) >= LEAST_LENGTH and any(_presents(text, name) for name in named):
            yield index
        named.add(text.removeprefix("By ").strip())


def _presents(text: str, name: str) -> bool:
    return " " in name and text.startswith(name) and bool(_work().match(text, len(name)))


def is_post(text: str) -> bool:
    """ "Opinion writer covering the valley": what a writer is, with no name and no sentence."""
    return bool(_post().match(text))


@cache
def _post() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[\w'’&-]+ ){{0,3}}(?i:{_posts()})"
        r"(?:,|$| (?:at|for|covering|reporting|based|focusing|who)\b)"
    )


@cache
def _work() -> re.Pattern[str]:
    return re.compile(
        rf",? (?:is|was) (?:an?|the|our)\b[^.]{{0,80}}\b(?:{_posts()})s?\b"
        r"|,? (?:currently |also )?(?:works|writes|covers|blogs|reports (?:on|for|from))\b"
    )


def _posts() -> str:
    return "|".join(map(re.escape, read_words("staff_posts")))
