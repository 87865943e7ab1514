"""Labelled texts to a body with offsets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from schemas.records import Block, BlockLabel

BODY_LABELS: frozenset[BlockLabel] = frozenset(("dateline", "paragraph", "quote", "list", "turn"))
BETWEEN = "\n\n"


class LabelledText(NamedTuple):
    """One text of the page with its label; `in_body` False keeps a dateline of its own out."""

    text: str
    label: BlockLabel
    in_body: bool = True


def is_body(text: LabelledText) -> bool:
    return text.label in BODY_LABELS and text.in_body


def assemble(texts: Iterable[LabelledText]) -> tuple[str, tuple[Block, ...]]:
    """The body, and every block of the page with its offsets into it."""
    body: list[str] = []
    blocks: list[Block] = []
    position = 0
    for text, label, in_body in texts:
        if label not in BODY_LABELS or not in_body:
            blocks.append(Block(label, text))
            continue
        blocks.append(Block(label, text, position, position + len(text)))
        body.append(text)
        position += len(text) + len(BETWEEN)
    return BETWEEN.join(body), tuple(blocks)
