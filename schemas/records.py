"""The frozen values that travel between stages.

A value that is not stated by a page is None; ambiguity is None plus `candidates`.
Offsets are code points into the text named beside them, start inclusive, end exclusive.
What a page yields by the dozen is a named tuple: a frozen dataclass takes three times as long to
make, a tenth of the time in which a page is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "month", "quarter", "year", "decade"]
QuoteKind = Literal["direct", "partial", "term"]
SpeakerKind = Literal["person", "organisation", "group", "document", "unknown"]
MentionKind = Literal["name", "demonym", "capital", "place", "abbreviation", "metonym"]
MentionField = Literal["text", "headline"]
Completeness = Literal["complete", "unproven", "incomplete"]
BlockLabel = Literal[
    "section",
    "date",
    "headline",
    "subhead",
    "byline",
    "dateline",
    "paragraph",
    "quote",
    "list",
    "caption",
    "turn",
    "source_footer",
    "related",
    "navigation",
    "banner",
    "boilerplate",
    "unknown",
]


# --- getting pages ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked of a run, both included; None is open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date | None) -> bool:
        """A page whose day is not known before it is read is inside every window."""
        if day is None:
            return True
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class PageRef:
    """One page that an index, feed, sitemap or folder lists."""

    source: str
    url: str
    listed_date: date | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One stored HTTP response or file. Never edited.

    `body` holds the bytes as received, content encoding undone.
    `warc_file` is relative to the captures directory; both WARC fields are None until kept.
    `captured_at` is None for a saved file: its time on disk is no evidence.
    """

    capture_id: str
    source: str
    url: str | None
    captured_at: datetime | None
    http_status: int | None
    content_type: str | None
    body: bytes
    body_digest: str
    completeness: Completeness = "complete"
    warc_file: str | None = None
    warc_offset: int | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A page asked for and not captured. `reason` is one of `schemas.reasons`."""

    source: str
    url: str
    disposition: Literal["not_modified", "refused", "failed", "deferred"]
    reason: str
    detail: str
    asked_at: datetime
    http_status: int | None = None
    next_try_at: datetime | None = None


# --- reading them ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageInput:
    """What the pure core reads: bytes or text, and what is known from outside the page.

    `published_date` is given only when the caller knows it (labelled texts); it wins.
    """

    page_id: str
    url: str | None = None
    body: bytes | None = None
    text: str | None = None
    content_type: str | None = None
    captured_at: datetime | None = None
    published_date: date | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes became text: what was declared, what was used, and on what evidence."""

    declared: str | None
    used: str
    evidence: str
    replacement_count: int = 0
    repair: str | None = None


class Block(NamedTuple):
    """One block of the page. `start` and `end` are None outside the body."""

    label: BlockLabel
    text: str
    start: int | None = None
    end: int | None = None


class Finding(NamedTuple):
    """One way one field was found. All ways are kept; one per field is chosen."""

    field: str
    value: str
    rule: str
    evidence: str
    precision: Precision | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a story was filed; never the publication date by itself."""

    text: str
    place: str | None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """Who issued the text, kept apart from the host that shows it.

    `parents` runs from the nearest body to the highest: bureau, then department.
    """

    name: str
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One page, read: every block labelled, every field found or None.

    `text` is the body: dateline to last paragraph, blocks parted by one blank line.
    """

    layout: str
    text: str
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    published_date: date | None = None
    published_precision: Precision | None = None
    published_rule: str | None = None
    headline: str | None = None
    subhead: str | None = None
    section: str | None = None
    byline: tuple[str, ...] = ()
    dateline: Dateline | None = None
    agency: Agency | None = None
    language_code: str | None = None
    encoding: Encoding | None = None


class Mention(NamedTuple):
    """Words at a place in the text."""

    text: str
    start: int
    end: int


class Quote(NamedTuple):
    """One passage in quotation marks; `text` includes its marks as they stand.

    `is_closed` is False where the closing mark is lost and the passage was ended by a rule.
    Passages of one split statement share `statement`, a number within the text.
    """

    text: str
    start: int
    end: int
    kind: QuoteKind
    is_closed: bool = True
    statement: int = 0


class Speaker(NamedTuple):
    """Who speaks, by the fullest name the article gives."""

    name: str
    kind: SpeakerKind = "person"
    title: str | None = None
    affiliation: str | None = None
    country_code: str | None = None


class Attribution(NamedTuple):
    """The link from a quote to its speaker, with the words and the rule that make it.

    `speaker` is None where the mention ("he", "the spokesman") could not be resolved;
    then `candidates` names who it could be.
    """

    mention: Mention | None
    cue: str | None
    rule: str
    confidence: float
    speaker: Speaker | None = None
    candidates: tuple[str, ...] = ()


class AttributedQuote(NamedTuple):
    quote: Quote
    attribution: Attribution | None = None


class CountryMention(NamedTuple):
    """One occurrence of a country. `country_code` is None where `candidates` are several."""

    text: str
    start: int
    end: int
    kind: MentionKind
    rule: str
    country_code: str | None
    field: MentionField = "text"
    candidates: tuple[str, ...] = ()


class DateMention(NamedTuple):
    """One date in a text, resolved against the published date; `date_end` is inclusive.

    `agrees_with_weekday` is None where the text names no weekday beside the date.
    """

    text: str
    start: int
    end: int
    date_start: date | None
    date_end: date | None
    precision: Precision
    rule: str
    candidates: tuple[str, ...] = ()
    agrees_with_weekday: bool | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one page yields."""

    page: PageInput
    source: str | None
    host: str | None
    document: Document
    dateline_country_code: str | None = None
    quotes: tuple[AttributedQuote, ...] = ()
    country_mentions: tuple[CountryMention, ...] = ()
    date_mentions: tuple[DateMention, ...] = ()


# Stands for the rule where a page prints a day that no calendar has, such as 31 June.
IMPOSSIBLE_DATE = "impossible_date"


# --- runs ------------------------------------------------------------------------------------

UnitKind = Literal["page", "capture", "record"]


@dataclass(frozen=True, slots=True)
class Disposition:
    """The one end of one unit in one run."""

    unit_kind: UnitKind
    unit_id: str
    disposition: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a flow. `started_at` is the only clock its rows know."""

    run_id: str
    flow: str
    started_at: datetime
    sources: tuple[str, ...] = ()
    window: Window = field(default_factory=Window)
