"""Extractions into records: one dictionary per proposed row, one function per table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.ids import make_id
from schemas.records import (
    IMPOSSIBLE_DATE,
    AttributedQuote,
    Attribution,
    Capture,
    Document,
    Encoding,
    Extraction,
    Speaker,
)
from tasks.extractors.copies import signature
from tasks.extractors.speaker_ids import speaker_id_of

Record = dict[str, Any]
NO_ENCODING = Encoding(None, "", "")
UNATTRIBUTED = Attribution(None, None, "", 0.0)


def article_id_of(capture: Capture, extraction: Extraction) -> str:
    """A page without an address is known by its bytes."""
    return make_id(capture.source, extraction.page.url or capture.body_digest)


def article_record(capture: Capture, extraction: Extraction) -> Record:
    document = extraction.document
    dateline, agency = document.dateline, document.agency
    article_id = article_id_of(capture, extraction)
    return {
        "article_id": article_id,
        "source": capture.source,
        "url": extraction.page.url,
        "host": extraction.host,
        "published_date": document.published_date,
        "published_precision": document.published_precision,
        "published_rule": document.published_rule or _impossible(document),
        "headline": document.headline,
        "subhead": document.subhead,
        "section": document.section,
        "dateline_text": dateline.text if dateline else None,
        "dateline_place": dateline.place if dateline else None,
        "dateline_date": dateline.day if dateline else None,
        "dateline_country_code": extraction.dateline_country_code,
        "agency": agency.name if agency else None,
        "agency_parents": list(agency.parents) if agency else [],
        "byline": list(document.byline),
        "language_code": document.language_code,
        "body_text": document.text,
        "word_count": len(document.text.split()),
        "layout": document.layout,
        "copy_cluster_id": article_id,
        "copy_signature": list(signature(document.text)),
        "capture_id": capture.capture_id,
        "captured_at": capture.captured_at,
    }


def _impossible(document: Document) -> str | None:
    """An ambiguous day has candidates; one that cannot be has neither value nor candidates."""
    blank = (each for each in document.findings if each.field == "published_date")
    return IMPOSSIBLE_DATE if any(not each.value for each in blank) else None


def quote_records(article_id: str, quotes: tuple[AttributedQuote, ...]) -> Iterator[Record]:
    for position, quoted in enumerate(quotes):
        quote, attribution = quoted.quote, quoted.attribution or UNATTRIBUTED
        mention, speaker = attribution.mention, attribution.speaker
        yield {
            "quote_id": make_id(article_id, "text", quote.start, quote.end, "quote"),
            "article_id": article_id,
            "position": position,
            "quote_text": quote.text,
            "start_offset": quote.start,
            "end_offset": quote.end,
            "quote_kind": quote.kind,
            "is_closed": quote.is_closed,
            "statement": quote.statement,
            "speaker_id": speaker_id_of(speaker.name) if speaker else None,
            "mention_text": mention.text if mention else None,
            "mention_start": mention.start if mention else None,
            "mention_end": mention.end if mention else None,
            "cue": attribution.cue,
            "rule": attribution.rule or None,
            "confidence": attribution.confidence if quoted.attribution else None,
            "candidates": list(attribution.candidates),
        }


def speakers_of(quotes: tuple[AttributedQuote, ...]) -> dict[str, Speaker]:
    """Each speaker once, by id; of two spellings in one article the longer name stays."""
    found: dict[str, Speaker] = {}
    for quoted in quotes:
        speaker = quoted.attribution and quoted.attribution.speaker
        if speaker:
            known = found.setdefault(speaker_id_of(speaker.name), speaker)
            if len(speaker.name) > len(known.name):
                found[speaker_id_of(speaker.name)] = speaker
    return found


def speaker_records(extraction: Extraction) -> Iterator[Record]:
    day = extraction.document.published_date
    for speaker_id, speaker in speakers_of(extraction.quotes).items():
        yield {
            "speaker_id": speaker_id,
            "speaker_name": speaker.name,
            "speaker_kind": speaker.kind,
            "first_evidenced_date": day,
            "last_evidenced_date": day,
        }


def alias_records(article_id: str, extraction: Extraction) -> Iterator[Record]:
    spellings = {
        (speaker_id_of(speaker.name), speaker.name)
        for quoted in extraction.quotes
        if (speaker := quoted.attribution and quoted.attribution.speaker)
    }
    for speaker_id, alias in sorted(spellings):
        yield {
            "alias_id": make_id(speaker_id, alias, article_id),
            "speaker_id": speaker_id,
            "alias": alias,
            "origin": "extracted",
            "article_id": article_id,
        }


def role_records(article_id: str, extraction: Extraction) -> Iterator[Record]:
    day = extraction.document.published_date
    roles = {
        (speaker_id_of(speaker.name), speaker.title, speaker.affiliation): speaker.country_code
        for quoted in extraction.quotes
        if (speaker := quoted.attribution and quoted.attribution.speaker)
        and (speaker.title or speaker.affiliation)
    }
    for (speaker_id, title, affiliation), country_code in roles.items():
        yield {
            "role_id": make_id(speaker_id, article_id, title, affiliation),
            "speaker_id": speaker_id,
            "title": title,
            "affiliation": affiliation,
            "country_code": country_code,
            "evidenced_from": day,
            "evidenced_to": day,
            "article_id": article_id,
        }


def country_records(article_id: str, extraction: Extraction) -> Iterator[Record]:
    for each in extraction.country_mentions:
        yield {
            "country_mention_id": make_id(article_id, each.field, each.start, each.end, each.kind),
            "article_id": article_id,
            "country_code": each.country_code,
            "mention_text": each.text,
            "mention_kind": each.kind,
            "field": each.field,
            "start_offset": each.start,
            "end_offset": each.end,
            "rule": each.rule,
            "candidates": list(each.candidates),
        }


def date_records(article_id: str, extraction: Extraction) -> Iterator[Record]:
    for each in extraction.date_mentions:
        yield {
            "date_mention_id": make_id(article_id, "text", each.start, each.end, "date"),
            "article_id": article_id,
            "mention_text": each.text,
            "date_start": each.date_start,
            "date_end": each.date_end,
            "precision": each.precision,
            "rule": each.rule,
            "agrees_with_weekday": each.agrees_with_weekday,
            "candidates": list(each.candidates),
            "start_offset": each.start,
            "end_offset": each.end,
        }


def finding_records(article_id: str, capture_id: str, document: Document) -> Iterator[Record]:
    """The same value found twice by one rule is one finding."""
    seen = set()
    for each in document.findings:
        finding_id = make_id(article_id, each.field, each.rule, each.value)
        if finding_id in seen:
            continue
        seen.add(finding_id)
        yield {
            "finding_id": finding_id,
            "article_id": article_id,
            "capture_id": capture_id,
            "field": each.field,
            # A day that cannot be has no value but the words on the page.
            "value": each.value or each.evidence,
            "precision": each.precision,
            "rule": each.rule,
            "evidence_text": each.evidence,
            "is_chosen": each.is_chosen,
        }


def block_records(capture_id: str, document: Document) -> Iterator[Record]:
    for position, block in enumerate(document.blocks):
        yield {
            "capture_id": capture_id,
            "position": position,
            "label": block.label,
            "character_count": len(block.text),
        }


def capture_record(capture: Capture, document: Document | None) -> Record:
    encoding = (document and document.encoding) or NO_ENCODING
    return {
        "capture_id": capture.capture_id,
        "source": capture.source,
        "url": capture.url,
        "captured_at": capture.captured_at,
        "http_status": capture.http_status,
        "content_type": capture.content_type,
        "body_digest": capture.body_digest,
        "byte_count": len(capture.body),
        "warc_file": capture.warc_file,
        "warc_offset": capture.warc_offset,
        "completeness": capture.completeness,
        "encoding_declared": encoding.declared,
        "encoding_used": encoding.used or None,
        "encoding_evidence": encoding.evidence or None,
        "encoding_repair": encoding.repair,
        "replacement_count": encoding.replacement_count,
    }
