"""An extraction as the one JSON object that `onrecord extract` prints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from schemas.records import (
    Agency,
    AttributedQuote,
    Attribution,
    Block,
    CountryMention,
    DateMention,
    Extraction,
    Finding,
    Mention,
    Speaker,
)

Line = dict[str, Any]
NOBODY = Speaker("")


def line_of(extraction: Extraction) -> Line:
    page, document = extraction.page, extraction.document
    dateline = document.dateline
    agency = document.agency or Agency("")
    return {
        "id": page.page_id,
        "url": page.url,
        "host": extraction.host,
        "source": extraction.source,
        "layout": document.layout,
        "captured_at": _text(page.captured_at),
        "error": None,
        "published_date": _text(document.published_date),
        "published_precision": document.published_precision,
        "published_rule": document.published_rule,
        "headline": document.headline,
        "subhead": document.subhead,
        "section": document.section,
        "byline": list(document.byline),
        "language_code": document.language_code,
        "dateline_place": dateline.place if dateline else None,
        "dateline_date": _text(dateline.day) if dateline else None,
        "dateline_country_code": extraction.dateline_country_code,
        "agency": agency.name or None,
        "agency_parents": list(agency.parents),
        "text": document.text,
        "quotes": [_quote(each) for each in extraction.quotes],
        "country_mentions": [_country(each) for each in extraction.country_mentions],
        "date_mentions": [_date(each) for each in extraction.date_mentions],
        "findings": [_finding(each) for each in document.findings],
        "blocks": [_block(each) for each in document.blocks],
    }


def error_line(page_id: str, url: str | None, reason: str, detail: str) -> Line:
    """A page that cannot be read: its id and why."""
    return {"id": page_id, "url": url, "error": reason, "error_detail": detail}


def _text(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _quote(quoted: AttributedQuote) -> Line:
    quote = quoted.quote
    attribution = quoted.attribution or Attribution(None, None, "", 0.0)
    speaker = attribution.speaker or NOBODY
    return {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "kind": quote.kind,
        "speaker": speaker.name or None,
        "speaker_kind": speaker.kind if speaker.name else None,
        "speaker_title": speaker.title,
        "speaker_affiliation": speaker.affiliation,
        "speaker_country_code": speaker.country_code,
        "mention": _mention(attribution.mention),
        "cue": attribution.cue,
        "rule": attribution.rule or None,
        "confidence": attribution.confidence if quoted.attribution else None,
        "candidates": list(attribution.candidates),
    }


def _mention(mention: Mention | None) -> Line | None:
    if mention is None:
        return None
    return {"text": mention.text, "start": mention.start, "end": mention.end}


def _country(mention: CountryMention) -> Line:
    return {
        "country_code": mention.country_code,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "kind": mention.kind,
        "rule": mention.rule,
        "field": mention.field,
        "candidates": list(mention.candidates),
    }


def _date(mention: DateMention) -> Line:
    return {
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
        "date_start": _text(mention.date_start),
        "date_end": _text(mention.date_end),
        "precision": mention.precision,
        "rule": mention.rule,
        "agrees_with_weekday": mention.agrees_with_weekday,
        "candidates": list(mention.candidates),
    }


def _finding(finding: Finding) -> Line:
    return {
        "field": finding.field,
        "value": finding.value,
        "precision": finding.precision,
        "rule": finding.rule,
        "evidence": finding.evidence,
        "is_chosen": finding.is_chosen,
    }


def _block(block: Block) -> Line:
    return {"label": block.label, "text": block.text, "start": block.start, "end": block.end}
