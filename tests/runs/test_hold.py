"""One source is held back: its last good facts stay, the others are published, and it comes back.

Two archives that tell the same stories, so that copies and speakers reach over both.
"""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from flows.rebuild import rebuild
from flows.session import Order, Request
from tasks.serve_sample import serve
from tasks.settings import Settings
from tasks.sources import SOURCES
from tasks.sources.sample.declaration import sample_source
from tests.runs.bare import run_bare
from warehouse.publish import newest_generation
from warehouse.read import PublishedReader

pytestmark = pytest.mark.faults

FACTS = ("articles", "quotes", "country_mentions", "date_mentions", "findings", "speaker_roles")
FREE, STRICT = {"sample": 1.0, "other": 1.0}, {"sample": 1.0, "other": 0.01}


@dataclass
class Desk:
    settings: Settings
    ports: dict[str, int]

    def run(self, revision=1, sources=("sample", "other"), limits=None):
        settings = replace(self.settings, quarantine_limits=limits or FREE)
        with ExitStack() as running:
            for name in sources:
                running.enter_context(serve(self.ports[name], revision))
            return run_bare(Request(settings, Order("ingest", tuple(sources))))

    def rows(self, sql):
        with PublishedReader(self.settings.published) as reader:
            return reader.rows(sql)

    def digests(self):
        return newest_generation(self.settings.data).digests

    def facts(self, source):
        """Every fact of one source, in one order, without what another source may change."""
        found = {}
        for table in FACTS:
            rows = self.rows(
                f"select facts.*, articles.source as of from {table} as facts "  # noqa: S608 - our tables
                "inner join articles on facts.article_id = articles.article_id order by all"
            )
            kept = [row for row in rows if row["of"] == source]
            found[table] = [
                {name: value for name, value in row.items() if name != "copy_cluster_id"}
                for row in kept
            ]
        return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch) -> Desk:
    ports = {}
    with ExitStack() as open_ports:
        for name in ("sample", "other"):
            probe = open_ports.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            ports[name] = probe.getsockname()[1]
    for name, port in ports.items():
        monkeypatch.setitem(SOURCES, name, replace(sample_source(port), name=name))
    return Desk(Settings(tmp_path / "data"), ports)


def incident_of(desk):
    return desk.rows(
        "select status, source, severity from incidents where check_name = 'quarantine_is_small'"
    )


def test_a_source_is_held_back_rebuilt_so_and_released(desk):
    assert desk.run().held == {}
    before = {name: desk.facts(name) for name in ("sample", "other")}

    summary = desk.run(revision=2, limits=STRICT)

    assert (summary.status, summary.held_here) == ("completed", ("other",))
    assert summary.held == {"other": "quarantine_is_small"}
    assert desk.facts("other") == before["other"]
    assert desk.facts("sample") != before["sample"]
    assert desk.rows("select held_sources from runs order by run_id") == [
        {"held_sources": []},
        {"held_sources": ["other"]},
    ]
    assert incident_of(desk) == [{"status": "open", "source": "other", "severity": "error"}]
    held = desk.digests()

    (desk.settings.data / "working.duckdb").unlink()
    rebuild(replace(desk.settings, quarantine_limits=STRICT))
    assert desk.digests() == held
    assert not list(desk.settings.data.glob("as_of_*"))

    summary = desk.run(revision=2)

    assert summary.held == {}
    released = desk.facts("other")
    assert released != before["other"]
    assert len(released["articles"]) == len(desk.facts("sample")["articles"])
    assert incident_of(desk)[0]["status"] == "closed"


def test_a_source_that_is_held_from_the_first_has_no_facts_and_stays_held(desk):
    desk.run(limits=STRICT)
    summary = desk.run(sources=("sample",), limits=STRICT)

    assert (summary.status, summary.held_here) == ("completed", ())
    assert list(summary.held) == ["other"]
    assert desk.rows("select distinct source from articles") == [{"source": "sample"}]
    assert desk.rows("select distinct source from captures order by source") == [
        {"source": "other"},
        {"source": "sample"},
    ]
    (incident,) = incident_of(desk)
    assert incident["status"] == "open"


def test_where_all_that_a_run_brought_is_held_nothing_is_published(desk):
    desk.run(sources=("other",))
    generation = newest_generation(desk.settings.data).number

    summary = desk.run(revision=2, sources=("other",), limits=STRICT)

    assert (summary.status, summary.generation) == ("blocked", None)
    assert newest_generation(desk.settings.data).number == generation


def test_rows_that_did_not_pass_are_judged_again_by_the_next_run(desk):
    """The next run brings nothing of them, and must not let them through."""
    desk.run()
    with duckdb.connect(desk.settings.working) as connection:
        connection.execute(
            "update quotes set quote_text = 'nowhere', run_id = 'x' where quote_id = "
            "(select min(quote_id) from quotes inner join articles using (article_id) "
            "where source = 'other')"
        )
        connection.execute("insert into runs select * replace ('x' as run_id) from runs")
    journal = desk.settings.journal / "x.jsonl"
    row = {"status": "completed", "held_sources": ["other"], "sources": []}
    lines = [{"kind": "run_started", "started_at": "2999-01-01T00:00:00+00:00"}]
    lines.append({"kind": "run_finished", "row": row})
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines))

    summary = desk.run(sources=("sample",))

    assert "quote_text_stands_in_body" in summary.held["other"]
    assert desk.rows("select * from quotes where quote_text = 'nowhere'") == []
