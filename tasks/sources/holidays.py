"""Days on which newsrooms publish little, by the names that vocabulary/holidays.csv has."""

from __future__ import annotations

# 5 U.S.C. 6103: what a department of the United States closes for.
UNITED_STATES = (
    "New Year's Day",
    "Martin Luther King Jr. Day",
    "Presidents' Day",
    "Memorial Day",
    "Independence Day",
    "Labor Day",
    "Columbus Day",
    "Veterans Day",
    "Thanksgiving Day",
    "Black Friday",
    "Christmas Day",
)
