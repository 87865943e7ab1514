"""Which elements of a page are furniture: by their tag, by their class or id, by their links."""

from __future__ import annotations

from schemas.records import BlockLabel
from tasks.extractors.outline import Outline
from tasks.extractors.page_marks import mark_roles
from tasks.extractors.prose import totals

FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "menu", "dialog", "form"))
FURNITURE_ROLES: tuple[tuple[str, BlockLabel], ...] = (
    ("comments", "boilerplate"),
    ("related", "related"),
    ("furniture", "navigation"),
    ("caption", "caption"),
)
# An element that holds more of the page's prose is no furniture, whatever its name says; only
# comments may be longer than the article. Inside an article names count for less.
MAX_SHARES: dict[BlockLabel, float] = {"boilerplate": 0.95, "related": 0.6, "navigation": 0.4}
MAX_SHARE_IN_ARTICLE = 0.15
# Characters of prose: "single_column_big_photo" is a frame for a picture and the story beside it.
MAX_CAPTION = 500
FIGURE_TAGS = frozenset(("figcaption", "caption", "figure"))


def surrounding_labels(outline: Outline, prose: list[int]) -> list[BlockLabel | None]:
    """For each element the furniture label it stands under; None inside what may be article."""
    held = totals(outline, prose)
    labels: list[BlockLabel | None] = []
    articles: list[bool] = []
    for index, element in enumerate(outline.elements):
        above = labels[element.parent] if index else None
        in_article = index > 0 and (
            articles[element.parent] or _is_article(element.marks, element.tag)
        )
        articles.append(in_article)
        if above == "caption" and element.tag == "blockquote":
            above = None
        if above is None and (own := _own_label(element.tag, element.marks)):
            limit = MAX_SHARES.get(own, 0.4)
            if own == "navigation" and in_article:
                limit = MAX_SHARE_IN_ARTICLE
            most = limit * held[0]
            if own == "caption" and element.tag not in FIGURE_TAGS:
                most = min(most, MAX_CAPTION)
            above = own if held[index] <= most else None
        labels.append(above)
    return labels


def _is_article(marks: str, tag: str) -> bool:
    return tag == "article" or bool(marks and "body" in mark_roles(marks))


def _own_label(tag: str, marks: str) -> BlockLabel | None:
    if tag in FIGURE_TAGS:
        return "caption"
    if tag in FURNITURE_TAGS:
        return "navigation"
    if marks:
        roles = mark_roles(marks)
        for role, label in FURNITURE_ROLES:
            if role in roles and not (label == "navigation" and _names_body(marks, roles)):
                return label
    return None


def _names_body(marks: str, roles: frozenset[str]) -> bool:
    """ "sidebar-grid__content article__content" is the article beside a sidebar;
    "article-content__sign-in" is no article."""
    if "body" not in roles:
        return False
    each = [mark_roles(mark) for mark in marks.split()]
    return any("body" in roles and "furniture" not in roles for roles in each)
