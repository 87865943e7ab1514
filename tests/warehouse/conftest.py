import pytest

from warehouse.connection import open_warehouse


@pytest.fixture
def working(tmp_path):
    return tmp_path / "working.duckdb"


@pytest.fixture
def connection(working):
    opened = open_warehouse(working)
    yield opened
    opened.close()
