"""What every test may ask for; few things, so that a test says itself what it needs."""

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden/**/expected.json anew; read the diff before committing it",
    )


@pytest.fixture
def is_update(request):
    return request.config.getoption("--update-golden")
