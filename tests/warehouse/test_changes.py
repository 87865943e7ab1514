"""Whose doing a difference is: one case per cause, and what is counted and shown of it."""

from __future__ import annotations

import shutil

import duckdb
import polars as pl
import pytest

from tests.warehouse.builders import insert
from warehouse.changes import RulesNow, find_changes
from warehouse.connection import open_warehouse
from warehouse.publish import publish

RULES = {
    "rules_digest": "rules-1",
    "parser_digest": "parser-1",
    "vocabulary_digest": "vocabulary-1",
    "contract_digest": "contract-1",
    "corrections_digest": "corrections-1",
}
NO_CORRECTIONS = pl.DataFrame(
    schema=dict.fromkeys(("corrections_digest", "capture_id", "table_name", "text"), pl.String)
)
READ_AGAIN = """
    insert into runs from runs select * replace ('run-2' as run_id);
    insert into dispositions from dispositions select * replace ('run-2' as run_id)
    where unit_kind = 'capture';
"""
OTHER_CUE = (READ_AGAIN, "update quotes set cue = 'told', run_id = 'run-2'")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, migrated):
    """One article with its facts, published."""
    made = tmp_path_factory.mktemp("published")
    shutil.copy(migrated, made / "working.duckdb")
    with open_warehouse(made / "working.duckdb") as connection:
        insert(connection, "runs", RULES)
        for table in ("captures", "articles", "quotes", "speakers", "speaker_roles"):
            insert(connection, table, {})
        insert(connection, "dispositions", {})
    publish(made / "working.duckdb", made)
    return made


@pytest.fixture
def before(folder):
    return folder / "published" / "1" / "onrecord.duckdb"


@pytest.fixture
def working(folder, tmp_path):
    """The working file goes on from what is published."""
    return shutil.copy(folder / "working.duckdb", tmp_path / "working.duckdb")


def rules(*changed, corrections=None):
    """Those of the published file, but for the kinds named."""
    digests = RULES | {f"{kind}_digest": f"{kind}-2" for kind in changed}
    if changed:
        digests["rules_digest"] = "rules-2"
    if corrections is None:
        return RulesNow(**digests, corrections=NO_CORRECTIONS)
    digests["corrections_digest"] = "corrections-2"
    return RulesNow(**digests, corrections=corrections)


def found(working, before, statements, now=None, run_id="run-2"):
    with open_warehouse(working) as connection:
        for statement in statements:
            connection.execute(statement)
        return find_changes(connection, before, now or rules(), run_id)


def causes(changed):
    return {(each.table_name, each.field, each.change): each.cause for each in changed.changes}


def test_nothing_new_changes_nothing(working, before):
    assert found(working, before, [READ_AGAIN]).changes == ()


@pytest.mark.parametrize("name", ["parser", "vocabulary", "contract"])
def test_a_page_read_again_under_one_other_kind_of_rule(working, before, name):
    changed = found(working, before, OTHER_CUE, rules(name))

    assert causes(changed) == {("quotes", "cue", "changed"): name}
    assert changed.rules_before == ("rules-1",)
    (change,) = changed.changes
    assert (change.row_count, change.examples) == (
        1,
        ({"row_key": "quote-1", "before": "said", "now": "told"},),
    )


def test_two_kinds_of_rules_at_once_are_not_told_apart_by_guessing(working, before):
    changed = found(working, before, OTHER_CUE, rules("parser", "vocabulary"))

    assert causes(changed) == {("quotes", "cue", "changed"): "several"}


def test_other_rows_under_the_same_rules_are_unexplained(working, before):
    assert causes(found(working, before, OTHER_CUE)) == {
        ("quotes", "cue", "changed"): "unexplained"
    }


def test_a_new_page_brings_new_documents(working, before):
    arrival = """
        insert into captures from captures select * replace
            ('capture-2' as capture_id, 'http://example.org/2' as url, 'run-2' as run_id);
        insert into articles from articles select * replace
            ('article-2' as article_id, 'capture-2' as capture_id, 'article-2' as copy_cluster_id,
            'run-2' as run_id);
        insert into quotes from quotes select * replace
            ('quote-2' as quote_id, 'article-2' as article_id, 'run-2' as run_id);
        update speakers set last_evidenced_date = '2007-05-26', run_id = 'run-2'
    """

    assert causes(found(working, before, [arrival])) == {
        ("captures", "", "added"): "new_document",
        ("articles", "", "added"): "new_document",
        ("quotes", "", "added"): "new_document",
        ("speakers", "last_evidenced_date", "changed"): "new_document",
    }


NEWER_CAPTURE = """
    insert into captures from captures select * replace
        ('capture-2' as capture_id, 'run-2' as run_id);
    insert into dispositions from dispositions select * replace
        ('run-2' as run_id, 'capture-2' as unit_id);
    update articles set capture_id = 'capture-2', headline = 'Corrected', run_id = 'run-2';
    delete from quotes
"""


def test_a_page_that_shows_something_else(working, before):
    changed = found(working, before, [NEWER_CAPTURE], rules("parser"))

    assert causes(changed) == {
        ("captures", "", "added"): "changed_page",
        ("articles", "capture_id", "changed"): "changed_page",
        ("articles", "headline", "changed"): "changed_page",
        ("quotes", "", "removed"): "changed_page",
    }
    (gone,) = (each for each in changed.changes if each.change == "removed")
    assert gone.examples == ({"row_key": "quote-1", "before": "“We will not sign,”", "now": None},)


def test_a_correction_is_told_from_rules_that_changed_with_it(working, before):
    corrections = pl.DataFrame(
        {
            "corrections_digest": ["corrections-2"],
            "capture_id": ["capture-1"],
            "table_name": ["articles"],
            "text": ["the printer's error"],
        }
    )
    now = rules("parser", corrections=corrections)
    mended = "update articles set headline = 'Mended', run_id = 'run-2'"

    changed = found(working, before, [*OTHER_CUE, mended], now)

    assert causes(changed) == {
        ("articles", "headline", "changed"): "correction",
        ("quotes", "cue", "changed"): "parser",
    }
    assert changed.corrections == ("the printer's error",)


def test_a_correction_that_was_there_before_explains_nothing(working, before):
    corrections = pl.DataFrame(
        {
            "corrections_digest": ["corrections-1", "corrections-2"],
            "capture_id": ["capture-1"] * 2,
            "table_name": ["quotes"] * 2,
            "text": ["as always"] * 2,
        }
    )

    changed = found(working, before, OTHER_CUE, rules(corrections=corrections))

    assert set(causes(changed).values()) == {"unexplained"}


REFUSED = (
    READ_AGAIN,
    "delete from quotes",
    """
    insert into quarantine by name select 'q' as quarantine_id, 'record' as unit_kind,
        'sample' as source, 'quotes' as table_name, 'quote-1' as row_key, '{}' as record,
        ['a_rule'] as reasons, 'rules-2' as rules_digest, 'c' as corrections_digest,
        now() as first_seen_at, now() as last_seen_at, 1 as attempt_count, 'open' as status,
        'run-2' as run_id
    """,
)


def test_a_stricter_rule_takes_rows_away(working, before):
    changed = found(working, before, REFUSED, rules("contract"))

    assert causes(changed) == {("quotes", "", "removed"): "contract"}


def test_a_refusal_with_another_parser_too_may_be_either(working, before):
    changed = found(working, before, REFUSED, rules("contract", "parser"))

    assert causes(changed) == {("quotes", "", "removed"): "several"}


def test_a_contract_alone_takes_no_blame_for_a_value(working, before):
    changed = found(working, before, OTHER_CUE, rules("contract", "vocabulary"))

    assert causes(changed) == {("quotes", "cue", "changed"): "vocabulary"}


def test_a_cluster_changes_with_other_articles(working, before):
    changed = found(working, before, ["update articles set copy_cluster_id = 'article-0'"])

    assert causes(changed) == {("articles", "copy_cluster_id", "changed"): "other_article"}


def test_a_speaker_follows_from_its_articles(working, before):
    gone = "delete from quotes; delete from speaker_roles; delete from speakers"

    changed = found(working, before, [READ_AGAIN, gone], rules("vocabulary"))

    assert causes(changed)["speakers", "", "removed"] == "vocabulary"


def test_what_was_held_back_then_is_new_to_readers_now(working, before, tmp_path):
    held = tmp_path / "held.duckdb"
    held.write_bytes(before.read_bytes())
    with duckdb.connect(held) as connection:
        connection.execute(
            "insert into runs from runs select * replace "
            "('run-2' as run_id, ['sample'] as held_sources)"
        )
        connection.execute(
            "insert into dispositions from dispositions select * replace "
            "('run-2' as run_id, 'capture-2' as unit_id)"
        )
    arrival = """
        insert into runs from runs select * replace
            ('run-2' as run_id, ['sample'] as held_sources);
        insert into captures from captures select * replace
            ('capture-2' as capture_id, 'http://example.org/2' as url, 'run-2' as run_id);
        insert into articles from articles select * replace
            ('article-2' as article_id, 'capture-2' as capture_id, 'run-2' as run_id)
    """

    assert causes(found(working, held, [arrival], run_id="run-3")) == {
        ("captures", "", "added"): "new_document",
        ("articles", "", "added"): "new_document",
    }


def test_a_speaker_whom_only_a_spelling_shows_is_explained_too(working, before):
    arrival = """
        insert into captures from captures select * replace
            ('capture-2' as capture_id, 'http://example.org/2' as url, 'run-2' as run_id);
        insert into articles from articles select * replace
            ('article-2' as article_id, 'capture-2' as capture_id, 'run-2' as run_id);
        insert into speakers from speakers select * replace
            ('speaker-2' as speaker_id, 'run-2' as run_id);
        insert into speaker_aliases by name select 'alias-2' as alias_id,
            'speaker-2' as speaker_id, 'Efua' as alias, 'extracted' as origin,
            'article-2' as article_id, 'run-2' as run_id
    """

    assert causes(found(working, before, [arrival]))["speakers", "", "added"] == "new_document"


def test_without_a_run_every_row_is_compared(working, before):
    """A rebuild writes under the ids of old runs."""
    statements = ["update quotes set cue = 'told'"]
    now = rules("parser")

    assert found(working, before, statements, now).changes == ()
    assert causes(found(working, before, statements, now, run_id=None)) == {
        ("quotes", "cue", "changed"): "parser"
    }


def test_at_most_three_rows_are_shown_of_many(working, before):
    many = """
        insert into quotes select quotes.* replace
            ('quote-' || range as quote_id, 'run-2' as run_id)
        from quotes cross join range(2, 12)
    """

    (change,) = found(working, before, [READ_AGAIN, many], rules("parser")).changes

    assert change.row_count == 10
    assert [each["row_key"] for each in change.examples] == ["quote-10", "quote-11", "quote-2"]


def test_a_file_from_before_such_digests_were_kept(working, before, tmp_path):
    old = tmp_path / "old.duckdb"
    old.write_bytes(before.read_bytes())
    with duckdb.connect(old) as connection:
        connection.execute("alter table runs drop column parser_digest")

    changed = found(working, old, OTHER_CUE, rules("vocabulary"))

    assert causes(changed) == {("quotes", "cue", "changed"): "several"}


def test_the_warehouse_is_left_as_it_was(working, before):
    with open_warehouse(working) as connection:
        find_changes(connection, before, rules(), "run-2")
        left = connection.execute(
            "select table_name from duckdb_tables() where temporary"
        ).fetchall()
        databases = connection.execute("select database_name from duckdb_databases()").fetchall()

    assert left == []
    assert ("before",) not in databases
