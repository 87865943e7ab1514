import shutil

import pytest

from tests.warehouse.builders import rolled_back
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


@pytest.fixture(scope="session")
def _shared(migrated, tmp_path_factory):
    path = shutil.copy(migrated, tmp_path_factory.mktemp("shared") / "working.duckdb")
    with open_warehouse(path) as opened:
        yield opened


@pytest.fixture
def scratch(_shared):
    """An empty warehouse that forgets what a test did: for tests that begin no transaction."""
    with rolled_back(_shared):
        yield _shared
