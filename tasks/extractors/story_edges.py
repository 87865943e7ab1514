"""The first and last blocks of a body found by selectors or density: bylines, dates and footers
that stand inside the same element as the story are no part of it."""

from __future__ import annotations

from schemas.records import BlockLabel
from tasks.extractors.countries import country_of
from tasks.extractors.labels import LabelledText, is_body
from tasks.extractors.line_forms import CAPTION, is_place_line, line_form

MAX_CAPTIONS = 6
HEAD_LABELS: frozenset[BlockLabel] = frozenset(
    ("date", "byline", "source_footer", "boilerplate", "caption")
)


def trim_edges(texts: list[LabelledText]) -> list[LabelledText]:
    """From both ends inward, until a block has no form of its own."""
    trimmed = list(texts)
    order = [index for index, each in enumerate(texts) if is_body(each)]
    for indices in (order, order[::-1]):
        for index in indices:
            form = line_form(trimmed[index].text)
            if form is None or (indices is order and form not in HEAD_LABELS):
                break
            trimmed[index] = LabelledText(trimmed[index].text, form)
    return _trim_captions(trimmed)


def name_places(texts: list[LabelledText]) -> list[LabelledText]:
    """A place on a line of its own beside the date is the dateline, though no selector names it."""
    named = list(texts)
    dates = [index for index, each in enumerate(texts) if each.label == "date"]
    for index in sorted({beside for date in dates for beside in (date - 1, date + 1)}):
        if not 0 <= index < len(texts) or texts[index].label != "unknown":
            continue
        text = texts[index].text
        if is_place_line(text) and country_of(text):
            named[index] = LabelledText(text, "dateline", in_body=False)
    return named


def _trim_captions(texts: list[LabelledText]) -> list[LabelledText]:
    """Releases print their captions under the story: "Photo cutline:", then the names."""
    order = [index for index, each in enumerate(texts) if is_body(each)]
    for place, index in enumerate(order):
        text = texts[index].text
        if place >= len(order) - MAX_CAPTIONS and text.endswith(":") and CAPTION.match(text):
            return [
                LabelledText(each.text, "caption") if at >= index and is_body(each) else each
                for at, each in enumerate(texts)
            ]
    return texts
