"""Broadcast scripts as wire services sent them: field lines, sound-bite marks, sign-offs.

DATE=7/11/2000, TITLE=..., BYLINE=..., then INTRO: and TEXT: with /// NAME ACT /// between.
"""

from __future__ import annotations

import re

from schemas.records import BlockLabel

FIELD = re.compile(
    r"(?P<name>SLUG|DATE|TYPE|NUMBER|NOTE NUMBER|TITLE|BYLINE|TELEPHONE|DATELINE|EDITOR|CONTENT"
    r"|INTERNET|VOICED AT|LENGTH|AUDIO)\s?[=:]\s*(?P<value>.*)$"
)
LABELS: dict[str, BlockLabel] = {
    "DATE": "date",
    "TITLE": "headline",
    "BYLINE": "byline",
    "DATELINE": "dateline",
}
# /// MALATJI ACT ///; NEB/HRI/HQ/RAE; NNNN; (SIGNED)
MARK = re.compile(r"(?:/{2,3}[^/]{1,80}/{2,3}|[A-Z]{2,5}(?:/[A-Z]{2,6}){2,5}|N{3,5}|\(SIGNED\))$")
PART = re.compile(r"(?:INTRO|TEXT|TAPE|CUT|OPT|ACT)\b\s*:")


def script_label(line: str) -> BlockLabel | None:
    if field := FIELD.match(line):
        return LABELS.get(field["name"], "boilerplate") if field["value"] else "boilerplate"
    return "boilerplate" if MARK.match(line) else None


def opens_script_part(line: str) -> bool:
    """ "INTRO: ..." and "TEXT: ..." open the story; they are no speaker's turn."""
    return PART.match(line) is not None


def field_value(line: str) -> str:
    """What a field line states; any other line as it is."""
    field = FIELD.match(line)
    return field["value"].strip() if field else line
