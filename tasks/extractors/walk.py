"""A tree to an outline, in one walk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from tasks.extractors.outline import Element, Outline, Piece

HIDDEN_TAGS = frozenset(
    "script style noscript template svg math iframe object applet audio video canvas select "  # noqa: SIM905
    "textarea button head title noframes".split()
)
INLINE_TAGS = frozenset(
    "a abbr acronym b bdo big cite code dfn em font i ins kbd label mark nobr q s samp small "  # noqa: SIM905
    "span strike strong sub sup time tt u var wbr img bdi data st1 o:p".split()
)
WITHIN_TAGS = frozenset(("li", "blockquote", "figcaption", "caption"))
BOLD_TAGS = frozenset(("b", "strong"))
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WRAPPED_LINE = 45
ENDS_SENTENCE = re.compile(r"""[.!?:;…]["'”’»)\]]{0,2}$""")
NO_ROLES: Mapping[int, str] = {}
Attributes = Mapping[str, str | None]


def read_outline(
    root: LexborNode,
    roles: Mapping[int, str] = NO_ROLES,
    whole: frozenset[int] = frozenset(),
    *,
    show_hidden: bool = False,
) -> Outline:
    """Walk the tree once. `roles` gives what a layout declares, by the node's memory id.

    Nodes in `whole` are one piece each, whatever is inside.
    `show_hidden` reads what a page keeps from sight until its scripts have run.
    """
    walker = Walker(roles, whole, show_hidden=show_hidden)
    walker.walk(root)
    return Outline(walker.elements, walker.pieces)


class Run(NamedTuple):
    """Text inside one set of inline elements."""

    text: str
    in_link: bool
    is_bold: bool
    marks: str


BREAK = Run("\n", in_link=False, is_bold=False, marks="")
SPACE = Run(" ", in_link=False, is_bold=False, marks="")


class Walker:
    """The walk's state; one walker reads one tree."""

    def __init__(
        self, roles: Mapping[int, str], whole: frozenset[int], *, show_hidden: bool
    ) -> None:
        self.roles = roles
        self.whole = whole
        self.show_hidden = show_hidden
        self.unseen = HIDDEN_TAGS - {"noscript"} if show_hidden else HIDDEN_TAGS
        self.elements: list[Element] = [Element(-1, "body", "", None)]
        self.pieces: list[Piece] = []
        self.holder = 0
        self.links = 0
        self.bolds = 0
        self.marks: list[str] = [""]
        self.runs: list[Run] = []

    def walk(self, root: LexborNode) -> None:
        open_nodes: list[tuple[LexborNode, bool]] = []
        node = root.child
        while True:
            while node is not None:
                tag = node.tag
                if tag == "-text":
                    self._add(node.text_content)
                elif tag == "br":
                    self.runs.append(BREAK)
                elif tag is None or tag in self.unseen or tag[0] in "-!_":
                    pass
                elif self.whole and node.mem_id in self.whole:
                    self._swallow(node, tag)
                else:
                    is_inline = self._open(node, tag)
                    if is_inline is not None:
                        open_nodes.append((node, is_inline))
                        node = node.child
                        continue
                node = node.next
            if not open_nodes:
                break
            above, is_inline = open_nodes.pop()
            self._leave(above.tag, is_inline=is_inline)
            node = above.next
        self._flush()

    def _add(self, text: str | None) -> None:
        if text and (self.runs or not text.isspace()):
            self.runs.append(Run(text, self.links > 0, self.bolds > 0, self.marks[-1]))

    def _hides(self, attributes: Attributes) -> bool:
        if self.show_hidden:
            return False
        style = attributes.get("style")
        return "hidden" in attributes or (
            style is not None and HIDING_STYLE.search(style) is not None
        )

    def _open(self, node: LexborNode, tag: str) -> bool | None:
        """Whether the element only marks words inside a line; None where all of it is read.

        Most links and paragraphs hold one text and nothing else: they are read in one step.
        """
        attributes = node.attributes
        if attributes and self._hides(attributes):
            return None
        child = node.child
        text = None
        if child is not None and child.tag == "-text" and child.next is None:
            text = child.text_content or ""
        if tag in INLINE_TAGS and not (self.roles and node.mem_id in self.roles):
            marks = self.marks[-1]
            if attributes and (own := _marks(attributes)):
                marks = f"{marks} {own}"
            links, bolds = self.links + (tag == "a"), self.bolds + (tag in BOLD_TAGS)
            if text is None:
                self.links, self.bolds = links, bolds
                self.marks.append(marks)
                return True
            if text and (self.runs or not text.isspace()):
                self.runs.append(Run(text, links > 0, bolds > 0, marks))
            return None
        self._enter(node, tag, attributes)
        if text is None:
            return False
        if tag == "pre":
            self._add(text)
            self._flush()
        elif text := " ".join(text.split()):
            length = len(text)
            links, bolds = length * (self.links > 0), length * (self.bolds > 0)
            self.pieces.append(Piece(text, self.holder, links, bolds, self.marks[-1]))
        self.holder = self.elements[self.holder].parent
        return None

    def _swallow(self, node: LexborNode, tag: str) -> None:
        self._flush()
        text = " ".join(node.text(separator=" ").split())
        if text:
            self.elements.append(Element(self.holder, tag, "", self.roles[node.mem_id]))
            self.pieces.append(Piece(text, len(self.elements) - 1))

    def _enter(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        marks = _marks(attributes) if attributes else ""
        if self.runs:
            self._flush()
        above = self.elements[self.holder]
        role = self.roles.get(node.mem_id, above.role) if self.roles else None
        within = tag if tag in WITHIN_TAGS else above.within
        self.elements.append(Element(self.holder, tag, marks, role, within))
        self.holder = len(self.elements) - 1

    def _leave(self, tag: str | None, *, is_inline: bool) -> None:
        if is_inline:
            self.links -= tag == "a"
            self.bolds -= tag in BOLD_TAGS
            self.marks.pop()
            return
        if self.runs:
            self._flush()
        self.holder = self.elements[self.holder].parent

    def _flush(self) -> None:
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        is_lines = self.elements[self.holder].tag == "pre"
        if len(runs) == 1 and not is_lines:
            run = runs[0]
            if text := " ".join(run.text.split()):
                links, bolds = len(text) * run.in_link, len(text) * run.is_bold
                self.pieces.append(Piece(text, self.holder, links, bolds, run.marks))
            return
        if is_lines:
            self.pieces.append(_piece(runs, self.holder, keep_lines=True))
            return
        for line in _lines(runs) if BREAK in runs else (runs,):
            piece = _piece(line, self.holder)
            if piece.text:
                self.pieces.append(piece)


def _marks(attributes: Attributes) -> str:
    marks = attributes.get("class") or ""
    for name in ("id", "itemprop"):
        if mark := attributes.get(name):
            marks = f"{marks} {mark}" if marks else mark
    return marks


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Two breaks part paragraphs; one does where the line before it is no hard-wrapped one."""
    lines: list[list[Run]] = [[]]
    breaks = 0
    for run in runs:
        if run is BREAK:
            breaks += 1
        elif run.text.strip():
            if breaks and lines[-1] and (breaks > 1 or not _is_wrapped(lines[-1], run)):
                lines.append([])
            elif breaks:
                lines[-1].append(SPACE)
            breaks = 0
            lines[-1].append(run)
        elif not breaks:
            lines[-1].append(run)
    return lines


def _is_wrapped(line: list[Run], following: Run) -> bool:
    """The line breaks near the margin inside a sentence that the next line goes on with."""
    text = "".join([run.text for run in line]).strip()
    if len(text) < WRAPPED_LINE or ENDS_SENTENCE.search(text[-4:]):
        return False
    after = following.text.strip()
    if line[-1].is_bold != following.is_bold:
        return False
    return after[:1].islower() or len(after) >= WRAPPED_LINE


def _piece(runs: list[Run], holder: int, *, keep_lines: bool = False) -> Piece:
    text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
    text = text.strip("\r\n") if keep_lines else " ".join(text.split())
    if len(runs) == 1:
        length = len(text)
        run = runs[0]
        return Piece(text, holder, run.in_link * length, run.is_bold * length, run.marks)
    seen = [run for run in runs if run.text.strip()]
    marks = {run.marks for run in seen}
    return Piece(
        text,
        holder,
        sum([len(run.text.strip()) for run in seen if run.in_link]),
        sum([len(run.text.strip()) for run in seen if run.is_bold]),
        marks.pop() if len(marks) == 1 else "",
    )
