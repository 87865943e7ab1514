"""Every unit of a run and its one end: outcomes of pages, captures and records. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Self

from schemas.exchange import KnownPage, Tombstone
from schemas.ids import make_id
from schemas.reasons import require_listed
from schemas.records import Capture, Miss, PageRef, UnitKind
from tasks.retry_pauses import Retry, retry_after
from tasks.rows import Record
from tasks.waiting import Waiting


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """How asking for one page ended. `place` is its address, or its path on disk.

    `is_listing`: it was to list pages and is none itself. `recovers`: it had failed since its
    last capture, which holds.
    """

    place: str
    source: str
    url: str | None
    disposition: str
    reason: str
    detail: str = ""
    capture_id: str | None = None
    digest: str | None = None
    next_try_at: datetime | None = None
    listed_date: date | None = None
    try_count: int | None = None
    is_listing: bool = False
    recovers: bool = False

    def to_fields(self) -> dict[str, Any]:
        """What the journal keeps under `answer`."""
        return asdict(self)

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Self:
        """Lines of earlier versions lack what is not in them."""
        values = {each.name: line[each.name] for each in fields(cls) if each.name in line}
        at, day = values["next_try_at"], values.get("listed_date")
        return cls(
            **values
            | {
                "next_try_at": datetime.fromisoformat(at) if at else None,
                "listed_date": date.fromisoformat(day) if day else None,
            }
        )


def fetched(
    place: str,
    capture: Capture,
    reason: str,
    url: str | None = None,
    listed_date: date | None = None,
) -> PageOutcome:
    """`url` is the address as listed, where a redirect led to another."""
    return PageOutcome(
        place=place,
        source=capture.source,
        url=url or capture.url,
        disposition="fetched",
        reason=reason,
        capture_id=capture.capture_id,
        digest=capture.body_digest,
        listed_date=listed_date,
    )


def missed(miss: Miss, retry: Retry | None = None, **known: Any) -> PageOutcome:  # noqa: ANN401
    """`retry` is when it is tried again, `known` what else is known of the page."""
    retry = retry or Retry(next_try_at=miss.next_try_at)
    return PageOutcome(
        place=miss.url,
        source=miss.source,
        url=miss.url,
        disposition=miss.disposition,
        reason=miss.reason,
        detail=miss.detail,
        next_try_at=retry.next_try_at,
        try_count=retry.try_count,
        **known,
    )


def missed_again(
    miss: Miss, page: PageRef, waiting: Waiting | None, known: KnownPage | None = None
) -> PageOutcome:
    """A page that was missed before waits longer; one that is unchanged since waits no more."""
    if miss.disposition == "not_modified":
        capture_id = known.capture_id if known else None
        recovers = waiting is not None and known is not None
        return missed(miss, listed_date=page.listed_date, recovers=recovers, capture_id=capture_id)
    before = waiting.retry if waiting else None
    retry = retry_after(before, miss.reason, miss.asked_at, miss.next_try_at)
    return missed(miss, retry, listed_date=page.listed_date)


def bad_file(place: str, reason: str, detail: str) -> PageOutcome:
    return PageOutcome(place, "files", None, "failed", reason, detail)


def same_as_kept(place: str, capture: Capture) -> PageOutcome:
    """The bytes are kept already: asked for, and nothing new."""
    return PageOutcome(
        place=place,
        source=capture.source,
        url=capture.url,
        disposition="not_modified",
        reason="same_body",
        capture_id=capture.capture_id,
        digest=capture.body_digest,
    )


def page_dispositions(outcomes: Iterable[PageOutcome]) -> Iterator[Record]:
    for each in outcomes:
        yield _disposition("page", each.place, each.disposition, each.reason, each.source)


def page_records(outcomes: Iterable[PageOutcome], started_at: datetime) -> Iterator[Record]:
    """The latest state of each page; one that did not change, or was not asked, keeps its own."""
    for each in outcomes:
        is_as_it_was = each.disposition == "not_modified" or each.reason == "not_due"
        if each.is_listing or (is_as_it_was and not each.recovers):
            continue
        yield {
            "page_id": make_id(each.source, each.url or each.digest or each.place),
            "source": each.source,
            "url": each.url,
            "first_listed_at": started_at,
            "disposition": "fetched" if each.recovers else each.disposition,
            "reason": "unchanged" if each.recovers else each.reason,
            "next_try_at": each.next_try_at,
            "capture_id": each.capture_id,
            "listed_date": each.listed_date,
            "try_count": each.try_count,
        }


def tombstone_records(tombstones: Iterable[Tombstone]) -> Iterator[Record]:
    for each in tombstones:
        yield {
            "tombstone_id": make_id(each.source, each.url),
            "article_id": make_id(each.source, each.url),
            **asdict(each),
        }


def capture_end(capture_id: str, disposition: str, reason: str, source: str) -> Record:
    return _disposition("capture", capture_id, disposition, reason, source)


def record_end(unit_id: str, disposition: str, reason: str, source: str) -> Record:
    """`unit_id` is the table and the row's key: `quotes:0a1b...`."""
    return _disposition("record", unit_id, disposition, reason, source)


def _disposition(
    unit_kind: UnitKind, unit_id: str, disposition: str, reason: str, source: str
) -> Record:
    require_listed(unit_kind, disposition, reason)
    return {
        "unit_kind": unit_kind,
        "unit_id": unit_id,
        "disposition": disposition,
        "reason": reason,
        "source": source,
    }
