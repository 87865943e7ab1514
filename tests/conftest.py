"""What every test may ask for; few things, so that a test says itself what it needs."""

import pytest
from hypothesis import settings

# No test is timed, and the same commit gives the same answer twice.
settings.register_profile("onrecord", deadline=None, derandomize=True)
settings.load_profile("onrecord")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden/**/expected.json anew; read the diff before committing it",
    )


@pytest.fixture
def is_update(request):
    return request.config.getoption("--update-golden")
