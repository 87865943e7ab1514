"""The whole way, once through and again: real HTTP, real WARC files, real DuckDB, real Prefect."""

from __future__ import annotations

import json
import shutil

import pytest

import onrecord
from tests.flows.desk import Desk, declared_archive
from tests.flows.saved import page_saved_as_text


@pytest.fixture(scope="module")
def sample():
    """One port for all the runs of this file: a page keeps its address from run to run."""
    with pytest.MonkeyPatch.context() as patch:
        yield declared_archive(patch)


def ingested(sample, folder, before=None, revision=1):
    """A data directory after one more run; the one before it stays as it is."""
    desk = Desk(folder / "data")
    if before is not None:
        shutil.copytree(before.data, desk.data)
    with sample.serve(revision):
        assert desk.run("ingest", "sample") == 0
    return desk


@pytest.fixture(scope="module")
def once(sample, tmp_path_factory):
    return ingested(sample, tmp_path_factory.mktemp("once"))


@pytest.fixture(scope="module")
def twice(sample, once, tmp_path_factory):
    return ingested(sample, tmp_path_factory.mktemp("twice"), once)


@pytest.fixture(scope="module")
def corrected(sample, twice, tmp_path_factory):
    """After a third run, which found pages that say other words."""
    return ingested(sample, tmp_path_factory.mktemp("corrected"), twice, revision=2)


def test_the_sample_archive_is_published_and_the_ledger_adds_up(once):
    ends = once.rows(
        "select unit_kind, disposition, count(*)::int as units from dispositions group by all"
    )
    units = {(row["unit_kind"], row["disposition"]): row["units"] for row in ends}
    (run,) = once.rows("select * from runs")
    fetched = units["page", "fetched"]
    assert fetched + units["page", "refused"] == run["page_count"]
    assert fetched == units["capture", "parsed"] + units["capture", "page_quarantined"]
    assert once.rows("select count(*)::int as articles from articles") == [
        {"articles": units["capture", "parsed"]}
    ]
    assert (once.data / "report.html").stat().st_size > 10_000


def test_a_second_run_adds_its_own_rows_and_changes_no_other_table(once, twice):
    first = once.digests()
    changed = {table for table, digest in twice.digests().items() if digest != first[table]}
    assert changed == {"runs", "dispositions", "check_results", "source_measures"}


def test_rebuild_gives_the_same_rows_in_every_table(twice, tmp_path):
    rebuilt = Desk(shutil.copytree(twice.data, tmp_path / "data"))
    (rebuilt.data / "working.duckdb").unlink()

    assert rebuilt.run("rebuild") == 0

    assert rebuilt.digests() == twice.digests()


def test_a_corrected_page_becomes_a_version(corrected):
    versions = corrected.rows(
        "select articles.url, article_versions.differences from article_versions "
        "inner join articles using (article_id)"
    )
    assert versions
    assert all(row["differences"] for row in versions)


def test_a_person_sees_word_by_word_what_was_corrected_and_when(corrected, capsys):
    (changed, *_) = corrected.rows("select article_id from article_versions order by article_id")

    assert corrected.run("trace", changed["article_id"], "--json") == 0

    old, new = json.loads(capsys.readouterr().out)["versions"]
    assert (old["version_number"], old["changes"], new["version_number"]) == (1, [], 2)
    assert any("[-" in change or "{+" in change for change in new["changes"])
    assert old["first_seen_at"] < old["last_seen_at"] < new["first_seen_at"]
    assert corrected.run("trace", changed["article_id"]) == 0
    assert "version 2, seen " in capsys.readouterr().out


def test_saved_pages_of_every_kind_end_in_one_disposition_each(desk, tmp_path, capsys):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "one.txt").write_text(page_saved_as_text("Ghana"), encoding="utf-8")
    (pages / "same.txt").write_text(page_saved_as_text("Ghana"), encoding="utf-8")
    (pages / "two.html").write_text(
        "<html><body><h1>Ports reopen</h1><p>ACCRA -- The ports of Ghana opened again on "
        "Monday, the harbour master said, after a strike of nine days that had kept forty "
        "ships at anchor and filled the sheds.</p></body></html>",
        encoding="utf-8",
    )
    (pages / "lines.jsonl").write_text('{"id": "1", "text": "x"}\nnot json\n', encoding="utf-8")
    (pages / "picture.png").write_bytes(b"\x89PNG")
    (pages / "broken.warc.gz").write_bytes(b"\x1f\x8bnothing")

    assert desk.run("ingest", "--from", pages) == 0

    ends = desk.rows(
        "select disposition, reason, count(*)::int as pages from dispositions "
        "where unit_kind = 'page' group by all order by all"
    )
    assert [tuple(row.values()) for row in ends] == [
        ("failed", "broken_warc", 1),
        ("failed", "not_a_page", 2),
        ("fetched", "read_from_file", 3),
        ("not_modified", "same_body", 1),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["ingest"], 64, "name sources", id="nothing to ingest"),
        pytest.param(["ingest", "atlantis"], 64, "no such source", id="an unknown source"),
        pytest.param(["ingest", "--from", "nowhere"], 66, "no such file", id="a missing path"),
        pytest.param(
            ["ingest", "sample", "--since", "2009-01-01", "--until", "2008-01-01"],
            64,
            "Turn them round",
            id="dates the wrong way round",
        ),
        pytest.param(["sql", "select 1"], 69, "nothing is published", id="nothing published"),
        pytest.param(["trace", "0" * 32], 69, "nothing is published", id="nothing to trace"),
        pytest.param(["rebuild"], 66, "no journal", id="nothing to rebuild"),
        pytest.param(["quarantine", "show", "ff"], 66, "expected one id", id="an unknown id"),
    ],
)
def test_bad_input_is_named_with_its_exit_code(desk, capsys, arguments, code, says):
    assert desk.run(*arguments) == code

    assert says in " ".join(capsys.readouterr().err.split())


def test_an_empty_folder_is_named(desk, tmp_path, capsys):
    (tmp_path / "empty").mkdir()

    assert desk.run("ingest", "--from", tmp_path / "empty") == 66

    assert "found an empty folder" in capsys.readouterr().err


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")

    assert onrecord.run(["--data", str(tmp_path / "file" / "data"), "ingest", "sample"]) == 73

    assert "cannot be" in capsys.readouterr().err


@pytest.mark.faults
def test_a_backfill_goes_through_windows_that_hold_no_page(desk, archive):
    window = ["--since", "2007-05-01", "--until", "2007-07-15"]

    assert desk.run("backfill", "sample", *window) == 0

    runs = desk.rows("select flow, since::varchar as since, page_count from runs order by run_id")
    assert [(row["flow"], row["since"]) for row in runs] == [
        ("backfill", "2007-05-01"),
        ("backfill", "2007-06-01"),
        ("backfill", "2007-07-02"),
    ]
    assert runs[0]["page_count"] > 0 == runs[2]["page_count"]
    assert desk.rows("select * from incidents where check_name = 'sources_give_pages'") == []
