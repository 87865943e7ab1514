import pytest

from schemas.catalogue import CONTRACTS, columns_of
from tests.warehouse.builders import DEFAULTS, insert
from warehouse.digests import published_tables, table_digests

OTHER = {
    "VARCHAR": "'other'",
    "BIGINT": "7",
    "DOUBLE": "0.25",
    "BOOLEAN": "not coalesce({column}, false)",
    "DATE": "date '1999-01-01'",
    "TIMESTAMP WITH TIME ZONE": "timestamptz '1999-01-01 00:00:00.000001+00'",
    "VARCHAR[]": "['other']",
    "BIGINT[]": "[7]",
}


def test_every_table_has_its_digest(scratch):
    assert set(table_digests(scratch)) == set(CONTRACTS) == set(published_tables(scratch))


def _digest_after(connection, table, change):
    connection.execute(f"update {table} set {change}")  # noqa: S608
    return table_digests(connection)[table]


@pytest.mark.parametrize("table", CONTRACTS)
def test_every_column_counts(scratch, table):
    insert(scratch, table, DEFAULTS[table])
    digest = table_digests(scratch)[table]
    silent = []

    for column in columns_of(CONTRACTS[table]):
        other = OTHER[column.duckdb_type].format(column=column.name)
        before, digest = digest, _digest_after(scratch, table, f"{column.name} = {other}")
        if digest == before:
            silent.append(column.name)

    assert silent == []


def test_order_of_rows_does_not_count(scratch):
    rows = [{"speaker_id": f"speaker-{number}"} for number in range(5)]
    insert(scratch, "speakers", *rows)
    digest = table_digests(scratch)["speakers"]
    scratch.execute("truncate speakers")

    insert(scratch, "speakers", *reversed(rows))

    assert table_digests(scratch)["speakers"] == digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"candidates": []}, {"candidates": [""]}, id="no candidate or an empty one"),
        pytest.param({"cue": None}, {"cue": ""}, id="null or empty"),
        pytest.param(
            {"cue": "said", "rule": None}, {"cue": None, "rule": "said"}, id="value moved over"
        ),
        pytest.param({"candidates": ["ab"]}, {"candidates": ["a", "b"]}, id="one name or two"),
        pytest.param(
            {"start_offset": 1, "end_offset": 2},
            {"start_offset": 2, "end_offset": 1},
            id="values swapped",
        ),
    ],
)
def test_what_looks_alike_is_told_apart(scratch, one, other):
    digests = set()
    for row in (one, other):
        insert(scratch, "quotes", row)
        digests.add(table_digests(scratch)["quotes"])
        scratch.execute("truncate quotes")

    assert len(digests) == 2
