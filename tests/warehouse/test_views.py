"""Each report: a few rows in, whole rows out. Each table: its staging view, column for column."""

import re
from datetime import UTC, date, datetime

import pytest

from schemas.catalogue import CONTRACTS, columns_of
from tests.warehouse.builders import SEEN_AT, insert
from warehouse.views import FOLDER, create_views, grain_of, view_files

REPORTS = [path.stem for path in view_files() if path.stem.startswith("rpt_")]
LATER = datetime(2007, 5, 26, 10, 0, tzinfo=UTC)
MAY, JUNE = date(2007, 5, 1), date(2007, 6, 1)

# Two copies of one story in May, of which the second has no agency, and an undated third article.
ARTICLES = [
    {"agency": "Plain News"},
    {
        "article_id": "article-2",
        "copy_cluster_id": "article-1",
        "host": "mirror.example.org",
        "source": "mirror",
        "published_date": date(2007, 5, 26),
    },
    {
        "article_id": "article-3",
        "copy_cluster_id": "article-3",
        "published_date": None,
        "published_precision": None,
        "headline": None,
        "dateline_country_code": None,
    },
]
QUOTES = [
    {},
    {"quote_id": "quote-2", "article_id": "article-2", "is_closed": False},
    {
        "quote_id": "quote-3",
        "article_id": "article-3",
        "speaker_id": None,
        "candidates": ["Maria Okello", "Jan Berg"],
    },
]
MENTIONS = [
    {},
    {
        "country_mention_id": "country-2",
        "article_id": "article-2",
        "start_offset": 9,
        "end_offset": 14,
    },
    {
        "country_mention_id": "country-3",
        "article_id": "article-3",
        "country_code": None,
        "candidates": ["CD", "CG"],
    },
]

BOUNDS = ("usual", "warn_low", "warn_high", "error_low", "error_high")
MAY_25 = date(2007, 5, 25)

CASES = {
    "rpt_who_said_what": (
        {
            "articles": ARTICLES,
            "quotes": QUOTES,
            "country_mentions": MENTIONS,
            "speakers": [{}],
            "speaker_roles": [{}, {"role_id": "role-0", "title": "minister"}],
        },
        (
            "select quote_id, published_date, speaker_name, speaker_title, country_codes, "
            "headline, source, url from rpt_who_said_what order by quote_id"
        ),
        [
            (
                "quote-1",
                date(2007, 5, 25),
                "Maria Okello",
                "envoy",
                ["KE"],
                "No signature from Kenya",
                "sample",
                "http://example.org/1",
            ),
            (
                "quote-2",
                date(2007, 5, 26),
                "Maria Okello",
                None,
                ["KE"],
                "No signature from Kenya",
                "mirror",
                "http://example.org/1",
            ),
        ],
    ),
    "rpt_quotes_by_speaker_month": (
        {"articles": ARTICLES, "quotes": QUOTES, "speakers": [{}]},
        "from rpt_quotes_by_speaker_month",
        [("speaker-1", "Maria Okello", MAY, 2, 2, 1)],
    ),
    "rpt_countries_by_month": (
        {"articles": ARTICLES, "country_mentions": MENTIONS},
        "from rpt_countries_by_month",
        [("KE", MAY, 2, 2, 1)],
    ),
    "rpt_speakers_on_countries": (
        {
            "articles": ARTICLES,
            "quotes": QUOTES,
            "country_mentions": MENTIONS,
            "speakers": [{}],
        },
        "from rpt_speakers_on_countries",
        [("speaker-1", "Maria Okello", "KE", 1, 2, 1)],
    ),
    "rpt_gaps": (
        {
            "articles": ARTICLES,
            "quotes": QUOTES,
            "country_mentions": MENTIONS,
            "date_mentions": [{"date_start": None}],
        },
        "from rpt_gaps where gap_count > 0 order by all",
        [
            ("mirror", "articles without an agency", 1, 1),
            ("mirror", "quotes whose closing mark is lost", 1, 1),
            ("sample", "articles whose dateline place has no country", 2, 1),
            ("sample", "articles without a headline", 2, 1),
            ("sample", "articles without a published date", 2, 1),
            ("sample", "articles without an agency", 2, 1),
            ("sample", "dates in texts that could not be resolved", 1, 1),
            ("sample", "direct quotes without a speaker", 2, 1),
            ("sample", "mentions that could be several countries", 2, 1),
            ("sample", "quotes whose speaker is one of several", 2, 1),
        ],
    ),
    "rpt_ledger": (
        {
            "runs": [{}],
            "dispositions": [
                {},
                {"unit_id": "capture-2"},
                {"unit_id": "capture-3", "disposition": "page_quarantined", "reason": "soft_404"},
            ],
        },
        "from rpt_ledger order by all",
        [
            (
                "run-1",
                "ingest",
                SEEN_AT,
                "completed",
                "sample",
                "capture",
                "page_quarantined",
                "soft_404",
                1,
            ),
            ("run-1", "ingest", SEEN_AT, "completed", "sample", "capture", "parsed", "read", 2),
        ],
    ),
    "rpt_quality": (
        {
            "articles": ARTICLES,
            "quotes": QUOTES,
            "country_mentions": MENTIONS,
            "captures": [{}],
            "blocks": [
                {"character_count": 30},
                {"position": 1, "label": "unknown", "character_count": 10},
            ],
            "quarantine": [{}, {"quarantine_id": "quarantine-2", "status": "waived"}],
        },
        (
            "select source, article_count, story_count, dated_share, agency_share, "
            "unattributed_share, ambiguous_country_share, unknown_block_share, quote_count, "
            "quarantined_count from rpt_quality order by source"
        ),
        [
            ("mirror", 1, 1, 1.0, 0.0, 0.0, 0.0, None, 1, 0),
            ("sample", 2, 2, 0.5, 0.5, 0.5, 0.5, 0.25, 2, 1),
        ],
    ),
    "rpt_copies": (
        {"articles": ARTICLES},
        "from rpt_copies",
        [
            (
                "article-1",
                "No signature from Kenya",
                2,
                ["example.org", "mirror.example.org"],
                ["mirror", "sample"],
                ["article-1", "article-2"],
                date(2007, 5, 25),
                date(2007, 5, 26),
            )
        ],
    ),
    "rpt_quarantine": (
        {
            "quarantine": [
                {"reasons": ["a", "b"]},
                {"quarantine_id": "quarantine-2", "reasons": ["a"], "last_seen_at": LATER},
                {
                    "quarantine_id": "quarantine-3",
                    "unit_kind": "capture",
                    "table_name": None,
                    "reasons": ["soft_404"],
                    "status": "waived",
                },
            ]
        },
        "from rpt_quarantine order by all",
        [
            ("sample", "", "soft_404", "waived", 1, SEEN_AT, SEEN_AT),
            ("sample", "quotes", "a", "open", 2, SEEN_AT, LATER),
            ("sample", "quotes", "b", "open", 1, SEEN_AT, SEEN_AT),
        ],
    ),
    "rpt_versions": (
        {
            "articles": [{"captured_at": LATER}],
            "article_versions": [{"captured_at": SEEN_AT}],
            "pages": [{}],
            "runs": [
                {"run_id": f"run-{day}", "started_at": datetime(2007, 5, day, 20, tzinfo=UTC)}
                for day in (25, 27, 28)
            ],
            "dispositions": [
                {
                    "run_id": f"run-{day}",
                    "unit_kind": "page",
                    "unit_id": "http://example.org/1",
                    "disposition": "not_modified",
                    "reason": "same_body",
                }
                for day in (25, 27, 28)
            ],
        },
        (
            "select version_number, first_seen_at, last_seen_at, is_newest, body_text[:7] "
            "from rpt_versions order by version_number"
        ),
        [
            (1, SEEN_AT, datetime(2007, 5, 25, 20, tzinfo=UTC), False, "Earlier"),
            (2, LATER, datetime(2007, 5, 28, 20, tzinfo=UTC), True, "PARIS -"),
        ],
    ),
    "rpt_checks": (
        {
            "check_results": [
                {},
                {"run_id": "run-2", "checked_at": LATER, "is_passed": False, "failed_count": 1},
                {"check_name": "quotes_have_speakers"},
            ]
        },
        (
            "select check_name, is_passed, failed_count, run_id, last_passed_at "
            "from rpt_checks order by all"
        ),
        [
            ("quotes_have_articles", False, 1, "run-2", SEEN_AT),
            ("quotes_have_speakers", True, 0, "run-1", SEEN_AT),
        ],
    ),
    "rpt_newest_measures": (
        {
            "source_measures": [
                {"measured_on": date(2007, 5, 24), "measured": 1.0},
                {"measured": 10.0},
                {"measure": "copy_share", "measured": 90.0, "rules_changed": True},
                {"source": "new", "history_count": 0, **dict.fromkeys(BOUNDS)},
            ]
        },
        (
            "select source, measure, measured_on, measured, warn_threshold, error_threshold, "
            "is_unusual, is_implausible, cause from rpt_newest_measures order by all"
        ),
        [
            ("sample", "copy_share", MAY_25, 90, 84, 210, True, False, "the rules changed"),
            ("sample", "new_articles", MAY_25, 10, 20, 6, True, False, "the pages changed"),
        ],
    ),
    "rpt_scorecard": (
        {
            "source_measures": [
                {"measured_on": date(2007, 5, 23)},
                {},
                {"measure": "copy_share", "measured": 0.25, "measured_on": date(2007, 5, 24)},
                {"measure": "copy_share", "measured": 0.75},
                {"measure": "headline_filled_share", "measured": 1.0},
                {"measure": "agency_filled_share", "measured": 0.5},
                {"measure": "byline_filled_share", "measured": 0.0},
            ],
            "runs": [{}],
            "dispositions": [{}, {"unit_id": "capture-2", "disposition": "page_quarantined"}],
            "check_results": [{}, {"check_name": "quotes_are_found", "is_passed": False}],
            "evaluations": [
                {"figure": "spans F1", "value": 0.9},
                {"evaluation_id": "evaluation-2", "figure": "seconds"},
            ],
        },
        (
            "select source, dimension, score, judged_count, score_before from rpt_scorecard "
            "where measured_on = date '2007-05-25' order by all"
        ),
        [
            ("", "accuracy", 0.9, 10, None),
            ("sample", "completeness", 0.75, 40, None),
            ("sample", "consistency", 0.5, 2, None),
            ("sample", "timeliness", 2 / 3, 2, 1.0),
            ("sample", "uniqueness", 0.25, 40, 0.75),
            ("sample", "validity", 0.5, 2, None),
        ],
    ),
}


def test_every_report_has_its_case():
    assert sorted(CASES) == REPORTS


@pytest.mark.parametrize("report", CASES)
def test_rows_in_rows_out(scratch, report):
    given, question, expected = CASES[report]
    for table, rows in given.items():
        insert(scratch, table, *rows)

    assert scratch.execute(question).fetchall() == expected


@pytest.mark.parametrize("report", REPORTS)
def test_empty_warehouse_has_empty_reports(scratch, report):
    assert scratch.execute(f"from {report}").fetchall() == []


@pytest.mark.parametrize("table", CONTRACTS)
def test_every_table_has_its_staging_view(scratch, table):
    described = scratch.execute(f"describe stg_{table}").fetchall()

    assert [(name, kind) for name, kind, *_ in described] == [
        (column.name, column.duckdb_type) for column in columns_of(CONTRACTS[table])
    ]


@pytest.mark.parametrize("path", view_files(), ids=lambda path: path.stem)
def test_view_says_its_grain(scratch, path):
    comments = scratch.execute(
        "select comment from duckdb_views() where view_name = ?", [path.stem]
    ).fetchall()

    assert comments == [(grain_of(path.read_text()),)]
    assert comments[0][0].startswith("One row ")


@pytest.mark.parametrize("report", REPORTS)
def test_report_reads_only_staging_views(report):
    sql = (FOLDER / f"{report}.sql").read_text()

    assert not set(re.findall(r"(?:from|join) (\w+)", sql)) & set(CONTRACTS)


def test_view_whose_file_is_gone_goes_too(connection, tmp_path):
    (tmp_path / "stg_quotes.sql").write_text("-- One row is a quote.\nselect quote_id from quotes")

    create_views(connection, tmp_path)

    views = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
    assert views == [("stg_quotes",)]
