"""Lines of a saved text to its paragraphs: blank lines part them, wrapped lines are joined again.

Archives wrap at 60 to 80 columns, some without a blank line between paragraphs: there a line
that stops well before the margin ends one.
"""

from __future__ import annotations

import re

from tasks.extractors.body_lines import LIST_MARK
from tasks.extractors.line_forms import is_source_footer, is_turn, line_form
from tasks.extractors.script_fields import opens_script_part

MAX_WRAP = 100
MIN_WRAP = 45
FULL_SHARE = 0.75
ENDS_SENTENCE = re.compile(r"""[.!?…]["'”’»)\]]{0,3}\s*$""")


def split_paragraphs(text: str) -> list[str]:
    paragraphs: list[str] = []
    group: list[str] = []
    for line in [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            paragraphs += _unwrap(group, is_head=len(paragraphs) < 3)  # noqa: PLR2004
            group = []
    return paragraphs


def _unwrap(lines: list[str], *, is_head: bool) -> list[str]:
    """One paragraph a line where lines are long or short; else the wrapped ones joined."""
    width = max(len(line) for line in lines)
    paragraphs = [lines[0].strip()]
    before = lines[0]
    for line in lines[1:]:
        if _continues(before, line, width) and not (is_head and _is_head_line(line, paragraphs)):
            paragraphs[-1] += " " + line.strip()
        else:
            paragraphs.append(line.strip())
        before = line
    return paragraphs


def _continues(before: str, line: str, width: int) -> bool:
    if not MIN_WRAP <= width <= MAX_WRAP:
        return False
    if LIST_MARK.match(line) or is_turn(line.strip()) or opens_script_part(line.strip()):
        return False
    if _indent(line) > _indent(before) + 1:
        return False
    if _had_room(before, line, width) and ENDS_SENTENCE.search(before):
        return False
    if len(before) < FULL_SHARE * width:
        # A ragged line may still go on; a capital starts anew.
        return line.lstrip()[:1].islower()
    return is_source_footer(before.strip()) or line_form(before.strip()) is None


def _had_room(before: str, line: str, width: int) -> bool:
    """The next word would have fitted: whoever wrapped the text broke the line on purpose."""
    first_word = line.split(maxsplit=1)[0]
    return len(before) + 1 + len(first_word) <= width


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_head_line(line: str, paragraphs: list[str]) -> bool:
    """Above the story a bracket or a form opens a line of its own, full or not."""
    if len(paragraphs) > 6 or len(paragraphs[-1]) > 2 * MAX_WRAP:  # noqa: PLR2004
        return False
    return line.lstrip().startswith("(") or line_form(line.strip()) is not None
