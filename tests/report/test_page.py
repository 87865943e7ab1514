"""The report page: whole on any warehouse, deaf to hostile text, fit for phone and desk."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from tasks.report.page import render
from tasks.report.queries import QUERIES
from tasks.report.read import Report, read_report
from tasks.report.scorecard import scorecard_markdown
from warehouse.connection import open_warehouse
from warehouse.query import Limits, run_query
from warehouse.read import PublishedReader

PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "</td></tr></table><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202egnp.exe\u0000",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
)


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "onrecord.duckdb"
    open_warehouse(path).close()
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """A generation with one row of every kind the page shows."""
    path = tmp_path_factory.mktemp("report") / "onrecord.duckdb"
    connection = open_warehouse(path)
    for statement in ROWS:
        connection.execute(statement)
    connection.execute("checkpoint")
    connection.close()
    return path


ROWS = (
    """
    insert into source_measures by name
    select
        'sample' as source,
        measure,
        date '2026-01-01' - days::int as measured_on,
        if(days = 0, 0.1, 0.9) as measured,
        40 as judged_count,
        'x' as rules_digest,
        false as is_quiet,
        8 as history_count,
        days = 0 as rules_changed,
        0.9 as usual,
        0.7 as warn_low,
        0.4 as error_low
    from
        (select unnest(['headline_filled_share', 'copy_share', 'new_articles']) as measure),
        range(30) as past (days)
    """,
    """
    insert into captures by name
    select
        'c' as capture_id,
        'sample' as source,
        'http://news.example/1' as url,
        'd' as body_digest,
        1 as byte_count,
        'w' as warc_file,
        0 as warc_offset,
        'complete' as completeness,
        0 as replacement_count,
        'r' as run_id
    """,
    """
    insert into articles by name
    select
        'a' as article_id,
        'sample' as source,
        'http://news.example/1' as url,
        'news.example' as host,
        date '2007-05-25' as published_date,
        'day' as published_precision,
        'printed_date' as published_rule,
        'Ports Reopen' as headline,
        [] as agency_parents,
        [] as byline,
        'Text.' as body_text,
        1 as word_count,
        'generic' as layout,
        'a' as copy_cluster_id,
        [] as copy_signature,
        'c' as capture_id,
        'r' as run_id
    """,
    """
    insert into speakers by name
    select
        's' as speaker_id,
        'Efua Mensah' as speaker_name,
        'person' as speaker_kind,
        'r' as run_id
    """,
    """
    insert into quotes by name
    select
        'q' as quote_id,
        'a' as article_id,
        0 as position,
        '“We will clear every ship,”' as quote_text,
        0 as start_offset,
        27 as end_offset,
        'direct' as quote_kind,
        true as is_closed,
        0 as statement,
        's' as speaker_id,
        'said' as cue,
        'cue_then_name' as rule,
        0.9 as confidence,
        [] as candidates,
        'r' as run_id
    """,
    """
    insert into country_mentions by name
    select
        'm' as country_mention_id,
        'a' as article_id,
        'GH' as country_code,
        'Ghana' as mention_text,
        'name' as mention_kind,
        'text' as field,
        0 as start_offset,
        5 as end_offset,
        'country_name' as rule,
        [] as candidates,
        'r' as run_id
    """,
    """
    insert into runs by name
    select
        'r' as run_id,
        'ingest' as flow,
        ['sample'] as sources,
        timestamptz '2026-01-01 00:00:00+00' as started_at,
        timestamptz '2026-01-01 00:01:00+00' as finished_at,
        'completed' as status,
        '0.1.0' as onrecord_version,
        'x' as rules_digest,
        'x' as corrections_digest,
        1 as page_count,
        1 as capture_count,
        1 as record_count,
        0 as quarantined_count,
        1 as generation,
        [] as held_sources
    """,
    """
    insert into changes by name
    select
        'r' as run_id,
        'quotes' as table_name,
        'speaker_id' as field,
        'changed' as change,
        'vocabulary' as cause,
        3 as row_count,
        ['tasks/vocabulary/titles.csv'] as because,
        '[]' as examples
    """,
)


def page_of(database) -> str:
    with PublishedReader(database) as reader:
        return render(read_report(reader))


def poisoned(database, payload: str) -> str:
    """The page with the payload in every text of every row."""
    with PublishedReader(database) as reader:
        report = read_report(reader)
    rows = {
        field.name: [
            {name: payload if isinstance(value, str) else value for name, value in row.items()}
            for row in getattr(report, field.name)
        ]
        for field in fields(Report)
    }
    return render(Report(**rows))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(sample, payload):
    tree = LexborHTMLParser(poisoned(sample, payload))

    assert not tree.css(
        "script, iframe, base, object, embed, form, link, img, meta[http-equiv=refresh]"
    )
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
    links = [node.attributes.get("href") or "" for node in tree.css("a")]
    assert all(link.startswith(("http://", "https://", "#")) for link in links)


@pytest.mark.parametrize("name", QUERIES)
def test_the_sql_on_the_page_can_be_asked_by_anybody(sample, name):
    run_query(sample, QUERIES[name].strip(), Limits())


def test_an_empty_warehouse_has_a_page(empty):
    tree = LexborHTMLParser(page_of(empty))

    assert tree.css_first("h1") is not None
    assert tree.css_first("meta[http-equiv='Content-Security-Policy']") is not None


def test_one_article_has_a_page_that_names_it(sample):
    text = LexborHTMLParser(page_of(sample)).body.text()

    assert "Efua Mensah" in text
    assert "Ghana" in text
    assert "onrecord trace q" in text


def test_what_the_run_changed_is_told_with_its_cause(sample):
    text = LexborHTMLParser(page_of(sample)).css_first("#run").text(separator=" ")

    assert "quotes.speaker_id changed a word list or a package of names" in " ".join(text.split())
    assert "tasks/vocabulary/titles.csv" in text


def test_headings_go_down_one_step_at_a_time(sample):
    levels = [int(node.tag[1]) for node in LexborHTMLParser(page_of(sample)).css("h1, h2, h3, h4")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium: apt-get install chromium")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_it_without_sideways_scrolling(sample, tmp_path, width):
    """The page itself runs no script: a frame around it measures what it needs."""
    (tmp_path / "report.html").write_text(page_of(sample), encoding="utf-8")
    (tmp_path / "frame.html").write_text(
        f"<iframe id=f src=report.html width={width} height=800></iframe><pre id=o></pre><script>"
        "f.onload = () => { const d = f.contentDocument.documentElement;"
        "o.textContent = 'needs ' + d.scrollWidth + ' of ' + d.clientWidth; }</script>"
    )
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
    shown = subprocess.run(
        [
            "chromium",
            *flags,
            "--allow-file-access-from-files",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=5000",
            "--dump-dom",
            f"file://{tmp_path / 'frame.html'}",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout

    needs, has = map(int, re.search(r"needs (\d+) of (\d+)", shown).groups())
    assert needs <= has


def test_scores_and_what_is_unusual_are_shown_with_their_thresholds(sample):
    page = LexborHTMLParser(page_of(sample)).css_first("#scorecard").text()

    assert re.search(r"completeness\s*10%\s*worse", page)
    assert re.search(r"uniqueness\s*90%\s*better", page)
    assert re.search(r"headline_filled_share blocks\s*0\.1\s*0\.9\s*0\.7", page)
    assert "the rules changed" in page


def test_scorecard_as_an_artifact(sample):
    lines = scorecard_markdown(sample).splitlines()

    assert "| sample | completeness | 10% | worse | 2026-01-01 |" in lines
    assert "| sample | timeliness | 100% | steady | 2026-01-01 |" in lines
