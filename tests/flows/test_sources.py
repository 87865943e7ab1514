"""The archives on the command line: what is declared, what a handful of pages yield, a new one."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks import source_new
from tasks.sources import SOURCES


def test_every_source_is_listed(desk, capsys):
    assert desk.run("sources", "list", "--json") == 0

    rows = json.loads(capsys.readouterr().out)["sources"]
    assert [row["source"] for row in rows] == list(SOURCES)
    assert {row["last_verified"] for row in rows if row["source"] != "sample"} == {"never"}


def test_check_shows_what_would_be_extracted_and_keeps_nothing(desk, archive, capsys):
    assert desk.run("sources", "check", "sample", "--json") == 0

    pages = json.loads(capsys.readouterr().out)["pages"]
    assert len(pages) == 3
    assert all(row["outcome"] == "read" and row["headline"] for row in pages)
    assert not (desk.data / "captures").exists()


def test_a_source_without_a_contact_is_not_asked(desk, archive, monkeypatch, capsys):
    monkeypatch.setitem(SOURCES, "sample", replace(SOURCES["sample"], contact=""))

    assert desk.run("sources", "check", "sample") == 78

    assert "contact" in capsys.readouterr().err


def test_whoever_runs_this_is_named_where_the_source_names_nobody(desk, archive, monkeypatch):
    monkeypatch.setitem(SOURCES, "sample", replace(SOURCES["sample"], contact=""))
    monkeypatch.setenv("ONRECORD_CONTACT", "desk@example.org")

    assert desk.run("sources", "check", "sample") == 0


def test_a_long_fetch_is_not_begun_where_nobody_can_be_asked(desk, archive, monkeypatch, capsys):
    slow = replace(SOURCES["sample"], pause=timedelta(milliseconds=1))
    monkeypatch.setitem(SOURCES, "sample", slow)
    monkeypatch.setattr("tasks.estimate.ASK_ABOVE", timedelta(0))

    assert desk.run("ingest", "sample") != 0

    assert "say --yes to go ahead" in " ".join(capsys.readouterr().err.split())


def test_a_new_source_is_a_module_that_declares_one(desk, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(source_new, "FOLDER", tmp_path)
    words = ["--host", "news.example.org", "--title", "Harbour News", "--contact", "a@example.org"]

    assert desk.run("sources", "new", "harbour_news", *words) == 0

    path = tmp_path / "harbour_news.py"
    module = importlib.util.module_from_spec(
        spec := importlib.util.spec_from_file_location("x", path)
    )
    spec.loader.exec_module(module)
    assert module.HARBOUR_NEWS.hosts == ("news.example.org",)
    assert "sources check harbour_news" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "host"),
    [
        pytest.param("../evil", "news.example.org", id="a name that is a path"),
        pytest.param("news", "not a host", id="no host"),
    ],
)
def test_a_new_source_that_cannot_be_is_refused(desk, name, host):
    words = ["--host", host, "--title", "x", "--contact", "a@example.org"]

    assert desk.run("sources", "new", name, *words) == 64
