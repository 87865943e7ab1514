"""A replay shows what it would change and why, is agreed to as a whole, and survives kills."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from flows.rebuild import rebuild
from schemas import contract as contracts
from schemas.articles import Articles
from schemas.catalogue import FACT_TABLES
from schemas.errors import Unavailable, WarehouseBusy
from schemas.rule import Rule
from tasks import replay_folder, versions
from tasks.extractors.article import extract
from tasks.journal import RUN_STARTED, Journal, read_journal
from tasks.settings import Settings
from tests.flows.saved import page_saved_as_text
from tests.replay.runs import ingest, replay, rows
from warehouse.publish import newest_generation


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Two saved pages, ingested and published."""
    folder = tmp_path_factory.mktemp("replay")
    pages = folder / "pages"
    pages.mkdir()
    (pages / "togo.txt").write_text(page_saved_as_text("Togo"), encoding="utf-8")
    (pages / "ghana.txt").write_text(page_saved_as_text("Ghana", "14 June 2006"), encoding="utf-8")
    ingest(folder / "data", pages)
    return folder / "data"


@pytest.fixture
def data(once, tmp_path):
    return shutil.copytree(once, tmp_path / "data")


def everything(data):
    """What readers and other runs see."""
    return (
        newest_generation(data).number,
        [path.name for path in sorted((data / "journal").iterdir())],
        (data / "working.duckdb").read_bytes(),
    )


def changes(replayed):
    return {
        (row["table_name"], row["field"], row["change"]): row["cause"]
        for row in replayed.summary.changes
    }


def facts(data):
    """All rows of all facts. A rebuild reads with today's rules from the first run on, so which
    run wrote the present content is the one thing that differs."""
    return {
        table: sorted(map(repr, rows(data, f"select * exclude (run_id) from {table}")))  # noqa: S608
        for table in FACT_TABLES
    }


@pytest.fixture
def other_rules(monkeypatch):
    """Says that the named kinds of rules are others than when the pages were ingested."""

    def change(*kinds):
        parts = {
            kind: {**known, "tests/changed": "2"} if kind in kinds else known
            for kind, known in versions.rule_parts().items()
        }
        for module in ("flows.session", "flows.replay", "flows.finish"):
            monkeypatch.setattr(f"{module}.rule_versions", lambda: versions.versions_of(parts))
        monkeypatch.setattr("flows.session.rule_parts", lambda: parts)

    return change


@pytest.fixture
def no_subheads(monkeypatch, other_rules):
    """A parser that reads no subheads."""

    def without(*page):
        found = extract(*page)
        return replace(found, document=replace(found.document, subhead=None))

    monkeypatch.setattr("tasks.extract.extract", without)
    other_rules("parser")


@pytest.fixture
def no_togo(monkeypatch, other_rules):
    """A contract that refuses the article on Togo."""
    rule = Rule(
        name="headline_is_of_ghana",
        column="headline",
        passes=pl.col("headline").str.contains("Ghana"),
        says="The headline names Ghana.",
        broken_by={"headline": "Togo"},
    )
    known = Articles.rules()
    cached = (contracts.checked_rules, contracts.row_rules, contracts.lone_rules)
    monkeypatch.setattr(Articles, "rules", classmethod(lambda _cls: (*known, rule)))
    for each in cached:
        each.cache_clear()
    other_rules("contract")
    yield
    for each in cached:
        each.cache_clear()


def test_under_the_same_rules_nothing_changes(data):
    before = newest_generation(data).digests

    replayed = replay(data)

    assert (replayed.is_published, replayed.summary.changes) == (True, ())
    after = newest_generation(data).digests
    differing = {name for name in after if after[name] != before[name]}
    assert differing == {"runs", "dispositions", "check_results"}
    assert rows(
        data,
        "select distinct reason from dispositions where unit_kind = 'capture' order by reason",
    ) == [{"reason": "read"}, {"reason": "read_again"}]


@pytest.mark.usefixtures("no_subheads")
def test_another_parser_is_shown_and_nothing_changes_until_somebody_agrees(data):
    before = everything(data)

    replayed = replay(data, agrees=False)

    assert not replayed.is_published
    assert changes(replayed)["articles", "subhead", "changed"] == "parser"
    (row,) = (each for each in replayed.summary.changes if each["field"] == "subhead")
    assert (row["row_count"], row["because"]) == (2, ["tests/changed"])
    assert everything(data) == before
    assert not (data / "replay").exists()


@pytest.mark.usefixtures("no_subheads")
def test_what_was_agreed_to_is_published_with_its_causes(data):
    replayed = replay(data)

    assert replayed.summary.generation == 2
    assert rows(data, "select distinct subhead from articles") == [{"subhead": None}]
    (change,) = rows(data, "select cause, row_count from changes where field = 'subhead'")
    assert change == {"cause": "parser", "row_count": 2}
    assert rows(data, "select flow from runs order by started_at") == [
        {"flow": "ingest"},
        {"flow": "replay"},
    ]


@pytest.mark.faults
@pytest.mark.usefixtures("no_subheads")
def test_a_rebuild_gives_what_the_replay_gave(data):
    replay(data)
    before = facts(data)

    rebuild(Settings(data))

    assert facts(data) == before


@pytest.mark.usefixtures("no_subheads")
def test_only_what_was_published_from_a_day_on_is_read(data):
    replayed = replay(data, since=date(2006, 6, 13))

    assert replayed.summary.captures == {"parsed": 1}
    (row,) = (each for each in replayed.summary.changes if each["field"] == "subhead")
    assert row["row_count"] == 1


def test_a_source_that_keeps_nothing_replays_nothing(data):
    assert replay(data, "sample").summary.captures == {}


@pytest.mark.usefixtures("no_togo")
def test_a_stricter_contract_takes_the_article_into_quarantine_with_its_facts(data):
    replayed = replay(data)

    assert replayed.is_published
    assert set(changes(replayed).values()) == {"contract"}
    assert changes(replayed)["articles", "", "removed"] == "contract"
    assert rows(data, "select headline from articles") == [
        {"headline": "Ghana Reopens Its Ports After Nine Days"}
    ]
    (refused,) = rows(data, "select * from quarantine where table_name = 'articles'")
    assert refused["reasons"] == ["headline_is_of_ghana"]
    (left,) = rows(data, "select count(distinct article_id)::int as count from quotes")
    assert left == {"count": 1}
    assert rows(data, "select * from speakers anti join quotes using (speaker_id)") == []


@pytest.mark.faults
@pytest.mark.usefixtures("no_togo")
def test_a_rebuild_keeps_out_what_the_replay_took_out(data):
    replay(data)
    before = facts(data)

    rebuild(Settings(data))

    assert facts(data) == before


def test_a_correction_is_the_cause_it_is(data):
    (article,) = rows(data, "select capture_id, headline from articles where headline like 'Togo%'")
    (data / "corrections.csv").write_text(
        "capture_id,table,field,read_as,should_be,because\n"
        f"{article['capture_id']},articles,section,Ports and Trade,Trade,the page was moved\n",
        encoding="utf-8",
    )

    replayed = replay(data)

    assert changes(replayed) == {("articles", "section", "changed"): "correction"}
    (row,) = replayed.summary.changes
    (because,) = row["because"]
    assert because == (
        f"{article['capture_id']}: articles.section: “Ports and Trade” is “Trade”, "
        "because the page was moved"
    )


def test_nothing_is_replayed_where_nothing_was_ever_read(tmp_path):
    with pytest.raises(Unavailable, match="onrecord ingest"):
        replay(tmp_path / "data")


def test_a_run_that_was_cut_off_is_read_first(data):
    with Journal(data / "journal", "20990101T000000Z-0badcafe") as journal:
        journal.write(RUN_STARTED, flow="ingest", sources=[], started_at="2099-01-01T00:00:00")

    with pytest.raises(WarehouseBusy, match="20990101T000000Z-0badcafe"):
        replay(data)


class Killed(BaseException):
    """What no handler expects."""


STEPS = range(1, 6)


@pytest.mark.faults
@pytest.mark.usefixtures("no_subheads")
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_leaves_all_of_a_replay_or_nothing(data, monkeypatch, step):
    """The folder is renamed, the journal moves, the copy moves, the folder goes: killed at each."""
    _kill_at(monkeypatch, step)
    with pytest.raises(Killed):
        replay(data)
    monkeypatch.undo()

    settings = Settings(data)
    replay_folder.settle_replay(data, settings.journal, settings.working)

    told = {line["flow"] for line in read_journal(settings.journal) if line["kind"] == RUN_STARTED}
    generation = rebuild(settings)
    kept = rows(data, "select distinct flow from runs order by flow")
    assert [row["flow"] for row in kept] == sorted(told)
    assert generation.number == 2
    assert not list(data.glob("replay*"))


def _kill_at(monkeypatch, step):
    """Before the n-th flush to disk, and at every one after it."""
    flush, count = replay_folder._flush, iter(range(1, 100))  # noqa: SLF001

    def killed(path):
        if next(count) >= step:
            raise Killed
        flush(path)

    monkeypatch.setattr(replay_folder, "_flush", killed)
