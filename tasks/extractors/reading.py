"""A page with its blocks labelled, before its fields are found: what every field rule reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from schemas.records import BlockLabel, PageInput
from schemas.source import DateOrder, Layout, Source
from tasks.extractors.labels import BODY_LABELS, LabelledText
from tasks.extractors.metadata import Metadata


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """`is_declared` tells a layout a person described from one that rules found.

    Compared by identity: what rules ask of one reading again and again is kept for it.
    """

    layout: str
    texts: list[LabelledText]
    metadata: Metadata = field(default_factory=Metadata)
    url: str | None = None
    given_date: date | None = None
    captured_at: datetime | None = None
    date_order: DateOrder | None = None
    source: Source | None = None
    is_declared: bool = False

    @property
    def captured_on(self) -> date | None:
        return self.captured_at.date() if self.captured_at else None

    def labelled(self, label: BlockLabel) -> Iterator[str]:
        return iter(_texts_by_label(self).get(label, ()))

    def body(self) -> Iterator[str]:
        return (each.text for each in self.texts if each.label in BODY_LABELS and each.in_body)


@lru_cache(maxsize=1)
def _texts_by_label(reading: Reading) -> dict[BlockLabel, list[str]]:
    found: dict[BlockLabel, list[str]] = {}
    for text, label, _ in reading.texts:
        found.setdefault(label, []).append(text)
    return found


def reading_of(
    page: PageInput,
    source: Source | None,
    layout: Layout | str,
    texts: list[LabelledText],
    metadata: Metadata | None = None,
) -> Reading:
    """`layout` is the declared one, or the name of the way the page was read."""
    is_declared = isinstance(layout, Layout)
    own_order = layout.date_order if isinstance(layout, Layout) else None
    return Reading(
        layout=f"declared:{layout.name}" if isinstance(layout, Layout) else layout,
        texts=texts,
        metadata=metadata or Metadata(),
        url=page.url,
        given_date=page.published_date,
        captured_at=page.captured_at,
        date_order=own_order or (source.date_order if source else None),
        source=source,
        is_declared=is_declared,
    )
