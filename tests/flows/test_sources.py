"""The archives on the command line: what is declared, what a handful of pages yield, a new one."""

from __future__ import annotations

import ast
import importlib.util
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tasks import source_new
from tasks.sources import SOURCES
from tests.fault_server import NO_ROBOTS, FaultServer, answer


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


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of sources as it is, to write into."""
    copy = tmp_path / "sources"
    copy.mkdir()
    (copy / "__init__.py").write_text((source_new.FOLDER / "__init__.py").read_text("utf-8"))
    monkeypatch.setattr(source_new, "FOLDER", copy)
    return copy


def declared(path, name):
    spec = importlib.util.spec_from_file_location("x", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


WORDS = ["--title", 'Harbour "News"', "--contact", "a@example.org"]


def test_a_new_source_is_declared_and_stands_in_the_list(desk, folder, capsys):
    words = ["--host", "news.example.org", "--index", "/{day:%Y}/{day:%m}/", "--feed", "/rss.xml"]

    assert desk.run("sources", "new", "harbour_news", *words, *WORDS) == 0

    source = declared(folder / "harbour_news.py", "HARBOUR_NEWS")
    assert [(each.kind, each.url) for each in source.listings] == [
        ("feed", "https://news.example.org/rss.xml"),
        ("index", "https://news.example.org/{day:%Y}/{day:%m}/"),
    ]
    assert (source.hosts, source.title, source.is_enabled) == (
        ("news.example.org",),
        "Harbour 'News'",
        False,
    )
    text = (folder / "__init__.py").read_text("utf-8")
    assert ast.parse(text)
    imports = [line for line in text.splitlines() if line.startswith("from tasks.sources.")]
    assert "from tasks.sources.harbour_news import HARBOUR_NEWS" in imports
    assert imports == sorted(imports)
    assert '    "harbour_news": HARBOUR_NEWS,\n}' in text
    assert "sources check harbour_news" in capsys.readouterr().out


def test_a_new_source_works_at_once(desk, folder, monkeypatch, capsys):
    """Its module as written, met by a site of the commonest form."""
    assert desk.run("sources", "new", "harbour", "--host", "press.example.org", *WORDS) == 0
    source = declared(folder / "harbour.py", "HARBOUR")
    story = (
        "<html><body><h1 class='entry-title'>Ferry Returns</h1><div class='entry-content'>"
        "<p>“The ferry is back,” said Maria Okello, minister of ports of Kenya.</p>"
        "<p>It runs to Tanzania twice a day, and once on Sundays.</p></div></body></html>"
    ).encode()

    def script(asked):
        sitemap = f"<urlset><url><loc>http://{server.host}/ferry</loc></url></urlset>".encode()
        pages = {"/sitemap.xml": answer(sitemap, kind="text/xml"), "/ferry": answer(story)}
        return [pages.get(asked.path, NO_ROBOTS)]

    with FaultServer(script) as server:
        here = tuple(
            replace(each, url=each.url.replace("https://press.example.org", server.url("")))
            for each in source.listings
        )
        hosts = {"hosts": (server.host,), "private_hosts": (server.host,)}
        near = replace(source, **hosts, listings=here, pause=timedelta(0))
        monkeypatch.setitem(SOURCES, "harbour", near)
        capsys.readouterr()
        assert desk.run("sources", "check", "harbour", "--json") == 0

    shown = json.loads(capsys.readouterr().out)
    (page,) = shown["pages"]
    assert [row["pages"] for row in shown["listings"]] == [1]
    assert (page["headline"], page["layout"], page["its_speaker"], page["countries"]) == (
        "Ferry Returns",
        "declared:wordpress",
        "Maria Okello",
        ["KE", "TZ"],
    )


def test_a_look_at_a_listing_that_lists_nothing_says_where_to_look(
    desk, archive, monkeypatch, capsys
):
    sample = SOURCES["sample"]
    blind = tuple(replace(each, page_pattern="nothing") for each in sample.listings)
    monkeypatch.setitem(SOURCES, "sample", replace(sample, listings=blind))

    assert desk.run("sources", "check", "sample") == 69

    assert "look at page_pattern" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("../evil", [], id="a name that is a path"),
        pytest.param("class", [], id="a name that is a word of Python"),
        pytest.param("news", ["--host", "not a host"], id="no host"),
        pytest.param("news", ["--host", "https://news.example.org"], id="an address as host"),
        pytest.param("news", ["--contact", " "], id="nobody to reach"),
        pytest.param("news", ["--feed", "rss.xml"], id="no path"),
        pytest.param("news", ["--feed", '/a"b'], id="a mark in a path"),
        pytest.param("news", ["--index", "/{year}/"], id="a field that nothing fills"),
        pytest.param("news", ["--index", "/{day:%Y/"], id="a field that does not end"),
    ],
)
def test_a_new_source_that_cannot_be_is_refused(desk, folder, name, words):
    usual = ["--host", "news.example.org", *WORDS]

    assert desk.run("sources", "new", name, *usual, *words) == 64
    assert [path.name for path in folder.iterdir()] == ["__init__.py"]


def test_a_source_is_not_written_over(desk, folder, capsys):
    usual = ["--host", "news.example.org", *WORDS]
    assert desk.run("sources", "new", "news", *usual) == 0
    before = [path.read_text("utf-8") for path in sorted(folder.iterdir())]

    assert desk.run("sources", "new", "news", *usual) == 73

    assert [path.read_text("utf-8") for path in sorted(folder.iterdir())] == before
