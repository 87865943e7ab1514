"""Faults planted in a warehouse that a real run filled: each is found by the check meant for it.

The clean twin is the warehouse as the run left it, which passes every check.
"""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from schemas.errors import CannotWrite
from tests.flows.saved import page_saved_as_text
from tests.replay.runs import ingest
from warehouse import publish as publishing
from warehouse.checks import run_checks
from warehouse.connection import WarehouseDamaged, open_warehouse
from warehouse.migrate import MigrationMismatch
from warehouse.publish import PublicationFailed, newest_generation, publish

NOW = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    pages = folder / "pages"
    pages.mkdir()
    for country, day in (("Togo", "12"), ("Ghana", "14"), ("Benin", "15")):
        text = page_saved_as_text(country, f"{day} June 2006")
        (pages / f"{country}.txt").write_text(text, encoding="utf-8")
    misprint = page_saved_as_text("Mali", "31 June 2006")
    (pages / "misprint.txt").write_text(misprint, encoding="utf-8")
    ingest(folder / "data", pages)
    return folder / "data"


@pytest.fixture(scope="module")
def opened(filled):
    with open_warehouse(filled / "working.duckdb") as connection:
        yield connection


def broken_checks(connection):
    ((run_id,),) = connection.execute("select max(run_id) from runs").fetchall()
    results = run_checks(connection, run_id, NOW)
    return {each.check_name for each in results if not each.is_passed}


# What went wrong -> the statement that does it, and the check that must find it.
FAULTS = {
    "articles that vanished": (
        "delete from articles where article_id = (select min(article_id) from articles)",
        "articles_never_vanish",
    ),
    "quotes without their article": (
        "update quotes set article_id = repeat('f', 32)",
        "quotes_have_articles",
    ),
    "quotes without their speaker": ("delete from speakers", "quotes_have_speakers"),
    "a text changed under its quotes": (
        "update articles set body_text = 'Other words.'",
        "quote_text_stands_in_body",
    ),
    "mentions moved by one": (
        "update country_mentions set start_offset = start_offset + 1",
        "mentions_stand_in_text",
    ),
    "dates moved by one": (
        "update date_mentions set end_offset = end_offset + 1",
        "dates_stand_in_text",
    ),
    "bodies that are blank": ("update articles set body_text = ' '", "articles_have_bodies"),
    "articles without their bytes": (
        "update articles set capture_id = repeat('f', 32)",
        "articles_have_captures",
    ),
    "captures without a place": ("update captures set warc_file = ''", "captures_have_warc_places"),
    "articles read from half an answer": (
        "update captures set completeness = 'incomplete'",
        "captures_support_articles",
    ),
    "days after the capture": (
        "update articles set captured_at = published_date - interval 10 days",
        "published_not_after_capture",
    ),
    "a loaded row that is not there": ("delete from findings", "loaded_records_have_rows"),
    "a row that no run says it loaded": (
        "delete from dispositions where unit_id like 'quotes:%'",
        "rows_have_dispositions",
    ),
    "a capture that ended nowhere": (
        "delete from dispositions where unit_kind = 'capture'",
        "captures_have_dispositions",
    ),
    "a page that ended otherwise than it says": (
        """
        update pages set disposition = 'failed', reason = 'timed_out', capture_id = null,
            url = 'http://example.org/' || page_id
        """,
        "pages_have_dispositions",
    ),
    "a page that was fetched into nothing": (
        "update pages set capture_id = null",
        "fetched_pages_have_captures",
    ),
    "a run that counts wrongly": (
        "update runs set record_count = record_count + 1",
        "run_counts_add_up",
    ),
    "a refused row that was dropped": ("delete from quarantine", "quarantined_units_are_kept"),
    "a rule that lets its canary pass": (
        """
        update check_results set is_passed = false, failed_count = 1
        where check_name like 'canary:quotes.%'
        """,
        "canaries_are_refused",
    ),
    "canaries that were not shown": (
        "delete from check_results where check_name like 'canary:%'",
        "canaries_are_refused",
    ),
    "a speaker whom nobody quotes": (
        """
        insert into speakers
        from speakers select * replace (repeat('e', 32) as speaker_id) limit 1
        """,
        "speakers_are_evidenced",
    ),
    "roles of nobody": (
        """
        insert into speaker_roles by name
        select repeat('d', 32) as role_id, repeat('e', 32) as speaker_id, 'king' as title,
            article_id, run_id from articles limit 1
        """,
        "roles_have_speakers",
    ),
    "findings of no article": (
        "update findings set capture_id = repeat('f', 32)",
        "findings_have_articles",
    ),
    "clusters that lead nowhere": (
        "update articles set copy_cluster_id = repeat('0', 32)",
        "copy_clusters_agree",
    ),
    "nobody is given a quote": ("update quotes set speaker_id = null", "quotes_are_attributed"),
    "no article has a day": ("update articles set published_date = null", "articles_are_dated"),
    "blocks of a new design": ("update blocks set label = 'unknown'", "blocks_are_known"),
}


def test_the_warehouse_as_the_run_left_it_passes(opened):
    assert broken_checks(opened) == set()


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_by_the_check_meant_for_it(opened, name):
    statement, check = FAULTS[name]
    opened.execute("begin transaction")
    try:
        opened.execute(statement)
        found = broken_checks(opened)
    finally:
        opened.execute("rollback")

    assert check in found


# --- files ---------------------------------------------------------------------------------------


@pytest.fixture
def working(filled, tmp_path, opened):
    opened.execute("checkpoint")
    copy = tmp_path / "working.duckdb"
    copy.write_bytes((filled / "working.duckdb").read_bytes())
    return copy


def test_a_copy_that_is_not_what_was_copied_is_not_published(working, tmp_path, monkeypatch):
    publish(working, tmp_path)
    copy = publishing.shutil.copyfile

    def other(source, target):
        copy(source, target)
        with duckdb.connect(target) as connection:
            connection.execute("delete from quotes")

    monkeypatch.setattr(publishing.shutil, "copyfile", other)

    with pytest.raises(PublicationFailed, match="quotes"):
        publish(working, tmp_path)

    assert newest_generation(tmp_path).number == 1


def test_a_disk_that_is_full_leaves_the_generation_before(working, tmp_path, monkeypatch):
    publish(working, tmp_path)

    def full(*_paths):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(publishing.shutil, "copyfile", full)

    with pytest.raises(CannotWrite, match="No space left"):
        publish(working, tmp_path)

    assert newest_generation(tmp_path).number == 1


def test_a_file_of_other_migrations_is_not_touched(working):
    with duckdb.connect(working) as connection:
        connection.execute("update migrations set digest = 'other' where version = 1")

    with pytest.raises(MigrationMismatch):
        open_warehouse(working)


def test_a_file_that_is_cut_is_said_to_be_damaged(working):
    body = working.read_bytes()
    working.write_bytes(body[: len(body) // 8])

    with pytest.raises(WarehouseDamaged, match="onrecord rebuild"):
        open_warehouse(working)
