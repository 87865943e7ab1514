"""What `make run`, twice, has published: asked of the files as any reader would.

ONRECORD_DATA=FOLDER python -m pytest .ci/test_published.py
"""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import duckdb
import pytest

DATA = Path(os.environ["ONRECORD_DATA"])
OF_THE_RUN = {"runs", "dispositions", "check_results", "source_measures"}


@pytest.fixture(scope="module")
def ask():
    with duckdb.connect(DATA / "onrecord.duckdb", read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_every_page_ended_once(ask):
    first, second = ask("select run_id, page_count from runs order by run_id")
    assert first[1] == second[1] == 43
    ends = dict(
        ask(
            "select disposition, count(*) from dispositions where unit_kind = 'page' "
            f"and run_id = '{first[0]}' group by disposition"
        )
    )
    assert ends == {"fetched": 41, "refused": 2}
    assert ask("select count(*) from articles") == [(38,)]


def test_the_second_run_changed_no_other_table():
    before, after = (
        json.loads((DATA / "published" / name / "digests.json").read_text(encoding="utf-8"))
        for name in ("1", "2")
    )
    assert {table for table in after if before[table] != after[table]} == OF_THE_RUN


def test_a_release_is_read_whole(ask):
    assert ask(
        """
        select
            published_date, published_rule, section is null, dateline_place,
            dateline_country_code, agency, agency_parents, layout
        from articles
        where url like '%/korea-030418-ef03.htm'
        """
    ) == [
        (
            date(2003, 4, 18),
            "printed_date",
            True,
            "Tokyo",
            "JP",
            "Embassy File",
            ["Office of Public Affairs Programs", "U.S. Department of State"],
            "declared:library_preformatted",
        )
    ]


def test_who_said_what(ask):
    spoken = ask("select count(*) from rpt_who_said_what")[0][0]
    assert spoken > 100
    assert ask(
        "select distinct speaker_name, speaker_kind from rpt_who_said_what "
        "where url like '%/estonia-050608-mfaee01.html' order by all"
    )
    assert ask("select count(*) from rpt_who_said_what where speaker_name is null") == [(0,)]


def test_only_stories_about_ukraine_name_it(ask):
    """The donation line above most pages names it too, and is younger than they are."""
    assert ask(
        """
        select distinct split_part(url, '/', -1) as page
        from country_mentions inner join articles using (article_id)
        where country_code = 'UA'
        order by page
        """
    ) == [("georgia-060901-rd02.html",), ("moldova-080630-wf01.htm",)]


def test_copies_are_one_story(ask):
    assert ask("select count(*) from rpt_copies") != [(0,)]


def test_what_is_no_article_is_refused_with_its_reason(ask):
    assert ask(
        "select list_sort(list(reasons[1])) from quarantine where unit_kind = 'capture'"
    ) == [(["challenge_page", "empty_body", "soft_404"],)]


def test_captures_are_sound():
    for path in sorted((DATA / "captures").glob("*.warc.gz")):
        subprocess.run([".venv/bin/warcio", "check", path], check=True)


def test_the_report_names_the_newest_generation():
    page = (DATA / "report.html").read_text(encoding="utf-8")
    assert "generation 2," in page
    assert "<script" not in page
