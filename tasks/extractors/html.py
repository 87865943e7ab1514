"""Markup to an outline: the visible text in pieces, in order, with the elements that hold them.

Nothing here decides what a piece is; that is `generic.py`, `declared.py` and `labels.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.errors import Unreadable

MAX_CHARACTERS = 20_000_000
MAX_ELEMENTS = 400_000
MAX_DEPTH = 1_000
MAX_RAW_TEXT = 1_000

# Elements that cannot hold others, or that the parser closes by itself: they never nest deep.
FLAT_TAGS = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
    ]
)
BLOCK_END = re.compile(r"</(?:p|td|tr|table|div|h[1-6]|ul)\b", re.IGNORECASE)
RAW_ENDS = {"<!--": "-->", "<script": "</script", "<style": "</style"}
RAW_TEXT = re.compile("|".join(RAW_ENDS))
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


def parse(markup: str) -> LexborHTMLParser:
    """Refuse what a parser would lose in silence or never finish, before it begins."""
    opened = markup.count("<") - markup.count("</")
    if len(markup) > MAX_CHARACTERS or opened > MAX_ELEMENTS:
        raise Unreadable(
            "too_large",
            f"expected at most {MAX_CHARACTERS} characters and {MAX_ELEMENTS} elements, found "
            f"{len(markup)} and {opened}; if this is an article, raise the limits in html.py",
        )
    if opened > MAX_DEPTH and _depth(markup) > MAX_DEPTH:
        raise Unreadable(
            "too_deep",
            f"expected at most {MAX_DEPTH} nested elements, found more; "
            "if this is an article, raise MAX_DEPTH in html.py",
        )
    tree = LexborHTMLParser(markup)
    mended = _close_raw_elements(tree, markup)
    return tree if mended is None else LexborHTMLParser(mended)


def _close_raw_elements(tree: LexborHTMLParser, markup: str) -> str | None:
    """Mend a <title> or <script src> whose end tag is lost: it holds the rest of the page as text.

    Browsers show such a page empty; crawls and hand-made pages of the 1990s and 2000s have them.
    """
    for node in tree.css("title, script[src]"):
        text = node.text()
        if len(text) > MAX_RAW_TEXT and "</" in text and BLOCK_END.search(text):
            swallowed = text[text.find("<") :]
            start = markup.find(swallowed[:200])
            if start > 0:
                return f"{markup[:start]}</{node.tag}>{markup[start:]}"
    return None


def _depth(markup: str) -> int:
    """The most elements open at once, had the parser closed none by itself."""
    depth = deepest = 0
    for closing, name in TAG.findall(_without_raw_text(markup)):
        tag = name.lower()
        if tag not in FLAT_TAGS:
            depth = max(depth - 1, 0) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _without_raw_text(markup: str) -> str:
    """Scripts and comments hold "<" that open nothing; one pass, however many are unclosed."""
    lower = markup.lower()
    kept: list[str] = []
    position = 0
    for opening in RAW_TEXT.finditer(lower):
        if opening.start() < position:
            continue
        kept.append(markup[position : opening.start()])
        closing = RAW_ENDS[opening[0]]
        end = lower.find(closing, opening.end())
        if end < 0:
            return "".join(kept)
        position = end + len(closing)
    return "".join([*kept, markup[position:]])


class Element(NamedTuple):
    """One element that holds text; `marks` are its class and id, `role` what a layout declares."""

    parent: int
    tag: str
    marks: str
    role: str | None
    depth: int


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

    def tags_above(self, holder: int) -> frozenset[str]:
        """The tags of an element and of all around it."""
        tags = set()
        while holder >= 0:
            tags.add(self.elements[holder].tag)
            holder = self.elements[holder].parent
        return frozenset(tags)


HIDDEN_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "applet",
        "audio",
        "video",
        "canvas",
        "select",
        "textarea",
        "button",
        "head",
        "title",
        "noframes",
    ]
)
INLINE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdo",
        "big",
        "cite",
        "code",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "bdi",
        "data",
        "st1",
        "o:p",
    ]
)
BOLD_TAGS = frozenset(("b", "strong"))
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WRAPPED_LINE = 45
ENDS_SENTENCE = re.compile(r"""[.!?:;…]["'”’»)\]]{0,2}$""")


def read_outline(
    root: LexborNode, roles: dict[int, str] | None = None, *, show_hidden: bool = False
) -> Outline:
    """Walk the tree once. `roles` gives what a layout declares, by the node's memory id.

    `show_hidden` reads what a page keeps from sight until its scripts have run.
    """
    walker = Walker(roles or {}, show_hidden=show_hidden)
    walker.walk(root)
    return Outline(walker.elements, walker.pieces)


class Run(NamedTuple):
    """Text inside one set of inline elements."""

    text: str
    in_link: bool
    is_bold: bool
    marks: str


BREAK = Run("\n", in_link=False, is_bold=False, marks="")


class Walker:
    """The walk's state; one walker reads one tree."""

    def __init__(self, roles: dict[int, str], *, show_hidden: bool = False) -> None:
        self.roles = roles
        self.show_hidden = show_hidden
        self.elements: list[Element] = [Element(-1, "body", "", None, 0)]
        self.pieces: list[Piece] = []
        self.holder = 0
        self.links = 0
        self.bolds = 0
        self.marks: list[str] = [""]
        self.runs: list[Run] = []

    def walk(self, root: LexborNode) -> None:
        open_nodes: list[tuple[LexborNode, str]] = []
        node = root.child
        while True:
            while node is not None:
                tag = node.tag
                if tag == "-text":
                    self._add(node.text_content)
                elif tag is not None and self._enter(node, tag):
                    open_nodes.append((node, tag))
                    node = node.child
                    continue
                node = node.next
            if not open_nodes:
                break
            above, tag = open_nodes.pop()
            self._leave(above, tag)
            node = above.next
        self._flush()

    def _add(self, text: str | None) -> None:
        if text:
            self.runs.append(Run(text, self.links > 0, self.bolds > 0, self.marks[-1]))

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Whether to go inside."""
        if tag == "br":
            self.runs.append(BREAK)
            return False
        if tag[0] in "-!_" or (tag in HIDDEN_TAGS and not (self.show_hidden and tag == "noscript")):
            return False
        attributes = node.attributes
        if attributes and not self.show_hidden and _hides(attributes):
            return False
        marks = _marks(attributes) if attributes else ""
        if tag in INLINE_TAGS and node.mem_id not in self.roles:
            self.links += tag == "a"
            self.bolds += tag in BOLD_TAGS
            self.marks.append(f"{self.marks[-1]} {marks}" if marks else self.marks[-1])
            return True
        self._flush()
        above = self.elements[self.holder]
        role = self.roles.get(node.mem_id) or above.role
        self.elements.append(Element(self.holder, tag, marks, role, above.depth + 1))
        self.holder = len(self.elements) - 1
        return True

    def _leave(self, node: LexborNode, tag: str) -> None:
        if tag in INLINE_TAGS and node.mem_id not in self.roles:
            self.links -= tag == "a"
            self.bolds -= tag in BOLD_TAGS
            self.marks.pop()
            return
        self._flush()
        self.holder = self.elements[self.holder].parent

    def _flush(self) -> None:
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        if self.elements[self.holder].tag == "pre":
            self.pieces.append(_piece(runs, self.holder, keep_lines=True))
            return
        for line in _lines(runs):
            piece = _piece(line, self.holder)
            if piece.text:
                self.pieces.append(piece)


def _hides(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and HIDING_STYLE.search(style) is not None


def _marks(attributes: dict[str, str | None]) -> str:
    names = attributes.get("class"), attributes.get("id"), attributes.get("itemprop")
    return " ".join([each for each in names if each])


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Two breaks part paragraphs; one does where the line before it is no hard-wrapped one."""
    if BREAK not in runs:
        return [runs]
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


SPACE = Run(" ", in_link=False, is_bold=False, marks="")


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
    text = "".join([run.text for run in runs])
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
