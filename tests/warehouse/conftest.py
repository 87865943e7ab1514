import shutil

import pytest

from warehouse.connection import open_warehouse


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """Made once: most of what an opening costs is the first one."""
    path = tmp_path_factory.mktemp("migrated") / "working.duckdb"
    open_warehouse(path).close()
    return path


@pytest.fixture
def working(tmp_path, migrated):
    return shutil.copy(migrated, tmp_path / "working.duckdb")


@pytest.fixture
def connection(working):
    opened = open_warehouse(working)
    yield opened
    opened.close()
