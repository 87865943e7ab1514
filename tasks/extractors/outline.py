"""What a page shows: its text in pieces, in order, and the elements that hold them.

Nothing here decides what a piece is; that is `generic.py` and `declared.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Element(NamedTuple):
    """One element that holds text; `marks` are its class and id, `role` what a layout declares.

    `within` is the nearest list item, quotation or caption around it, itself included.
    """

    parent: int
    tag: str
    marks: str
    role: str | None
    within: str = ""


class Piece(NamedTuple):
    """A run of text that nothing on the page interrupts: a paragraph, a cell, a heading.

    `holder` is the element around it. Lengths count characters of the text.
    """

    text: str
    holder: int
    link_length: int = 0
    bold_length: int = 0
    inline_marks: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    elements: list[Element]
    pieces: list[Piece]
