"""A page with its blocks labelled, before its fields are found: what every field rule reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from schemas.records import BlockLabel, PageInput
from schemas.source import DateOrder, Layout, Source
from tasks.extractors.labels import BODY_LABELS, LabelledText
from tasks.extractors.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Reading:
    """`is_declared` tells a layout a person described from one that rules found."""

    layout: str
    texts: list[LabelledText]
    metadata: Metadata = field(default_factory=Metadata)
    url: str | None = None
    given_date: date | None = None
    captured_on: date | None = None
    date_order: DateOrder | None = None
    source: Source | None = None
    is_declared: bool = False

    def labelled(self, label: BlockLabel) -> Iterator[str]:
        return (each.text for each in self.texts if each.label == label)

    def body(self) -> Iterator[str]:
        return (each.text for each in self.texts if each.in_body and each.label in BODY_LABELS)


def reading_of(  # noqa: PLR0913 - the six things a reading is made of
    page: PageInput,
    source: Source | None,
    layout_name: str,
    texts: list[LabelledText],
    metadata: Metadata | None = None,
    layout: Layout | None = None,
) -> Reading:
    declared = (layout and layout.date_order) or (source and source.date_order) or None
    return Reading(
        layout=layout_name,
        texts=texts,
        metadata=metadata or Metadata(),
        url=page.url,
        given_date=page.published_date,
        captured_on=page.captured_at.date() if page.captured_at else None,
        date_order=declared,
        source=source,
        is_declared=layout is not None,
    )
