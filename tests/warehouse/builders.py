"""Rows with sensible defaults: a test states what matters to it, and the rest is plain."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import polars as pl

SEEN_AT = datetime(2007, 5, 25, 10, 0, tzinfo=UTC)
BODY = "PARIS - “We will not sign,” said Maria Okello of Kenya."

DEFAULTS = {
    "articles": {
        "article_id": "article-1",
        "source": "sample",
        "url": "http://example.org/1",
        "host": "example.org",
        "published_date": date(2007, 5, 25),
        "published_precision": "day",
        "published_rule": "printed_date",
        "headline": "No signature from Kenya",
        "dateline_place": "Paris",
        "dateline_country_code": "FR",
        "agency_parents": [],
        "byline": [],
        "language_code": "en",
        "body_text": BODY,
        "word_count": 10,
        "layout": "plain",
        "copy_cluster_id": "article-1",
        "copy_signature": [1, 2],
        "capture_id": "capture-1",
        "captured_at": SEEN_AT,
    },
    "article_versions": {
        "version_id": "version-1",
        "article_id": "article-1",
        "capture_id": "capture-0",
        "body_text": "Earlier words.",
        "superseded_by_capture_id": "capture-1",
        "differences": [],
    },
    "tombstones": {
        "tombstone_id": "tombstone-1",
        "source": "sample",
        "url": "http://example.org/gone",
        "reason": "not_found",
        "http_status": 404,
        "evidence": "404 Not Found",
        "first_seen_at": SEEN_AT,
    },
    "quotes": {
        "quote_id": "quote-1",
        "article_id": "article-1",
        "position": 0,
        "quote_text": "“We will not sign,”",
        "start_offset": 8,
        "end_offset": 27,
        "quote_kind": "direct",
        "is_closed": True,
        "statement": 0,
        "speaker_id": "speaker-1",
        "mention_text": "Maria Okello",
        "mention_start": 33,
        "mention_end": 45,
        "cue": "said",
        "rule": "name_after_cue",
        "confidence": 0.9,
        "candidates": [],
    },
    "speakers": {
        "speaker_id": "speaker-1",
        "speaker_name": "Maria Okello",
        "speaker_kind": "person",
        "first_evidenced_date": date(2007, 5, 25),
        "last_evidenced_date": date(2007, 5, 25),
    },
    "speaker_aliases": {
        "alias_id": "alias-1",
        "speaker_id": "speaker-1",
        "alias": "Maria Okello",
        "origin": "extracted",
        "article_id": "article-1",
    },
    "speaker_roles": {
        "role_id": "role-1",
        "speaker_id": "speaker-1",
        "title": "envoy",
        "affiliation": "Kenya",
        "country_code": "KE",
        "evidenced_from": date(2007, 5, 25),
        "evidenced_to": date(2007, 5, 25),
        "article_id": "article-1",
    },
    "country_mentions": {
        "country_mention_id": "country-1",
        "article_id": "article-1",
        "country_code": "KE",
        "mention_text": "Kenya",
        "mention_kind": "name",
        "field": "text",
        "start_offset": 49,
        "end_offset": 54,
        "rule": "name",
        "candidates": [],
    },
    "date_mentions": {
        "date_mention_id": "date-1",
        "article_id": "article-1",
        "mention_text": "PARIS",
        "date_start": date(2007, 5, 25),
        "date_end": date(2007, 5, 25),
        "precision": "day",
        "rule": "absolute",
        "candidates": [],
        "start_offset": 0,
        "end_offset": 5,
    },
    "findings": {
        "finding_id": "finding-1",
        "article_id": "article-1",
        "capture_id": "capture-1",
        "field": "published_date",
        "value": "2007-05-25",
        "precision": "day",
        "rule": "printed_date",
        "evidence_text": "25 May 2007",
        "is_chosen": True,
    },
    "captures": {
        "capture_id": "capture-1",
        "source": "sample",
        "url": "http://example.org/1",
        "captured_at": SEEN_AT,
        "http_status": 200,
        "content_type": "text/html",
        "body_digest": "digest-1",
        "byte_count": 100,
        "warc_file": "sample/1.warc.gz",
        "warc_offset": 0,
        "completeness": "complete",
        "replacement_count": 0,
    },
    "blocks": {
        "capture_id": "capture-1",
        "position": 0,
        "label": "paragraph",
        "character_count": 54,
    },
    "pages": {
        "page_id": "page-1",
        "source": "sample",
        "url": "http://example.org/1",
        "first_listed_at": SEEN_AT,
        "disposition": "fetched",
        "reason": "answered",
        "capture_id": "capture-1",
    },
    "completeness": {
        "completeness_id": "completeness-1",
        "source": "sample",
        "period": "day",
        "first_date": date(2007, 5, 25),
        "last_date": date(2007, 5, 25),
        "expected_by": "index_count",
        "expected_count": 1,
        "listed_count": 1,
        "fetched_count": 1,
        "parsed_count": 1,
        "loaded_count": 1,
        "published_count": 1,
        "missing_count": 0,
        "state": "filled",
        "try_count": 0,
    },
    "dispositions": {
        "unit_kind": "capture",
        "unit_id": "capture-1",
        "disposition": "parsed",
        "reason": "read",
        "source": "sample",
    },
    "runs": {
        "flow": "ingest",
        "sources": ["sample"],
        "started_at": SEEN_AT,
        "status": "completed",
        "onrecord_version": "0.1.0",
        "rules_digest": "rules-1",
        "corrections_digest": "corrections-1",
        "page_count": 1,
        "capture_count": 1,
        "record_count": 0,
        "quarantined_count": 0,
        "held_sources": [],
    },
    "changes": {
        "table_name": "quotes",
        "field": "speaker_id",
        "change": "changed",
        "cause": "vocabulary",
        "row_count": 1,
        "because": ["tasks/vocabulary/titles.csv"],
        "examples": "[]",
    },
    "source_measures": {
        "source": "sample",
        "measure": "new_articles",
        "measured_on": date(2007, 5, 25),
        "measured": 40.0,
        "judged_count": 40,
        "rules_digest": "rules-1",
        "is_quiet": False,
        "history_count": 8,
        "rules_changed": False,
        "usual": 42.0,
        "warn_low": 20.0,
        "warn_high": 84.0,
        "error_low": 6.0,
        "error_high": 210.0,
    },
    "check_results": {
        "check_name": "quotes_have_articles",
        "source": "sample",
        "severity": "error",
        "judged_count": 1,
        "failed_count": 0,
        "is_passed": True,
        "sample": "[]",
        "checked_at": SEEN_AT,
    },
    "quarantine": {
        "quarantine_id": "quarantine-1",
        "unit_kind": "record",
        "source": "sample",
        "table_name": "quotes",
        "row_key": "quote-1",
        "article_id": "article-1",
        "record": "{}",
        "reasons": ["quote_text_matches_offsets"],
        "rules_digest": "rules-1",
        "corrections_digest": "corrections-1",
        "first_seen_at": SEEN_AT,
        "last_seen_at": SEEN_AT,
        "attempt_count": 1,
        "status": "open",
    },
    "incidents": {
        "incident_id": "incident-1",
        "check_name": "quotes_have_articles",
        "source": "sample",
        "severity": "error",
        "status": "open",
        "opened_at": SEEN_AT,
        "opened_run_id": "run-1",
        "message": "1 of 1 failed",
        "evidence": "{}",
        "owner": "data",
        "next_step": "",
        "failed_count": 1,
        "is_flapping": False,
    },
    "deliveries": {
        "delivery_id": "delivery-1",
        "incident_id": "incident-1",
        "event": "opened",
        "channel": "log",
        "attempted_at": SEEN_AT,
        "is_delivered": True,
        "detail": "",
    },
    "evaluations": {
        "evaluation_id": "evaluation-1",
        "label_set": "set",
        "figure": "f1",
        "value": 0.5,
        "counted": 10,
        "evaluated_at": SEEN_AT,
        "onrecord_version": "0.1.0",
        "rules_digest": "rules-1",
    },
}


def frame(connection, table, *rows):
    """Each row is a dictionary of what differs from the defaults; no row gives an empty frame."""
    schema = connection.sql(f"from {table} limit 0").pl().schema
    empty = dict.fromkeys(schema)
    known = {"run_id": "run-1"} if "run_id" in schema else {}
    made = [empty | known | DEFAULTS[table] | row for row in rows]
    return pl.DataFrame(made, schema=schema)


def insert(connection, table, *rows):
    """Straight into the table, past every rule of merging."""
    connection.register("inserted_rows", frame(connection, table, *rows))
    connection.execute(f"insert into {table} from inserted_rows")
    connection.unregister("inserted_rows")


@contextmanager
def rolled_back(connection):
    """Opening a warehouse takes 0.2 s, most of it views; a transaction undone takes nothing."""
    connection.execute("begin transaction")
    try:
        yield
    finally:
        connection.execute("rollback")
