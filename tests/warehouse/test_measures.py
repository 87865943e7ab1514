"""Measures of sources: what rows they come from, what is usual, and which faults are found."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta

import polars as pl
import pytest

from schemas.catalogue import CONTRACTS
from schemas.errors import BadConfiguration
from schemas.measures import Tolerance
from tasks.validate import judge
from tests.warehouse.builders import SEEN_AT, insert
from tests.warehouse.seasonal import FIRST_DAY, Day, quiet_days, simulate
from warehouse.check_files import FOLDER, read_check
from warehouse.checks import run_check
from warehouse.digests import table_digests
from warehouse.frames import registered
from warehouse.measures import measure_sources, write_measures
from warehouse.tolerances import read_tolerances, tolerance_frame

EVERYONES = tolerance_frame(read_tolerances(), {})
NOBODY_RESTS = quiet_days().clear()
# A Tuesday in May, when the source is known for 128 days.
NUMBER = 128
DAY = FIRST_DAY + timedelta(NUMBER)


def write(connection, simulated, tolerances=EVERYONES):
    values, days = simulated
    with registered(connection, measured_values=values, measured_days=days):
        write_measures(connection, tolerances, quiet_days())


def findings(connection):
    """Every warning and every block of the whole series."""
    return connection.execute(
        """
        select
            measured_on,
            measure,
            coalesce(measured < error_low or measured > error_high, false) as is_implausible
        from source_measures
        where measured < warn_low or measured > warn_high
        order by all
        """
    ).fetchall()


def failed(connection, name, on=DAY):
    values = {"run_id": "run-1", "sources": [], "written_by": "run-1"}
    values["checked_at"] = datetime.combine(on, time(6), UTC)
    results = run_check(connection, read_check(FOLDER / f"{name}.sql"), values)
    return [result for result in results if not result.is_passed]


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_normal_year_blocks_nothing_and_warns_twice_at_most(connection, seed):
    write(connection, simulate(seed, 365))

    found = findings(connection)

    assert [each for each in found if each[2]] == []
    assert len(found) <= 2


FAULTS = [
    pytest.param(Day(volume=0), "volume_is_plausible", id="nothing came"),
    pytest.param(Day(volume=0), "volume_is_usual", id="nothing came, told as a warning too"),
    pytest.param(Day(volume=0.3), "volume_is_usual", id="volume fell by 70 percent"),
    pytest.param(Day(volume=3), "volume_is_usual", id="three times as many"),
    pytest.param(Day(volume=12), "volume_is_plausible", id="twelve times as many"),
    pytest.param(Day(day_before=0), "calendar_has_no_gaps", id="a weekday is missing"),
    *(
        pytest.param(Day(filled=((field, 0.0),)), "field_fill_is_usual", id=f"no {field}")
        for field in ("published_date", "headline", "subhead", "section", "dateline_place")
    ),
    *(
        pytest.param(Day(filled=((field, 0.0),)), "field_fill_is_usual", id=f"no {field}")
        for field in ("agency", "byline", "language_code")
    ),
    pytest.param(
        Day(filled=(("headline", 0.0),)), "field_fill_is_plausible", id="no headline blocks"
    ),
    pytest.param(
        Day(filled=(("byline", 0.9),)), "field_fill_is_usual", id="everything has a byline"
    ),
    pytest.param(Day(unattributed=0.44), "attribution_is_usual", id="unattributed share doubled"),
    pytest.param(Day(unattributed=0.85), "attribution_is_plausible", id="speakers are gone"),
    pytest.param(Day(unknown_block=0.3), "unknown_blocks_are_usual", id="a part is unknown"),
    pytest.param(Day(unknown_block=0.8), "unknown_blocks_are_plausible", id="most is unknown"),
    pytest.param(Day(unknown_country=0.35), "unknown_countries_are_usual", id="open countries"),
    pytest.param(Day(unknown_country=0.8), "unknown_countries_are_plausible", id="most are open"),
    pytest.param(Day(quotes=0.6), "quotes_per_article_are_usual", id="few quotes"),
    pytest.param(Day(quotes=0.02), "quotes_per_article_are_plausible", id="no quotes"),
    pytest.param(Day(quotes=14), "quotes_per_article_are_usual", id="quotes everywhere"),
    pytest.param(Day(new_speaker=0.95), "new_speakers_are_usual", id="nobody is known"),
    pytest.param(Day(new_layout=0.7), "layouts_are_usual", id="a new layout"),
    pytest.param(Day(copies=0.7), "copies_are_usual", id="copies"),
    pytest.param(Day(copies=0.97), "copies_are_plausible", id="nothing but copies"),
    pytest.param(Day(edited=0.3), "edits_are_usual", id="known pages changed"),
    pytest.param(Day(edited=0.6), "edits_are_plausible", id="the archive was rewritten"),
]


@pytest.mark.parametrize(("fault", "check"), FAULTS)
def test_a_planted_fault_is_found_within_the_day_by_its_check(connection, fault, check):
    write(connection, simulate(21, NUMBER))
    assert failed(connection, check) == []

    write(connection, simulate(21, NUMBER + 1, {NUMBER: fault}))

    (result,) = failed(connection, check)
    (row,) = json.loads(result.sample)
    assert result.source == "gazette"
    assert (row["measured"], row["threshold"]) == (result.measured, result.threshold)
    assert row["cause"] == "the pages changed"


def test_a_fault_is_found_by_no_check_of_another_measure(connection):
    write(connection, simulate(21, NUMBER + 1, {NUMBER: Day(filled=(("agency", 0.0),))}))

    assert {measure for on, measure, _ in findings(connection) if on == DAY} == {
        "agency_filled_share"
    }


def test_a_change_of_the_rules_is_told_from_one_of_the_pages(connection):
    changed = Day(unattributed=0.6, rules="rules-2")
    later = NUMBER + 20
    write(connection, simulate(21, NUMBER + 1, {NUMBER: changed}))
    (result,) = failed(connection, "attribution_is_usual")
    assert json.loads(result.sample)[0]["cause"] == "the rules changed"

    planted = dict.fromkeys(range(NUMBER, later + 1), changed)
    write(connection, simulate(21, later + 1, planted))
    assert failed(connection, "attribution_is_usual") == []

    worse = Day(unattributed=0.95, rules="rules-2")
    write(connection, simulate(21, later + 1, planted | {later: worse}))
    (result,) = failed(connection, "attribution_is_usual", FIRST_DAY + timedelta(later))
    assert json.loads(result.sample)[0]["cause"] == "the pages changed"


def test_a_new_source_is_learnt_before_it_is_judged(connection):
    collapsed = Day(volume=0.05, filled=(("headline", 0.0),))
    write(connection, simulate(21, 13, {12: collapsed}))

    assert connection.execute("select count(*) from rpt_newest_measures").fetchall() == [(0,)]
    assert findings(connection) == []


def test_holidays_and_short_days_are_quiet(connection):
    values, days = simulate(21, 200)
    runs = pl.when(pl.col("measured_on") < DAY).then(3).otherwise(1).cast(pl.Int64)
    write(connection, (values, days.with_columns(run_count=runs)))

    quiet = connection.execute(
        "select measured_on, warn_low, warn_high is not null from source_measures "
        "where measure = 'new_articles' and is_quiet order by measured_on"
    ).fetchall()
    short = [DAY + timedelta(shift) for shift in range(14)]
    assert {on for on, *_ in quiet} >= {date(2023, 7, 4), date(2023, 7, 5), *short}
    assert all(low is None and has_high for on, low, has_high in quiet if on > date(2023, 3, 1))


def test_a_source_may_have_a_tolerance_of_its_own(connection):
    own = Tolerance("agency_filled_share", "low", "share", 14, warn_spreads=5, warn_floor=0.69)
    fault = {NUMBER: Day(filled=(("agency", 0.2),))}
    write(connection, simulate(21, NUMBER + 1, fault))
    assert failed(connection, "field_fill_is_usual")

    tolerances = tolerance_frame(read_tolerances(), {"gazette": [own]})
    write(connection, simulate(21, NUMBER + 1, fault), tolerances)

    assert failed(connection, "field_fill_is_usual") == []


def test_what_is_written_keeps_its_contract(connection):
    write(connection, simulate(21, NUMBER))
    written = connection.sql("from source_measures").pl()

    verdict = judge(written, CONTRACTS["source_measures"])

    assert verdict.quarantined.height == 0
    assert verdict.accepted.height == written.height > 2000


@pytest.mark.parametrize(
    ("silent_days", "is_fresh"), [(3, True), (7, True), (8, False), (40, False)]
)
def test_a_source_is_fresh_as_long_as_it_is_used_to_be(connection, silent_days, is_fresh):
    days = (
        {"measured_on": FIRST_DAY + timedelta(number)}
        for number in range(NUMBER)
        if (FIRST_DAY + timedelta(number)).weekday() < 5
    )
    insert(connection, "source_measures", *days)
    (last,) = connection.execute("select max(measured_on) from source_measures").fetchall()[0]

    stale = failed(connection, "sources_are_fresh", last + timedelta(silent_days))

    assert (stale == []) == is_fresh


TODAY, EARLIER = SEEN_AT.date(), SEEN_AT - timedelta(1)
FACTS = {
    "runs": [{"run_id": "run-0", "started_at": EARLIER}, {}],
    "dispositions": [
        {"run_id": run_id, "unit_kind": "page", "unit_id": url, "disposition": end, "reason": end}
        for run_id, url, end in (
            ("run-0", "http://example.org/1", "fetched"),
            ("run-0", "http://example.org/3", "fetched"),
            ("run-1", "http://example.org/1", "fetched"),
            ("run-1", "http://example.org/2", "fetched"),
            ("run-1", "http://example.org/3", "not_modified"),
        )
    ],
    # The first article was known and is changed; the second is new, and a copy of the third.
    "articles": [
        {},
        {
            "article_id": "article-2",
            "capture_id": "capture-2",
            "headline": None,
            "published_date": date(2007, 5, 24),
            "copy_cluster_id": "article-2",
        },
        {
            "article_id": "article-3",
            "capture_id": "capture-3",
            "captured_at": EARLIER,
            "copy_cluster_id": "article-2",
        },
    ],
    "article_versions": [{"captured_at": EARLIER}],
    "captures": [
        {},
        {"capture_id": "capture-2"},
        {"capture_id": "capture-3", "captured_at": EARLIER},
    ],
    "blocks": [
        {},
        {"capture_id": "capture-2", "label": "unknown", "character_count": 18},
        {"capture_id": "capture-3"},
    ],
    "quotes": [
        {},
        {"quote_id": "quote-2", "speaker_id": None},
        {"quote_id": "quote-3", "article_id": "article-3"},
        {"quote_id": "quote-4", "article_id": "article-2", "speaker_id": "speaker-2"},
    ],
    "country_mentions": [{}, {"country_mention_id": "country-2", "country_code": None}],
}


@pytest.fixture
def facts(connection):
    for table, rows in FACTS.items():
        insert(connection, table, *rows)
    return connection


def measured(connection, on=TODAY):
    return {
        measure: (value, count)
        for measure, value, count in connection.execute(
            "select measure, measured, judged_count from source_measures "
            "where source = 'sample' and measured_on = ?",
            [on],
        ).fetchall()
    }


def test_measures_come_from_the_rows_of_the_warehouse(facts):
    measure_sources(facts, EVERYONES, NOBODY_RESTS)

    found = measured(facts)
    shares = {name: value for name, value in found.items() if not name.endswith("_filled_share")}
    assert shares == {
        "new_articles": (1, 1),
        "articles_of_the_day_before": (1, 1),
        "quotes_per_article": (1.5, 2),
        "unattributed_share": (pytest.approx(1 / 3), 3),
        "new_speaker_share": (0.5, 2),
        "unknown_country_share": (0.5, 2),
        "unknown_block_share": (0.25, 2),
        "new_layout_share": (0.5, 2),
        "copy_share": (1.0, 1),
        "edited_share": (0.5, 2),
    }
    assert found["headline_filled_share"] == (0.5, 2)
    assert found["byline_filled_share"] == (0.0, 2)
    assert measured(facts, EARLIER.date())["new_articles"] == (2, 2)


def test_measuring_again_changes_nothing(facts):
    measure_sources(facts, EVERYONES, NOBODY_RESTS)
    before = table_digests(facts)["source_measures"]

    measure_sources(facts, EVERYONES, NOBODY_RESTS)

    assert table_digests(facts)["source_measures"] == before


def test_what_is_no_longer_so_goes(facts):
    measure_sources(facts, EVERYONES, NOBODY_RESTS)
    facts.execute("delete from quotes")

    measure_sources(facts, EVERYONES, NOBODY_RESTS)

    assert "unattributed_share" not in measured(facts)
    assert measured(facts)["quotes_per_article"] == (0, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "update runs set since = date '2007-05-01' where run_id = 'run-1'",
        (
            "update dispositions set disposition = 'deferred', reason = 'limit_reached' "
            "where run_id = 'run-1' and unit_id like '%3'"
        ),
        "update dispositions set disposition = 'failed' where run_id = 'run-1'",
    ],
    ids=["a window", "a limited number of pages", "no answer"],
)
def test_a_run_that_did_not_read_the_source_as_usual_measures_no_day(facts, statement):
    facts.execute(statement)

    measure_sources(facts, EVERYONES, NOBODY_RESTS)

    assert measured(facts) == {}
    assert measured(facts, EARLIER.date())


def test_every_measure_has_a_tolerance_and_every_tolerance_a_measure(facts):
    measure_sources(facts, EVERYONES, NOBODY_RESTS)

    assert set(measured(facts)) == set(EVERYONES["measure"])


def test_tolerance_for_what_nobody_measures_is_refused():
    own = Tolerance("commas", "low", "share", 14, warn_spreads=5, warn_floor=0.1)

    with pytest.raises(BadConfiguration, match=r"source gazette: .* commas"):
        tolerance_frame(read_tolerances(), {"gazette": [own]})


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("copy_share,up,share,14,5,0.3,,", "row 1: expected a side"),
        ("copy_share,high,share,14,five,0.3,,", "row 1: expected numbers"),
    ],
)
def test_tolerances_that_cannot_be_read_are_named(tmp_path, row, complaint):
    file = tmp_path / "tolerances.csv"
    header = "measure,side,kind,least_days,warn_spreads,warn_floor,error_spreads,error_floor"
    file.write_text(f"# what they are\n{header}\n{row}\n")

    with pytest.raises(BadConfiguration, match=complaint):
        read_tolerances(file)
