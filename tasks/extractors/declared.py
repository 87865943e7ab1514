"""A page of a declared source, read by the layout whose fingerprint it shows.

Each selector gives its elements a role; a piece has the role of the nearest element around it.
What no selector names is `unknown`, and the share of it is watched.
"""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from schemas.errors import Unreadable
from schemas.records import BlockLabel, PageInput
from schemas.source import Layout, Source
from tasks.extractors.body_lines import body_label
from tasks.extractors.labels import LabelledText
from tasks.extractors.metadata import read_metadata
from tasks.extractors.outline import Element, Piece
from tasks.extractors.prose import prose_lengths, prose_of
from tasks.extractors.reading import Reading, reading_of
from tasks.extractors.refusals import refuse_non_articles, titles_of
from tasks.extractors.saved_text import read_saved_text
from tasks.extractors.story_edges import name_places, trim_edges
from tasks.extractors.walk import read_outline

# Field of Layout -> label, the nearer to the story the later: of two selectors that name the
# same element the last wins.
ROLES: tuple[tuple[str, BlockLabel], ...] = (
    ("body", "paragraph"),
    ("navigation", "navigation"),
    ("boilerplate", "boilerplate"),
    ("related", "related"),
    ("banner", "banner"),
    ("source_footer", "source_footer"),
    ("caption", "caption"),
    ("section", "section"),
    ("printed_date", "date"),
    ("byline", "byline"),
    ("subhead", "subhead"),
    ("headline", "headline"),
)


# Their text is no text of the page; a frame that holds one is walked piece by piece.
UNSEEN = "script, style, noscript, select, textarea, button, [style], [hidden]"
LINKS_ONLY = 0.9  # a block of the body that is a link and nothing else
LABELS: dict[str, BlockLabel] = {label: label for _, label in ROLES}
FURNITURE: frozenset[BlockLabel] = frozenset(("navigation", "boilerplate", "related", "banner"))
REQUIRED_AS: dict[str, frozenset[str]] = {
    **{name: frozenset((str(label),)) for name, label in ROLES},
    "body": frozenset(("paragraph", "quote", "list", "turn", "dateline")),
}


def read_declared(page: PageInput, tree: LexborHTMLParser, source: Source) -> Reading:
    """The first layout in use that day whose fingerprint and required fields the page shows.

    Raises `Unreadable` where there is none.
    """
    captured_on = page.captured_at.date() if page.captured_at else None
    missing: list[str] = []
    for layout in source.layouts:
        if not (layout.serves(captured_on) and _shows(tree, layout)):
            continue
        texts = _read(page, tree, layout, source.agencies.values())
        found = {each.label for each in texts}
        lacking = [x for x in ("body", *layout.required) if not found & REQUIRED_AS[x]]
        if not lacking:
            return reading_of(page, source, layout, texts, read_metadata(tree, page.url))
        missing.append(f"{layout.name} without {', '.join(lacking)}")
    outline = read_outline(_root(page, tree))
    prose = prose_of(outline, prose_lengths(outline))
    refuse_non_articles(page.url or page.page_id, titles_of(tree), prose)
    raise Unreadable(
        "layout_missing",
        f"{page.url or page.page_id} (captured {captured_on or 'on an unknown day'}): expected a "
        f"layout of {source.name}, found {'; '.join(missing) or 'the fingerprint of none'}. If the "
        f"site was redesigned, close its layout and add the next in tasks/sources/{source.name}",
    )


def _shows(tree: LexborHTMLParser, layout: Layout) -> bool:
    return all(tree.css_first(selector) is not None for selector in layout.fingerprint)


def _read(
    page: PageInput, tree: LexborHTMLParser, layout: Layout, issuers: Iterable[str]
) -> list[LabelledText]:
    roles, whole = _roles(tree, layout)
    outline = read_outline(_root(page, tree), roles, whole)
    texts: list[LabelledText] = []
    for piece in outline.pieces:
        element = outline.elements[piece.holder]
        if element.role == "paragraph":
            texts += _label_story(piece, element, issuers)
        else:
            texts.append(LabelledText(piece.text, LABELS.get(element.role or "", "unknown")))
    return name_places(trim_edges(texts))


def _root(page: PageInput, tree: LexborHTMLParser) -> LexborNode:
    if tree.body is None:
        raise Unreadable("not_a_page", f"{page.page_id}: expected HTML, found none; look at it")
    return tree.body


def _roles(tree: LexborHTMLParser, layout: Layout) -> tuple[dict[int, str], frozenset[int]]:
    """Labels by memory id, and the furniture that holds nothing else: one block each."""
    roles: dict[int, str] = {}
    furniture: set[int] = set()
    around: set[int] = set()
    for name, label in ROLES:
        selector = getattr(layout, name)
        for node in tree.css(selector) if selector else ():
            roles[node.mem_id] = label
            if label in FURNITURE:
                if node.css_first(UNSEEN) is None:
                    furniture.add(node.mem_id)
            else:
                around |= _ids_above(node)
    return roles, frozenset(furniture - around)


def _ids_above(node: LexborNode) -> set[int]:
    ids = set()
    above: LexborNode | None = node
    while above is not None:
        ids.add(above.mem_id)
        above = above.parent
    return ids


def _label_story(piece: Piece, element: Element, issuers: Iterable[str]) -> list[LabelledText]:
    if piece.link_length > LINKS_ONLY * len(piece.text):
        return [LabelledText(piece.text, "related")]
    if element.tag == "pre":
        return read_saved_text(piece.text, issuers)
    return [LabelledText(piece.text, body_label(piece.text, element.within))]
