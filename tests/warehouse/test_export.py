"""What leaves comes back: the files hold the rows, say what they mean, and run no formula."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from schemas.catalogue import CONTRACTS, columns_of
from schemas.errors import BadUsage, CannotWrite, Unavailable
from tests.warehouse.builders import insert
from warehouse import export as exporting
from warehouse.connection import open_warehouse
from warehouse.export import PACKAGE_NAME, export
from warehouse.publish import publish

TEXTS = (
    "plain",
    "=1+1",
    "+1",
    "-1",
    "@sum(a1)",
    "\tindented",
    "'quoted",
    "'=already marked",
    "''=twice",
    "\uff1d1+1",
    'a "word", and one more',
    "two\nlines",
    "",
    "null",
    "“curly”",
)
TRIGGERS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


@pytest.fixture(scope="module")
def published(tmp_path_factory, migrated):
    folder = tmp_path_factory.mktemp("export")
    working = folder / "working.duckdb"
    working.write_bytes(migrated.read_bytes())
    with open_warehouse(working) as connection:
        insert(connection, "runs", {"finished_at": datetime(2026, 1, 2, 3, tzinfo=UTC)})
        articles = [
            {"article_id": f"article-{number:02}", "subhead": text, "byline": [text, "B"]}
            for number, text in enumerate(TEXTS)
        ]
        insert(connection, "articles", *articles, {"article_id": "nulls", "subhead": None})
        insert(connection, "quotes", {})
        insert(connection, "check_results", {"source": ""})
    return publish(working, folder).database


def cells(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_there_twice_with_its_rows(published, tmp_path):
    export(published, tmp_path / "out")

    with duckdb.connect(published, read_only=True) as connection:
        for table in CONTRACTS:
            stored = connection.table(table).pl()
            parquet = pl.read_parquet(tmp_path / "out" / f"{table}.parquet")
            assert parquet.sort(parquet.columns[0]).height == stored.height
            assert parquet.columns == [column.name for column in columns_of(CONTRACTS[table])]
            assert len(cells(tmp_path / "out", table)) == stored.height


def test_parquet_is_as_stored(published, tmp_path):
    export(published, tmp_path / "out")

    frame = pl.read_parquet(tmp_path / "out" / "articles.parquet").sort("article_id")
    assert tuple(frame["subhead"]) == (*TEXTS, None)
    assert frame["byline"][1].to_list() == ["=1+1", "B"]


def test_no_cell_starts_like_a_formula_and_each_can_be_given_back(published, tmp_path):
    export(published, tmp_path / "out")

    found = [row["subhead"] for row in cells(tmp_path / "out", "articles")]
    assert [text for text in found if text.startswith(TRIGGERS)] == []
    marked = [text[1:] if text.lstrip("'").startswith(TRIGGERS) else text for text in found]
    assert marked == [*TEXTS, ""]


def test_raw_cells_are_as_stored_and_said_to_be(published, tmp_path):
    export(published, tmp_path / "out", is_raw=True)

    assert [row["subhead"] for row in cells(tmp_path / "out", "articles")] == [*TEXTS, ""]
    package = json.loads((tmp_path / "out" / PACKAGE_NAME).read_text(encoding="utf-8"))
    assert package["description"] == exporting.CELLS_RAW


def test_lists_days_and_instants_in_csv_are_of_the_standard(published, tmp_path):
    export(published, tmp_path / "out")

    row = cells(tmp_path / "out", "articles")[1]
    assert json.loads(row["byline"]) == ["=1+1", "B"]
    assert date.fromisoformat(row["published_date"]) == date(2007, 5, 25)
    assert row["captured_at"] == "2007-05-25T10:00:00.000000Z"


def test_the_package_names_every_file_with_its_digest(published, tmp_path):
    export(published, tmp_path / "out")

    package = json.loads((tmp_path / "out" / PACKAGE_NAME).read_text(encoding="utf-8"))
    described = {each["path"]: each for each in (*package["resources"], *package["parquet"])}
    files = {path.name for path in (tmp_path / "out").iterdir()} - {PACKAGE_NAME}
    assert set(described) == files
    for name, each in described.items():
        body = (tmp_path / "out" / name).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert each["bytes"] == len(body)
    assert (package["created"], package["version"]) == ("2026-01-02T03:00:00Z", "0.1.0")


def test_an_empty_text_is_not_said_to_be_required(published, tmp_path):
    """CSV has one empty cell for null and for "": `source` is empty for all sources together."""
    export(published, tmp_path / "out")

    package = json.loads((tmp_path / "out" / PACKAGE_NAME).read_text(encoding="utf-8"))
    (checks,) = (r for r in package["resources"] if r["title"] == "check_results")
    required = {
        field["name"]
        for field in checks["schema"]["fields"]
        if field["constraints"].get("required")
    }
    assert "source" not in required
    assert {"run_id", "check_name", "severity"} <= required


def test_the_same_generation_gives_the_same_bytes(published, tmp_path):
    first, second = export(published, tmp_path / "a"), export(published, tmp_path / "b")

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_folder_with_files_is_left_alone(published, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(BadUsage, match="Name another"):
        export(published, tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_an_export_that_breaks_off_leaves_nothing(published, tmp_path, monkeypatch):
    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "_flush", full)

    with pytest.raises(CannotWrite, match="No space left"):
        export(published, tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_without_a_generation_there_is_nothing_to_export(tmp_path):
    with pytest.raises(Unavailable, match="onrecord ingest"):
        export(tmp_path / "onrecord.duckdb", tmp_path / "out")
