"""What may be asked is answered; what may not shows nothing, writes nothing and ends in time."""

import time
from pathlib import Path

import duckdb
import pytest

from schemas.errors import Unavailable
from tests.warehouse.builders import insert
from warehouse.connection import open_warehouse
from warehouse.publish import publish
from warehouse.query import (
    Limits,
    QueryFailed,
    QueryRefused,
    QueryResult,
    QueryTooLarge,
    run_query,
)

CANARY = "canary-8f2c"
QUICK = Limits(memory_mb=512, seconds=5, row_limit=100)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("query")
    connection = open_warehouse(made / "working.duckdb")
    insert(connection, "articles", {})
    connection.close()
    publish(made / "working.duckdb", made / "data")
    (made / "canary.csv").write_text(f"{CANARY}\n")
    (made / "canary.json").write_text(f'{{"word": "{CANARY}"}}\n')
    return made


@pytest.fixture(scope="module")
def database(folder):
    return folder / "data" / "onrecord.duckdb"


ASKED = {
    "select headline from articles": [("No signature from Kenya",)],
    "with a as (select 1 as one) select one from a": [(1,)],
    "from articles select count(*)": [(1,)],
    "values (1), (2)": [(1,), (2,)],
    "select 1 -- a remark": [(1,)],
    "/* a remark */ select 2;": [(2,)],
    "select date '2007-05-25', timestamptz '2007-05-25 10:00:00+02'": [
        ("2007-05-25", "2007-05-25T08:00:00+00:00")
    ],
    "select [1, null], {'a': 1.5::decimal(3, 1)}, 'nan'::double, '\\xAB'::blob, null": [
        ([1, None], {"a": 1.5}, "nan", "ab", None)
    ],
    "select count(*) from (describe articles)": [(26,)],
}


@pytest.mark.parametrize("sql", ASKED)
def test_reading_is_answered(database, sql):
    assert list(run_query(database, sql, QUICK).rows) == ASKED[sql]


@pytest.mark.parametrize(
    "sql", ["describe quotes", "show tables", "summarize quotes", "table runs"]
)
def test_looking_around_is_answered(database, sql):
    assert run_query(database, sql, QUICK).columns


def test_explaining_is_answered(database):
    assert run_query(database, "explain select 1", QUICK).columns[0] == "explain_key"


def test_answer_says_its_columns_and_types(database):
    assert run_query(database, "select 1 as a, 'x' as a", QUICK) == QueryResult(
        columns=("a", "a"), types=("INTEGER", "VARCHAR"), rows=((1, "x"),), truncated=False
    )


@pytest.mark.parametrize(
    ("sql", "limits", "count"),
    [
        pytest.param("from range(101)", QUICK, 100, id="one row too many"),
        pytest.param("from range(10)", Limits(byte_limit=20), 6, id="too many bytes"),
    ],
)
def test_long_answer_is_cut_and_says_so(database, sql, limits, count):
    result = run_query(database, sql, limits)

    assert (len(result.rows), result.truncated) == (count, True)


def test_answer_that_just_fits_is_whole(database):
    result = run_query(database, "from range(100)", QUICK)

    assert (len(result.rows), result.truncated) == (100, False)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        pytest.param("selec 1", 'syntax error at or near "selec"\nLINE 1: selec 1', id="syntax"),
        pytest.param("select headlin from articles", '"headline"', id="column that is not there"),
        pytest.param("select * from article", 'Did you mean "articles', id="unknown table"),
        pytest.param("select 1 + 'a'", "LINE 1: select 1", id="place of the mistake"),
        pytest.param("select '\x00'", "NUL", id="NUL character"),
    ],
)
def test_mistake_is_explained(database, sql, said):
    with pytest.raises(QueryFailed) as raised:
        run_query(database, sql, QUICK)

    assert said in str(raised.value)
    assert "Error:" not in str(raised.value)


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(Unavailable, match="nothing is published yet"):
        run_query(tmp_path / "onrecord.duckdb", "select 1", QUICK)


def test_file_that_is_no_database_is_said_without_its_folder(tmp_path):
    path = tmp_path / "onrecord.duckdb"
    path.write_bytes(b"no database" * 1000)

    with pytest.raises(Unavailable, match="cannot be opened") as raised:
        run_query(path, "select 1", QUICK)

    assert str(tmp_path) not in str(raised.value)


REFUSED = (
    "",
    "-- only a remark",
    "select 1; select 2",
    "insert into articles from articles",
    "update articles set url = ''",
    "delete from articles",
    "create table t (a int)",
    "create temp table t (a int)",
    "create view v as select 1",
    "create macro m() as 1",
    "drop table articles",
    "alter table articles add column a int",
    "truncate articles",
    "begin transaction",
    "checkpoint",
    "vacuum",
    "analyze",
    "set threads = 1",
    "reset threads",
    "set variable a = 1",
    "pragma database_list",
    "pragma enable_profiling",
    "use memory",
    "install fts",
    "load fts",
    "call pragma_version()",
    "prepare p as select 1",
    "execute p",
    "deallocate p",
    "attach '{folder}/data/onrecord.duckdb' as other",
    "attach ':memory:' as other",
    "detach onrecord",
    "copy articles to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet'",
    "copy articles from '{folder}/canary.csv'",
    "copy from database onrecord to memory",
    "export database '{folder}/out'",
    "import database '{folder}/out'",
    "create secret s (type s3)",
    "comment on table articles is 'x'",
    "merge into articles using articles as a on true when matched then delete",
    "select * from duckdb_databases()",
    "select path from system.main.duckdb_databases()",
    "select * from query('select path from duckdb_databases()')",
    "select (select any_value(path) from duckdb_databases())",
    "select 1 where exists (select 1 from duckdb_databases() where path like '/%')",
    "from pg_catalog.pg_database",
    "show databases",
    "select * from duckdb_settings()",
    "select * from duckdb_logs()",
    "select * from duckdb_temporary_files()",
)

FAILS = (
    "select * from '{folder}/canary.csv'",
    "select * from '{folder}/canary.json'",
    "select * from '{folder}/*.csv'",
    "select * from read_csv('{folder}/canary.csv')",
    "select * from read_csv_auto('{folder}/canary.csv')",
    "select * from read_json('{folder}/canary.json')",
    "select * from read_json_objects('{folder}/canary.json')",
    "select * from read_ndjson('{folder}/canary.json')",
    "select * from read_text('{folder}/canary.csv')",
    "select * from read_blob('{folder}/canary.csv')",
    "select * from read_parquet('{folder}/canary.csv')",
    "select * from parquet_metadata('{folder}/canary.csv')",
    "select * from parquet_schema('{folder}/canary.csv')",
    "select * from sniff_csv('{folder}/canary.csv')",
    "select * from glob('{folder}/*')",
    "select * from read_duckdb('{folder}/working.duckdb')",
    "select * from 'http://127.0.0.1:9/canary.csv'",
    "select * from read_csv('https://127.0.0.1:9/canary.csv')",
    "select * from 's3://bucket/canary.csv'",
    "select * from duckdb_secrets()",
    "select * from duckdb_extensions()",
    "select getenv('HOME')",
    "select * from frame_in_scope",
    "select * from sqlite_scan('{folder}/working.duckdb', 'articles')",
    "with a as (insert into articles from articles returning *) select * from a",
    "with a as (delete from articles returning *) select * from a",
    "explain analyze insert into articles from articles",
    "explain analyze copy articles to '{folder}/out.csv'",
    "explain analyze copy (select 1) to '{folder}/out.csv'",
    "explain analyze attach '{folder}/out.duckdb' as other",
    "select nextval('nothing')",
    "select * from enable_logging('x')",
    "select * from query('select * from ''{folder}/canary.csv''')",
    "select * from query_table('{folder}/canary.csv')",
)


def tree(folder):
    return {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("sql", REFUSED)
def test_more_than_reading_is_refused(folder, database, sql):
    before = tree(folder)

    with pytest.raises(QueryRefused) as raised:
        run_query(database, sql.format(folder=folder), QUICK)

    assert str(folder) not in str(raised.value)
    assert tree(folder) == before


@pytest.mark.parametrize("sql", FAILS)
def test_reaching_outside_fails_and_shows_nothing(folder, database, sql):
    frame_in_scope = duckdb.sql("select 'canary-8f2c' as word").pl()
    before = tree(folder)

    with pytest.raises((QueryFailed, QueryRefused)) as raised:
        run_query(database, sql.format(folder=folder), QUICK)

    assert CANARY not in str(raised.value)
    assert tree(folder) == before
    assert frame_in_scope.height == 1


def table_functions():
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select distinct function_name from duckdb_functions() "
            "where function_type = 'table' and len(parameter_types) >= 1 order by all"
        ).fetchall()
    return [name for (name,) in rows]


@pytest.mark.faults
@pytest.mark.parametrize("name", table_functions())
def test_no_table_function_shows_a_file(folder, database, name):
    before = tree(folder)
    sql = f"from {name}('{folder / 'canary.csv'}')"

    try:
        said = str(run_query(database, sql, QUICK).rows)
    except (QueryFailed, QueryRefused) as error:
        said = str(error)

    assert CANARY not in said
    assert tree(folder) == before


@pytest.mark.parametrize(
    "sql",
    [
        "select current_setting('secret_directory')",
        "select current_setting('temp_directory')",
        "select current_setting('home_directory')",
        "select * from duckdb_tables()",
        "select * from duckdb_views()",
        "select * from information_schema.schemata",
        "show all tables",
        "explain analyze select * from articles",
        "select current_database(), current_schema(), version()",
    ],
)
def test_what_the_engine_says_of_itself_names_no_folder(folder, database, sql):
    said = str(run_query(database, sql, QUICK))

    assert str(folder) not in said
    assert str(Path.home()) not in said


BOMBS = {
    "huge string": "select length(repeat('x', 2000000000))",
    "huge string in the answer": "select repeat('x', 300000000)",
    "huge list": "select len(range(1000000000))",
    "cross join": "select sum(a.range * b.range) from range(10000000) a, range(10000000) b",
    "endless recursion": (
        "with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r"
    ),
    "growing recursion": (
        "with recursive r as (select 'x' as s union all select s || s from r) select max(s) from r"
    ),
    "big sort": (
        "select max(place) from "
        "(select row_number() over (order by hash(range)) as place from range(1000000000))"
    ),
    "big grouping": "select count(*) from (select hash(range) from range(1000000000) group by all)",
    "big aggregate": "select list(range) from range(1000000000)",
    "wide answer": "select " + ", ".join("repeat('x', 1000000)" for _ in range(2000)),
}


@pytest.mark.faults
@pytest.mark.parametrize("name", BOMBS)
def test_bomb_ends_in_time_and_the_next_question_is_answered(database, name):
    limits = Limits(memory_mb=512, seconds=2)
    started = time.monotonic()

    with pytest.raises((QueryTooLarge, QueryFailed)):
        run_query(database, BOMBS[name], limits)

    assert time.monotonic() - started < 11
    assert run_query(database, "select 1", QUICK).rows == ((1,),)


def test_deep_nesting_is_an_error_and_no_crash(database):
    with pytest.raises(QueryFailed):
        run_query(database, "select " + "(" * 5000 + "1" + ")" * 5000, QUICK)
