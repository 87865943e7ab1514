"""Every check has rows that break it and rows that keep it; both are asked for by name."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.errors import BadConfiguration
from tests.warehouse.builders import SEEN_AT, insert, rolled_back
from warehouse.check_files import FOLDER, read_check, read_checks
from warehouse.checks import SAMPLE_SIZE, run_check, run_checks
from warehouse.connection import open_warehouse

NAMES = [check.name for check in read_checks()]
VALUES = {
    "run_id": "run-1",
    "sources": ["sample"],
    "written_by": "run-1",
    "checked_at": SEEN_AT,
    "usual_limit": 0.05,
    "limited_sources": [],
    "own_limits": [],
}

# The newest day of every share, beside a history; bounds that block lie beyond those that warn.
SHARES = {
    "headline_filled_share": (0.97, 0.98),
    "unattributed_share": (0.2, 0.22),
    "unknown_block_share": (0.02, 0.03),
    "unknown_country_share": (0.05, 0.04),
    "new_speaker_share": (0.3, 0.28),
    "new_layout_share": (0.0, 0.01),
    "copy_share": (0.1, 0.12),
    "edited_share": (0.01, 0.01),
}
NEWEST_DAY = date(2007, 5, 25)
MEASURES = [
    *({"measured_on": NEWEST_DAY - timedelta(days)} for days in range(16)),
    {"measure": "articles_of_the_day_before"},
    {
        "measure": "quotes_per_article",
        "measured": 3.0,
        "usual": 3.2,
        "warn_low": 1.5,
        "warn_high": 6.4,
        "error_low": 0.4,
        "error_high": 16.0,
    },
    *(
        {
            "measure": measure,
            "measured": measured,
            "usual": usual,
            "warn_low": usual - 0.2 if usual > 0.5 else None,
            "warn_high": usual + 0.2 if usual < 0.5 else None,
            "error_low": usual - 0.4 if usual > 0.5 else None,
            "error_high": usual + 0.4 if usual < 0.5 else None,
        }
        for measure, (measured, usual) in SHARES.items()
    ),
]

# A warehouse in which every promise is kept and every check has something to judge.
GOOD = {
    "articles": [{}],
    "article_versions": [{}],
    "captures": [{}],
    "blocks": [{}],
    "quotes": [{}],
    "speakers": [{}],
    "speaker_roles": [{}],
    "speaker_aliases": [{}],
    "country_mentions": [
        {},
        {
            "country_mention_id": "country-2",
            "field": "headline",
            "start_offset": 18,
            "end_offset": 23,
        },
    ],
    "date_mentions": [{"agrees_with_weekday": True}],
    "findings": [{}],
    "pages": [
        {},
        {
            "page_id": "page-2",
            "url": "http://example.org/2",
            "disposition": "refused",
            "reason": "robots_disallows",
            "capture_id": None,
        },
    ],
    "completeness": [{}],
    "changes": [{}],
    "runs": [{"run_id": "run-0", "page_count": 0, "capture_count": 0}],
    "source_measures": MEASURES,
    "quarantine": [{"row_key": "quote-9", "table_name": "quotes"}],
    "check_results": [
        {"check_name": "canary:quotes", "source": ""},
        {"check_name": "contract:quotes.quote_id_is_an_id", "source": ""},
    ],
    "dispositions": [
        {},
        {
            "unit_kind": "page",
            "unit_id": "http://example.org/1",
            "disposition": "fetched",
            "reason": "answered",
        },
        {
            "unit_kind": "page",
            "unit_id": "http://example.org/2",
            "disposition": "refused",
            "reason": "robots_disallows",
        },
        *(
            {
                "unit_kind": "record",
                "unit_id": unit_id,
                "disposition": "loaded",
                "reason": "new",
            }
            for unit_id in (
                "articles:article-1",
                "quotes:quote-1",
                "country_mentions:country-1",
                "country_mentions:country-2",
                "date_mentions:date-1",
                "findings:finding-1",
                "speaker_roles:role-1",
                "speaker_aliases:alias-1",
                "speakers:speaker-1",
            )
        ),
        {
            "unit_kind": "record",
            "unit_id": "quotes:quote-9",
            "disposition": "row_quarantined",
            "reason": "contract_refused",
        },
    ],
}

# What is done to the good warehouse so that the check of that name fails.
BROKEN = {
    "articles_are_dated": "update articles set published_date = null",
    "articles_have_bodies": "update articles set body_text = ' '",
    "articles_have_captures": "update articles set capture_id = 'capture-9'",
    "articles_never_vanish": (
        "insert into check_results from check_results select * replace "
        "('articles_never_vanish' as check_name, 'sample' as source, 2 as judged_count) "
        "where check_name = 'canary:quotes'"
    ),
    "attribution_is_plausible": (
        "update source_measures set measured = 0.7 where measure = 'unattributed_share'"
    ),
    "attribution_is_usual": (
        "update source_measures set measured = 0.45 where measure = 'unattributed_share'"
    ),
    "blocks_are_known": "update blocks set label = 'unknown'",
    "calendar_has_no_gaps": (
        "update source_measures set measured = 0 where measure = 'articles_of_the_day_before'"
    ),
    "canaries_are_refused": "update check_results set is_passed = false",
    "captures_have_dispositions": "delete from dispositions where unit_kind = 'capture'",
    "captures_have_warc_places": "update captures set warc_file = ''",
    "captures_support_articles": "update captures set completeness = 'incomplete'",
    "copies_are_plausible": (
        "update source_measures set measured = 0.9 where measure = 'copy_share'"
    ),
    "copies_are_usual": ("update source_measures set measured = 0.4 where measure = 'copy_share'"),
    "changes_are_explained": "update changes set cause = 'unexplained'",
    "contract_rules_judge": (
        "update check_results set judged_count = 0 where check_name like 'contract:%'"
    ),
    "copy_clusters_agree": "update articles set copy_cluster_id = 'article-9'",
    "dateline_places_agree": (
        "insert into articles from articles select * replace "
        "('article-2' as article_id, 'US' as dateline_country_code)"
    ),
    "dates_fit_publication": (
        "update date_mentions set rule = 'weekday', date_start = date '2007-04-25'"
    ),
    "dates_have_articles": "update date_mentions set article_id = 'article-9'",
    "dates_stand_in_text": "update date_mentions set end_offset = 6",
    "edits_are_plausible": (
        "update source_measures set measured = 0.5 where measure = 'edited_share'"
    ),
    "edits_are_usual": ("update source_measures set measured = 0.3 where measure = 'edited_share'"),
    "fetched_pages_have_captures": "update pages set capture_id = null",
    "field_fill_is_plausible": (
        "update source_measures set measured = 0 where measure = 'headline_filled_share'"
    ),
    "field_fill_is_usual": (
        "update source_measures set measured = 0.7 where measure = 'headline_filled_share'"
    ),
    "findings_have_articles": "update findings set capture_id = 'capture-9'",
    "gaps_are_filled_in_time": (
        "update completeness set state = 'open', tolerated_until = timestamptz '2007-05-25 09:00Z'"
    ),
    "headline_countries_are_in_body": "delete from country_mentions where field = 'text'",
    "layouts_are_usual": (
        "update source_measures set measured = 0.6 where measure = 'new_layout_share'"
    ),
    "loaded_records_have_rows": "delete from findings",
    "mentions_have_articles": "update country_mentions set article_id = 'article-9'",
    "mentions_stand_in_text": "update articles set headline = null",
    "new_speakers_are_usual": (
        "update source_measures set measured = 0.8 where measure = 'new_speaker_share'"
    ),
    "pages_have_dispositions": "update pages set disposition = 'failed' where url like '%2'",
    "published_dates_agree": (
        "insert into findings from findings select * replace "
        "('finding-2' as finding_id, '2007-05-28' as value)"
    ),
    "published_not_after_capture": "update articles set published_date = date '2007-05-27'",
    "quarantined_units_are_kept": "delete from quarantine",
    "quarantine_is_small": """
        insert into dispositions
        select dispositions.* replace ('capture-' || range as unit_id)
        from dispositions, range(2, 21)
        where unit_kind = 'capture';
        update quarantine set capture_id = 'capture-20', unit_kind = 'capture', table_name = null
    """,
    "quote_text_stands_in_body": "update quotes set start_offset = 7",
    "quotes_are_attributed": "update quotes set speaker_id = null",
    "quotes_are_found": (
        "insert into articles select articles.* replace ('article-' || range as article_id) "
        "from articles, range(2, 21)"
    ),
    "quotes_have_articles": "delete from articles",
    "quotes_have_speakers": "delete from speakers",
    "quotes_per_article_are_plausible": (
        "update source_measures set measured = 0 where measure = 'quotes_per_article'"
    ),
    "quotes_per_article_are_usual": (
        "update source_measures set measured = 7 where measure = 'quotes_per_article'"
    ),
    "roles_have_speakers": "delete from speakers",
    "rows_have_dispositions": "delete from dispositions where unit_id like 'quotes:%'",
    "run_counts_add_up": "update runs set page_count = 1",
    "sources_are_fresh": ("delete from source_measures where measured_on > date '2007-05-21'"),
    "sources_give_pages": "delete from dispositions where unit_kind = 'page'",
    "speakers_are_evidenced": (
        "delete from quotes; delete from speaker_roles; delete from speaker_aliases"
    ),
    "speakers_are_not_countries": "update speakers set speaker_name = 'Kenya'",
    "unknown_blocks_are_plausible": (
        "update source_measures set measured = 0.6 where measure = 'unknown_block_share'"
    ),
    "unknown_blocks_are_usual": (
        "update source_measures set measured = 0.3 where measure = 'unknown_block_share'"
    ),
    "unknown_countries_are_plausible": (
        "update source_measures set measured = 0.6 where measure = 'unknown_country_share'"
    ),
    "unknown_countries_are_usual": (
        "update source_measures set measured = 0.3 where measure = 'unknown_country_share'"
    ),
    "versions_lead_to_articles": (
        "update article_versions set superseded_by_capture_id = 'capture-9'"
    ),
    "volume_is_plausible": (
        "update source_measures set measured = 3 where measure = 'new_articles'"
    ),
    "volume_is_usual": ("update source_measures set measured = 90 where measure = 'new_articles'"),
    "weekdays_agree": "update date_mentions set agrees_with_weekday = false",
}


@pytest.fixture(scope="module")
def _filled(migrated, tmp_path_factory):
    path = shutil.copy(migrated, tmp_path_factory.mktemp("good") / "working.duckdb")
    with open_warehouse(path) as connection:
        for table, rows in GOOD.items():
            insert(connection, table, *rows)
        yield connection


@pytest.fixture
def good(_filled):
    with rolled_back(_filled):
        yield _filled


def results_of(scratch, name):
    return run_check(scratch, read_check(FOLDER / f"{name}.sql"), VALUES)


def test_every_check_has_its_failing_case():
    assert sorted(BROKEN) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_good_warehouse_keeps_the_promise_and_is_looked_at(good, name):
    results = results_of(good, name)

    assert [json.loads(result.sample) for result in results] == [[] for _ in results]
    assert all(result.is_passed for result in results)
    assert sum(result.judged_count for result in results) > 0


@pytest.mark.parametrize("name", BROKEN)
def test_broken_warehouse_breaks_the_promise(good, name):
    good.execute(BROKEN[name])

    failed = [result for result in results_of(good, name) if not result.is_passed]

    assert failed
    assert all(result.failed_count == len(json.loads(result.sample)) > 0 for result in failed)


EMPTY_IS_A_FAILURE = {
    "articles_have_captures",
    "canaries_are_refused",
    "captures_have_warc_places",
}


@pytest.mark.parametrize("name", NAMES)
def test_judging_nothing_is_a_failure_unless_the_check_says_why_not(scratch, name):
    values = VALUES | {"sources": []}

    (result,) = run_check(scratch, read_check(FOLDER / f"{name}.sql"), values)

    assert result.judged_count == 0
    assert result.is_passed == (name not in EMPTY_IS_A_FAILURE)
    assert result.source == ""


def write_check(folder, text):
    path = folder / "made_up.sql"
    path.write_text(text)
    return path


HEAD = "-- severity: error\n-- owner: loading\n-- judged: select count(*) from articles\n"


def test_check_that_raises_has_failed_with_its_error(good, tmp_path):
    path = write_check(tmp_path, f"{HEAD}-- Nothing is missing.\nselect * from nowhere")

    (result,) = run_check(good, read_check(path), VALUES)

    assert not result.is_passed
    assert "nowhere" in json.loads(result.sample)[0]["error"]


@pytest.mark.parametrize(
    ("rule", "day", "is_passed"),
    [
        ("weekday", "2007-06-08", True),
        ("weekday", "2007-06-09", False),
        ("month_day", "2006-05-25", True),
        ("month_day", "2006-05-23", False),
        ("month_day_year", "1815-06-18", True),
        ("month_day_year", "2907-05-25", False),
    ],
)
def test_days_of_a_text_are_held_against_its_publication(good, rule, day, is_passed):
    good.execute("update date_mentions set rule = ?, date_start = ?::date", [rule, day])

    assert all(x.is_passed for x in results_of(good, "dates_fit_publication")) is is_passed


def test_sources_are_judged_apart(good):
    insert(good, "articles", {"article_id": "article-2", "source": "other", "body_text": ""})

    results = results_of(good, "articles_have_bodies")

    assert [
        (result.source, result.judged_count, result.failed_count, result.is_passed)
        for result in results
    ] == [("", 2, 0, True), ("other", 1, 1, False), ("sample", 1, 0, True)]


def test_every_offender_is_counted_and_some_are_kept(good):
    good.execute(
        "insert into articles select articles.* replace "
        "('article-' || range as article_id, '' as body_text) from articles, range(2, 102)"
    )

    _, result = results_of(good, "articles_have_bodies")

    assert (result.judged_count, result.failed_count) == (101, 100)
    assert len(json.loads(result.sample)) == SAMPLE_SIZE


def test_threshold_and_measure_are_kept(good):
    insert(good, "quotes", {"quote_id": "quote-2", "speaker_id": None})

    _, result = results_of(good, "quotes_are_attributed")

    assert (result.threshold, result.measured, result.is_passed) == (0.5, 0.5, True)


def test_vanished_article_with_a_tombstone_is_no_failure(good):
    good.execute(BROKEN["articles_never_vanish"])
    insert(good, "tombstones", {})

    assert all(result.is_passed for result in results_of(good, "articles_never_vanish"))


def test_loss_that_was_told_once_is_still_a_loss(good):
    good.execute(BROKEN["articles_never_vanish"])
    insert(
        good,
        "check_results",
        {
            "check_name": "articles_never_vanish",
            "run_id": "run-2",
            "is_passed": False,
            "checked_at": datetime(2007, 5, 26, tzinfo=UTC),
        },
    )

    assert not all(result.is_passed for result in results_of(good, "articles_never_vanish"))


def test_articles_that_all_vanished_are_a_failure(good):
    good.execute(BROKEN["articles_never_vanish"])
    good.execute("truncate articles")

    _, result = results_of(good, "articles_never_vanish")

    assert (result.source, result.judged_count, result.is_passed) == ("sample", 0, False)


def test_assessment_leaves_the_checks_of_a_run_out(good):
    names = {
        result.check_name for result in run_checks(good, "run-2", SEEN_AT, is_about_a_run=False)
    }

    assert names == {check.name for check in read_checks() if not check.is_about_a_run}
    assert "canaries_are_refused" not in names


@pytest.mark.parametrize(
    ("written_by", "is_passed"),
    [
        pytest.param("run-1", False, id="the run that wrote it judges it"),
        pytest.param("run-2", True, id="a later run does not judge it again"),
        pytest.param(None, False, id="an assessment does"),
    ],
)
def test_costly_checks_judge_what_the_run_wrote(good, written_by, is_passed):
    good.execute(BROKEN["quote_text_stands_in_body"])
    check = read_check(FOLDER / "quote_text_stands_in_body.sql")

    results = run_check(good, check, VALUES | {"written_by": written_by})

    assert all(result.is_passed for result in results) == is_passed


def flood(scratch, refused, *, status="open", kind="capture", of=1000):
    """`of` captures of one run, of which some wait."""
    ends = [
        {"unit_kind": "capture", "unit_id": f"capture-{number}", "run_id": "run-1"}
        for number in range(of)
    ]
    if kind == "record":
        ends += [
            {"unit_kind": "record", "unit_id": f"quotes:{number}", "run_id": "run-1"}
            for number in range(of)
        ]
    waiting = [
        {
            "quarantine_id": f"{number}",
            "capture_id": f"capture-{number}",
            "unit_kind": kind,
            "table_name": None if kind == "capture" else "quotes",
            "status": status,
        }
        for number in range(refused)
    ]
    insert(scratch, "captures", {})
    insert(scratch, "dispositions", *ends)
    insert(scratch, "quarantine", *waiting)


@pytest.mark.parametrize("kind", ["capture", "record"])
@pytest.mark.parametrize(
    ("refused", "values", "is_passed"),
    [
        pytest.param(49, {}, True, id="49 of 1,000"),
        pytest.param(50, {}, False, id="50 of 1,000"),
        pytest.param(
            50, {"limited_sources": ["sample"], "own_limits": [0.06]}, True, id="a limit of its own"
        ),
        pytest.param(
            50, {"limited_sources": ["other"], "own_limits": [0.06]}, False, id="that of another"
        ),
    ],
)
def test_a_source_is_held_from_its_limit_on(scratch, kind, refused, values, is_passed):
    flood(scratch, refused, kind=kind)
    check = read_check(FOLDER / "quarantine_is_small.sql")

    results = run_check(scratch, check, VALUES | values)

    assert all(result.is_passed for result in results) == is_passed
    if not is_passed:
        (failed,) = (result for result in results if not result.is_passed)
        assert (failed.source, failed.measured, failed.threshold) == ("sample", 0.05, 0.05)
        (row,) = json.loads(failed.sample)
        assert (row["refused_count"], row["unit_count"]) == (50, 1000)
        assert len(row["reasons"][0]["examples"]) == 5


@pytest.mark.parametrize("status", ["waived", "released"])
def test_what_is_settled_holds_nothing_back(scratch, status):
    flood(scratch, 1000, status=status)

    assert all(result.is_passed for result in results_of(scratch, "quarantine_is_small"))


def test_a_handful_of_pages_is_no_flood(scratch):
    flood(scratch, 19, of=19)

    assert all(result.is_passed for result in results_of(scratch, "quarantine_is_small"))


def test_a_flood_of_the_last_load_is_not_drowned_by_years_before_it(scratch):
    flood(scratch, 0, of=5000)
    scratch.execute("update dispositions set unit_id = 'old-' || unit_id, run_id = 'run-0'")
    flood_after = [
        {"unit_kind": "capture", "unit_id": f"new-{number}", "run_id": "run-1"}
        for number in range(40)
    ]
    insert(scratch, "dispositions", *flood_after)
    insert(
        scratch,
        "quarantine",
        *({"quarantine_id": f"{n}", "capture_id": f"new-{n}"} for n in range(40)),
    )
    scratch.execute("update quarantine set unit_kind = 'capture', table_name = null")

    (failed,) = (
        result for result in results_of(scratch, "quarantine_is_small") if not result.is_passed
    )
    assert failed.measured == 1.0


def test_result_is_a_row_of_its_table(good):
    (result, *_) = run_checks(good, "run-1", SEEN_AT, sources=["sample"])

    columns = [name for (name, *_) in good.execute("describe check_results").fetchall()]
    assert list(result.row()) == columns


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("select 1", "missing: .*severity", id="no head"),
        pytest.param(HEAD + "select 1", "the sentence", id="no sentence"),
        pytest.param(
            HEAD.replace("error", "fatal") + "-- Says.\nselect 1",
            "severity is error or warn",
            id="severity of its own",
        ),
        pytest.param(
            HEAD + "-- threshold: 4\n-- Says.\nselect 1", "at most 0.4", id="threshold unread"
        ),
    ],
)
def test_check_that_does_not_say_what_it_is_is_refused(tmp_path, text, complaint):
    with pytest.raises(BadConfiguration, match=complaint):
        read_check(write_check(tmp_path, text))


@pytest.mark.parametrize(
    ("state", "tolerated_until"),
    [
        pytest.param("open", "2007-05-25 11:00Z", id="a young gap"),
        pytest.param("explained", "2007-05-01 00:00Z", id="an old gap that is explained"),
    ],
)
def test_gap_that_is_young_or_explained_is_told_to_nobody(good, state, tolerated_until):
    good.execute(
        "update completeness set state = ?, tolerated_until = ?::timestamptz",
        [state, tolerated_until],
    )

    assert all(result.is_passed for result in results_of(good, "gaps_are_filled_in_time"))
