"""The element that holds the body: the deepest one that still holds most of the prose.

Inside it, boxes of teasers and links are told by how much of their text is links.
"""

from __future__ import annotations

from tasks.extractors.outline import Outline, Piece
from tasks.extractors.page_marks import mark_roles
from tasks.extractors.prose import totals

MOST = 0.7
MAX_BOX_LINK_SHARE = 0.2
MIN_BOX_LINKS = 2
HEAVY = 0.25
A_PARAGRAPH = 300  # characters outside links; a teaser hardly has as many
# A list or quotation may weigh more than the paragraphs around it and is still only a part.
TEXT_TAGS = frozenset(("p", "ul", "ol", "dl", "li", "dd", "blockquote", "pre"))
BOX_TAGS = frozenset(("div", "section", "td", "table", "ul", "ol", "dl", "center", "fieldset"))


def densest_parent(outline: Outline, weights: list[int], heavy: list[bool]) -> int:
    """The element whose own paragraphs weigh most: where the story surely is.

    A list of teasers may weigh more; what is heavy with links counts for a quarter.
    """
    sums = [0.0] * len(outline.elements)
    for piece, weight in zip(outline.pieces, weights, strict=True):
        holder = outline.elements[piece.holder]
        sums[holder.parent if holder.tag in {"p", "li", "blockquote"} else piece.holder] += weight
    sums = [x * HEAVY if is_heavy else x for x, is_heavy in zip(sums, heavy, strict=True)]
    return max(range(len(sums)), key=lambda index: (sums[index], -index))


def link_heavy(outline: Outline) -> list[bool]:
    """For each element whether it is a frame with several links that say much of its text."""
    pieces = [piece if _says_little(piece) else None for piece in outline.pieces]
    texts = totals(outline, [len(piece.text) for piece in outline.pieces])
    links = totals(outline, [piece.link_length if piece else 0 for piece in pieces])
    counts = totals(
        outline, [int(x is not None and x.link_length > 0.2 * len(x.text)) for x in pieces]
    )
    return [
        element.tag in BOX_TAGS
        and counts[index] >= MIN_BOX_LINKS
        and links[index] > MAX_BOX_LINK_SHARE * texts[index]
        for index, element in enumerate(outline.elements)
    ]


def _says_little(piece: Piece) -> bool:
    """A paragraph with links in it is no teaser."""
    return len(piece.text) - piece.link_length < A_PARAGRAPH


def find_container(outline: Outline, weights: list[int]) -> int:
    held = totals(outline, weights)
    heaviest: dict[int, int] = {}
    for index in range(1, len(held)):
        parent = outline.elements[index].parent
        if held[index] > held[heaviest[parent]] if parent in heaviest else held[index] > 0:
            heaviest[parent] = index
    current = 0
    while (child := heaviest.get(current)) and held[child] >= MOST * held[current]:
        if outline.elements[child].tag in TEXT_TAGS:
            break
        current = child
    return current


def in_container(outline: Outline, container: int) -> list[bool]:
    inside: list[bool] = []
    for index, element in enumerate(outline.elements):
        inside.append(index == container or (element.parent >= 0 and inside[element.parent]))
    return inside


def teaser_boxes(outline: Outline, core: int, heavy: list[bool]) -> list[bool]:
    """For each element whether it stands in a frame of links that does not hold the core."""
    keep = set()
    while core >= 0:
        keep.add(core)
        core = outline.elements[core].parent
    boxes: list[bool] = []
    for index, element in enumerate(outline.elements):
        is_box = heavy[index] and index not in keep and "body" not in mark_roles(element.marks)
        boxes.append(is_box or (element.parent >= 0 and boxes[element.parent]))
    return boxes
