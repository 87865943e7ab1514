"""What is refused, what is told, what is blocked: and what mends it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from prefect.client.orchestration import get_client

from flows.assess import run_assess
from schemas.errors import Unavailable
from tasks.incidents import fold_incidents
from tasks.journal import RUN_STARTED, Journal, read_journal
from tasks.settings import read_settings
from tests.flows.saved import page_saved_as_text

CORRECTIONS = "capture_id,table,field,read_as,should_be,because\n"


@pytest.fixture
def pages(tmp_path):
    """A page, and one whose printed date cannot be."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "whole.txt").write_text(page_saved_as_text("Togo"), encoding="utf-8")
    misprint = page_saved_as_text(date="31 June 2006")
    (folder / "misprint.txt").write_text(misprint, encoding="utf-8")
    return folder


def refused(desk, capsys, *options):
    capsys.readouterr()
    assert desk.run("quarantine", "list", "--json", *options) == 0
    return json.loads(capsys.readouterr().out)["quarantine"]


def test_refused_on_monday_corrected_on_tuesday_loaded_on_tuesday(desk, pages, capsys):
    desk.run("ingest", "--from", pages)
    (article,) = (row for row in refused(desk, capsys) if row["table_name"] == "articles")
    assert article["reasons"] == ["printed_date_is_possible"]
    assert len(desk.rows("select * from articles")) == 1
    (row,) = desk.rows("select * from quarantine where table_name = 'articles'")
    assert desk.rows("select * from quarantine where record like '%31 June 2006%'")

    (desk.data / "corrections.csv").write_text(
        CORRECTIONS
        + f"{row['capture_id']},articles,published_date,,2006-06-30,June has thirty days\n"
    )
    assert desk.run("ingest", "--from", pages) == 0

    assert refused(desk, capsys) == []
    (article,) = desk.rows(
        "select published_date::varchar as day, published_rule, articles.run_id from articles "
        "inner join quarantine on articles.capture_id = quarantine.capture_id "
        "where quarantine.table_name = 'articles'"
    )
    (tuesday,) = desk.rows("select max(run_id) as run_id from runs")
    assert article == {"day": "2006-06-30", "published_rule": "correction"} | tuesday
    states = desk.rows("select distinct status, status_run_id as run_id from quarantine")
    assert states == [{"status": "released"} | tuesday]
    (counts,) = desk.rows("select count(distinct article_id)::int as articles from quotes")
    assert counts == {"articles": 2}


def lose_articles(desk):
    """What a broken load would do to the working file."""
    with duckdb.connect(desk.data / "working.duckdb") as connection:
        connection.execute(
            "delete from articles where article_id = (select min(article_id) from articles)"
        )


def test_an_incident_reaches_the_webhook_once_and_its_end_too(desk, pages, webhook, monkeypatch):
    monkeypatch.setenv("ONRECORD_ALERT_URLS", webhook.address)
    assert desk.run("ingest", "--from", pages) == 0
    lose_articles(desk)

    assert desk.run("ingest", "--from", pages) == 65
    assert desk.run("ingest", "--from", pages) == 65
    assert desk.run("rebuild") == 0
    assert desk.run("ingest", "--from", pages) == 0

    about = [m for m in webhook.messages if "articles_never_vanish" in m["title"]]
    assert [m["title"] for m in about] == [
        "[onrecord] error: articles_never_vanish (files)",
        "[onrecord] closed: articles_never_vanish (files)",
    ]
    assert "It had failed since" in about[1]["message"]
    delivered = desk.rows("select channel, is_delivered from deliveries")
    assert all(row["is_delivered"] for row in delivered)
    assert not any(webhook.address in row["channel"] for row in delivered)


def test_a_blocked_run_leaves_the_last_generation_and_its_readers_alone(desk, pages):
    desk.run("ingest", "--from", pages)
    before = (desk.generations(), desk.digests())
    lose_articles(desk)

    with (desk.data / "onrecord.duckdb").open("rb") as reader:
        assert desk.run("ingest", "--from", pages) == 65

        assert (desk.generations(), desk.digests()) == before
        assert reader.read(4096)


@pytest.mark.faults
def test_a_source_that_is_down_is_told_of_and_blocks_nothing(desk, closed_archive):
    with closed_archive.serve():
        assert desk.run("ingest", "sample") == 0

    assert desk.run("ingest", "sample") == 69

    assert len(desk.generations()) == 2
    (incident,) = desk.rows("select * from incidents where check_name = 'sources_give_pages'")
    assert (incident["status"], incident["source"]) == ("open", "sample")


@pytest.mark.faults
def test_a_channel_that_is_down_is_tried_again_by_the_next_run(desk, pages, webhook, monkeypatch):
    desk.run("ingest", "--from", pages)
    lose_articles(desk)
    monkeypatch.setenv("ONRECORD_ALERT_URLS", "json://127.0.0.1:9/closed")
    desk.run("ingest", "--from", pages)
    monkeypatch.setenv("ONRECORD_ALERT_URLS", webhook.address)

    desk.run("ingest", "--from", pages)

    titles = [message["title"] for message in webhook.messages]
    assert titles.count("[onrecord] error: articles_never_vanish (files)") == 1


def test_assess_tells_of_a_run_that_did_not_happen(desk, pages, capsys):
    desk.run("ingest", "--from", pages)
    capsys.readouterr()
    settings = read_settings({}, desk.data)

    desk.run("assess", "--json")
    late = run_assess(settings, datetime.now(UTC) + timedelta(hours=37))
    later = run_assess(settings, datetime.now(UTC) + timedelta(hours=38))

    assert json.loads(capsys.readouterr().out)["incidents"] == []
    missed = {"event": "opened", "check": "source_was_read_in_time", "source": "sample"}
    assert missed in [{name: row[name] for name in missed} for row in late.changed]
    assert later.changed == []
    assert missed["check"] in {row["check"] for row in later.failed}


def test_assess_notices_where_nothing_ever_ran_and_where_a_run_was_cut_off(desk):
    settings = read_settings({}, desk.data)
    desk.data.mkdir()
    with Journal(settings.journal, "20240301T031500Z-cut") as journal:
        journal.write(
            RUN_STARTED, flow="ingest", sources=[], started_at="2024-03-01T03:15:00+00:00"
        )

    with pytest.raises(Unavailable, match="nothing is published yet"):
        run_assess(settings)

    told = {
        (each.check_name, each.source)
        for each in fold_incidents(read_journal(settings.journal)).values()
    }
    assert ("source_was_read_in_time", "sample") in told
    assert ("runs_reach_their_end", "") in told


def test_nothing_secret_reaches_prefect(desk, pages, monkeypatch, tmp_path):
    canary = "canary-51f0"
    monkeypatch.setenv("ONRECORD_ALERT_URLS", f"json://user:{canary}@127.0.0.1:9/")
    desk.run("ingest", "--from", pages)

    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()

    assert runs
    assert not any(canary in run.model_dump_json() for run in runs)


def test_a_waived_row_rests_and_an_incident_is_acknowledged(desk, pages, capsys):
    desk.run("ingest", "--from", pages)
    (article,) = (row for row in refused(desk, capsys) if row["table_name"] == "articles")
    lose_articles(desk)
    desk.run("ingest", "--from", pages)
    (incident, *_) = json_incidents(desk, capsys)

    assert desk.run("quarantine", "waive", article["quarantine_id"], "--because", "known") == 0
    assert desk.run("incidents", "ack", incident["incident_id"], "--by", "Efua") == 0

    assert article["quarantine_id"] not in {row["quarantine_id"] for row in refused(desk, capsys)}
    assert json_incidents(desk, capsys)[0]["status"] == "acknowledged"
    assert desk.run("quarantine", "waive", article["quarantine_id"], "--because", "again") == 64


def json_incidents(desk, capsys):
    capsys.readouterr()
    desk.run("incidents", "list", "--json")
    return json.loads(capsys.readouterr().out)["incidents"]
