"""Text of a message as one kind of channel shows it: nothing a page says becomes markup. Pure.

Headlines and excerpts come from pages that anybody may have written. In every kind, characters
that steer a terminal or turn the direction of reading are spelled out, an address is no link, and
`@everyone` calls nobody.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Literal

Kind = Literal["plain", "html", "chat"]

# Chat programs differ in how a mark is escaped, and some know no way: a look-alike is the same in
# all of them. Teams and Slack render these; Discord and Mattermost do whatever the format said.
LOOK_ALIKES = str.maketrans(
    {
        "<": "‹",
        ">": "›",
        "*": "∗",
        "`": "ˋ",
        "~": "∼",
        "[": "［",
        "]": "］",
        "|": "¦",
        "#": "＃",
        "\\": "＼",
    }
)
# Underscores inside a word are no emphasis anywhere, and names of checks have them.
EDGE_UNDERSCORE = re.compile(r"(?<!\w)_+|_+(?!\w)")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Invisible, and enough that no chat program sees a name behind the sign.
WORD_JOINER = "\u2060"
CUT = "\n... (the rest: onrecord incidents list)"
LONGEST_BODY = 4_000
LONGEST_TITLE = 200


def title_for(kind: Kind, text: str) -> str:
    """One line: a line break in a subject would begin another header."""
    return _encode(kind, " ".join(text.split())[:LONGEST_TITLE], has_lines=False)


def body_for(kind: Kind, text: str, longest: int = LONGEST_BODY) -> str:
    """Never longer than `longest` characters once it is encoded."""
    whole = _encode(kind, text, has_lines=True)
    longest = min(longest, LONGEST_BODY)
    if len(whole) <= longest:
        return whole
    tail = _encode(kind, CUT, has_lines=True)
    kept = text[: max(0, longest - len(tail))]
    # Encoded it may be longer; nothing is cut inside an entity or a tag.
    while kept and len(_encode(kind, kept, has_lines=True)) > longest - len(tail):
        kept = kept[: len(kept) * 3 // 4]
    return _encode(kind, kept, has_lines=True) + tail


def _encode(kind: Kind, text: str, *, has_lines: bool) -> str:
    text = "".join(_seen(each) if each != "\n" or not has_lines else each for each in text)
    text = text.replace("://", "[:]//")
    if kind == "chat":
        text = EDGE_UNDERSCORE.sub(lambda found: "＿" * len(found[0]), text.translate(LOOK_ALIKES))
    text = re.sub(r"@(?=\S)", f"@{WORD_JOINER}", text)
    if kind == "html":
        return html.escape(text).replace("\n", "<br>\n")
    return text


def _seen(character: str) -> str:
    if unicodedata.category(character) in UNSEEN:
        return f"(U+{ord(character):04X})"
    return character
