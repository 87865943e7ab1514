"""Many years of one source: nothing blocks, hardly anything warns, on any seed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.faults.figures import size
from tests.warehouse.seasonal import FIRST_DAY, quiet_days, simulate
from warehouse.check_files import read_checks
from warehouse.checks import run_check
from warehouse.connection import open_warehouse
from warehouse.frames import registered
from warehouse.measures import write_measures
from warehouse.tolerances import read_tolerances, tolerance_frame

pytestmark = pytest.mark.faults
TOLERANCES = tolerance_frame(read_tolerances(), {})


@pytest.fixture
def connection(tmp_path):
    opened = open_warehouse(tmp_path / "working.duckdb")
    yield opened
    opened.close()


def write(connection, values, days):
    with registered(connection, measured_values=values, measured_days=days):
        write_measures(connection, TOLERANCES, quiet_days())


@pytest.mark.parametrize("seed", range(100, 100 + size("YEARS", 8)))
def test_normal_years(connection, seed):
    write(connection, *simulate(seed, 365))

    warned, blocked = connection.execute(
        """
        select
            count(*),
            count(*) filter (where measured < error_low or measured > error_high)
        from source_measures
        where measured < warn_low or measured > warn_high
        """
    ).fetchall()[0]
    assert blocked == 0
    assert warned <= 2


def test_each_day_of_a_normal_year_is_judged_by_the_checks_themselves(connection):
    checks = [each for each in read_checks() if each.has_own_thresholds]
    values, days = simulate(100, 365)
    failed = []
    for number in range(0, 365, 5):
        today = FIRST_DAY + timedelta(number)
        write(
            connection,
            values.filter(values["measured_on"] <= today),
            days.filter(days["measured_on"] <= today),
        )
        asked = {"run_id": "run-1", "checked_at": datetime.combine(today, time(4), UTC)}
        failed += [
            (today, result.check_name, result.severity)
            for check in checks
            for result in run_check(connection, check, asked)
            if not result.is_passed
        ]
    assert [each for each in failed if each[2] == "error"] == []
    assert len(failed) <= 2
