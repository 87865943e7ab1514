"""One good row for every table, and together one good batch.

The people and papers are invented.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from schemas.ids import make_id

Row = dict[str, Any]

_BODY = (
    "Geneva, 24 May 2007 -- Kenya will keep its border open, the minister said.\n\n"
    "“We will not sign,” said Maria Okello on 25 May."
)
_HEADLINE = "Kenya keeps its border open"
_PUBLISHED = date(2007, 5, 25)
_CAPTURED = datetime(2007, 6, 1, 12, tzinfo=UTC)
_STARTED = datetime(2022, 6, 1, 3, tzinfo=UTC)
_RUN = "20220601T030000Z"
_CAPTURE = make_id("canary", "capture")
_ARTICLE = make_id("canary", "article")
_SPEAKER = make_id("canary", "speaker")


def _span(words: str, text: tuple[str, str, str]) -> Row:
    """The words, and where they stand in the body, under the three column names."""
    start = _BODY.index(words)
    return dict(zip(text, (words, start, start + len(words)), strict=True))


_ARTICLE_ROW: Row = {
    "article_id": _ARTICLE,
    "source": "canary",
    "url": "https://example.org/2007/05/border.htm",
    "host": "example.org",
    "published_date": _PUBLISHED,
    "published_precision": "day",
    "published_rule": "printed_date",
    "headline": _HEADLINE,
    "subhead": "No signature in Geneva",
    "section": "World",
    "dateline_text": "Geneva, 24 May 2007",
    "dateline_place": "Geneva",
    "dateline_date": date(2007, 5, 24),
    "dateline_country_code": "CH",
    "agency": "Harbour Wire",
    "agency_parents": ["Ministry of Information"],
    "byline": ["Jonas Lind"],
    "language_code": "en",
    "body_text": _BODY,
    "word_count": len(_BODY.split()),
    "layout": "generic",
    "copy_cluster_id": _ARTICLE,
    "copy_signature": [3, 1, 4],
    "capture_id": _CAPTURE,
    "captured_at": _CAPTURED,
    "run_id": _RUN,
}

_VERSION_ROW: Row = {
    "version_id": make_id("canary", "version"),
    "article_id": _ARTICLE,
    "capture_id": make_id("canary", "older capture"),
    "captured_at": datetime(2007, 5, 26, tzinfo=UTC),
    "published_date": _PUBLISHED,
    "headline": "Kenya may close its border",
    "subhead": None,
    "body_text": "Kenya may close its border, the minister said.",
    "superseded_by_capture_id": _CAPTURE,
    "differences": ["paragraph 1 was written anew"],
    "run_id": _RUN,
}

_CAPTURE_ROW: Row = {
    "capture_id": _CAPTURE,
    "source": "canary",
    "url": "https://example.org/2007/05/border.htm",
    "captured_at": _CAPTURED,
    "http_status": 200,
    "content_type": "text/html; charset=utf-8",
    "body_digest": "0123456789abcdef" * 4,
    "byte_count": 4_096,
    "warc_file": "20220601T030000Z-00001.warc.gz",
    "warc_offset": 512,
    "completeness": "complete",
    "encoding_declared": "utf-8",
    "encoding_used": "utf-8",
    "encoding_evidence": "http header",
    "encoding_repair": None,
    "replacement_count": 0,
    "run_id": _RUN,
}

_QUOTE_ROW: Row = {
    "quote_id": make_id("canary", "quote"),
    "article_id": _ARTICLE,
    "position": 0,
    **_span("“We will not sign,”", ("quote_text", "start_offset", "end_offset")),
    "quote_kind": "direct",
    "is_closed": True,
    "statement": 0,
    "speaker_id": _SPEAKER,
    **_span("Maria Okello", ("mention_text", "mention_start", "mention_end")),
    "cue": "said",
    "rule": "name_after_cue",
    "confidence": 0.9,
    "candidates": [],
    "run_id": _RUN,
}

_FACT_ROWS: dict[str, Row] = {
    "blocks": {
        "capture_id": _CAPTURE,
        "position": 0,
        "label": "paragraph",
        "character_count": 60,
        "run_id": _RUN,
    },
    "findings": {
        "finding_id": make_id("canary", "finding"),
        "article_id": _ARTICLE,
        "capture_id": _CAPTURE,
        "field": "published_date",
        "value": "2007-05-25",
        "precision": "day",
        "rule": "printed_date",
        "evidence_text": "25 May 2007",
        "is_chosen": True,
        "run_id": _RUN,
    },
    "speakers": {
        "speaker_id": _SPEAKER,
        "speaker_name": "Maria Okello",
        "speaker_kind": "person",
        "first_evidenced_date": _PUBLISHED,
        "last_evidenced_date": _PUBLISHED,
        "run_id": _RUN,
    },
    "speaker_aliases": {
        "alias_id": make_id("canary", "alias"),
        "speaker_id": _SPEAKER,
        "alias": "Maria Okello",
        "origin": "extracted",
        "article_id": _ARTICLE,
        "run_id": _RUN,
    },
    "speaker_roles": {
        "role_id": make_id("canary", "role"),
        "speaker_id": _SPEAKER,
        "title": "minister",
        "affiliation": "Foreign Ministry",
        "country_code": "KE",
        "evidenced_from": _PUBLISHED,
        "evidenced_to": _PUBLISHED,
        "article_id": _ARTICLE,
        "run_id": _RUN,
    },
    "country_mentions": {
        "country_mention_id": make_id("canary", "country"),
        "article_id": _ARTICLE,
        "country_code": "KE",
        "mention_kind": "name",
        "field": "text",
        **_span("Kenya", ("mention_text", "start_offset", "end_offset")),
        "rule": "country_name",
        "candidates": [],
        "run_id": _RUN,
    },
    "date_mentions": {
        "date_mention_id": make_id("canary", "date"),
        "article_id": _ARTICLE,
        **_span("25 May", ("mention_text", "start_offset", "end_offset")),
        "date_start": _PUBLISHED,
        "date_end": _PUBLISHED,
        "precision": "day",
        "rule": "day_month",
        "agrees_with_weekday": None,
        "candidates": [],
        "run_id": _RUN,
    },
}

_RUN_ROWS: dict[str, Row] = {
    "pages": {
        "page_id": make_id("canary", "page"),
        "source": "canary",
        "url": "https://example.org/2007/05/border.htm",
        "first_listed_at": _STARTED,
        "disposition": "fetched",
        "reason": "answered",
        "next_try_at": None,
        "capture_id": _CAPTURE,
        "run_id": _RUN,
        "listed_date": _PUBLISHED,
        "try_count": None,
    },
    "completeness": {
        "completeness_id": make_id("canary", "completeness"),
        "source": "canary",
        "period": "day",
        "first_date": _PUBLISHED,
        "last_date": _PUBLISHED,
        "expected_by": "index_count",
        "expected_count": 3,
        "listed_count": 3,
        "fetched_count": 3,
        "parsed_count": 2,
        "loaded_count": 2,
        "published_count": 2,
        "missing_count": 0,
        "state": "filled",
        "reason": None,
        "detail": None,
        "try_count": 0,
        "next_try_at": None,
        "missing_since": None,
        "tolerated_until": None,
        "explanation": None,
    },
    "tombstones": {
        "tombstone_id": make_id("canary", "tombstone"),
        "source": "canary",
        "url": "https://example.org/2007/05/withdrawn.htm",
        "article_id": None,
        "reason": "gone",
        "http_status": 410,
        "evidence": "HTTP 410",
        "first_seen_at": _STARTED,
        "run_id": _RUN,
    },
    "dispositions": {
        "run_id": _RUN,
        "unit_kind": "capture",
        "unit_id": _CAPTURE,
        "disposition": "parsed",
        "reason": "read",
        "source": "canary",
    },
    "runs": {
        "run_id": _RUN,
        "flow": "ingest",
        "sources": ["canary"],
        "since": date(2007, 5, 1),
        "until": date(2007, 5, 31),
        "started_at": _STARTED,
        "finished_at": datetime(2022, 6, 1, 3, 5, tzinfo=UTC),
        "status": "completed",
        "onrecord_version": "0.1.0",
        "rules_digest": "0123abcd",
        "corrections_digest": "4567cdef",
        "page_count": 1,
        "capture_count": 1,
        "record_count": 9,
        "quarantined_count": 0,
        "generation": 1,
        "message": None,
        "held_sources": [],
        "parser_digest": "89abcdef",
        "vocabulary_digest": "cdef0123",
        "contract_digest": "ef012345",
    },
    "changes": {
        "run_id": _RUN,
        "table_name": "quotes",
        "field": "speaker_id",
        "change": "changed",
        "cause": "vocabulary",
        "row_count": 3,
        "because": ["tasks/vocabulary/titles.csv"],
        "examples": "[]",
    },
    "evaluations": {
        "evaluation_id": make_id("canary", "evaluation"),
        "label_set": "quotes/dev",
        "figure": "span_f1",
        "value": 0.98,
        "counted": 800,
        "evaluated_at": _STARTED,
        "onrecord_version": "0.1.0",
        "rules_digest": "0123abcd",
    },
}

_QUALITY_ROWS: dict[str, Row] = {
    "source_measures": {
        "source": "canary",
        "measure": "new_articles",
        "measured_on": date(2022, 6, 1),
        "measured": 41.0,
        "judged_count": 41,
        "rules_digest": make_id("canary", "rules"),
        "is_quiet": False,
        "history_count": 8,
        "rules_changed": False,
        "usual": 40.0,
        "warn_low": 15.0,
        "warn_high": 80.0,
        "error_low": 4.0,
        "error_high": 200.0,
    },
    "check_results": {
        "run_id": _RUN,
        "check_name": "every_quote_has_its_article",
        "source": "",
        "severity": "error",
        "judged_count": 9,
        "failed_count": 0,
        "threshold": None,
        "measured": None,
        "is_passed": True,
        "sample": "[]",
        "checked_at": _STARTED,
    },
    "quarantine": {
        "quarantine_id": make_id("canary", "quarantine"),
        "unit_kind": "record",
        "source": "canary",
        "table_name": "quotes",
        "row_key": make_id("canary", "quote"),
        "capture_id": _CAPTURE,
        "article_id": _ARTICLE,
        "record": '{"quote_text": "“”"}',
        "reasons": ["quote_text_has_words"],
        "rules_digest": "0123abcd",
        "corrections_digest": "4567cdef",
        "first_seen_at": _STARTED,
        "last_seen_at": _STARTED,
        "attempt_count": 1,
        "status": "open",
        "status_at": None,
        "status_run_id": None,
        "status_reason": None,
        "waived_until": None,
        "run_id": _RUN,
    },
    "incidents": {
        "incident_id": make_id("canary", "incident"),
        "check_name": "every_quote_has_its_article",
        "source": "canary",
        "severity": "error",
        "status": "open",
        "opened_at": _STARTED,
        "opened_run_id": _RUN,
        "closed_at": None,
        "closed_run_id": None,
        "message": "3 quotes have no article",
        "evidence": '{"failed_count": 3}',
        "owner": "extraction",
        "acknowledged_at": None,
        "acknowledged_by": None,
        "next_step": "Run the source again.",
        "failed_count": 3,
        "is_flapping": False,
    },
    "deliveries": {
        "delivery_id": make_id("canary", "delivery"),
        "incident_id": make_id("canary", "incident"),
        "event": "opened",
        "channel": "json://127.0.0.1:8080/***",
        "attempted_at": _STARTED,
        "is_delivered": True,
        "detail": "HTTP 200",
        "run_id": _RUN,
    },
}

GOOD_ROWS: dict[str, Row] = {
    "captures": _CAPTURE_ROW,
    "articles": _ARTICLE_ROW,
    "article_versions": _VERSION_ROW,
    "quotes": _QUOTE_ROW,
    **_FACT_ROWS,
    **_RUN_ROWS,
    **_QUALITY_ROWS,
}
