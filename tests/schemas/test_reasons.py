"""Ends of units come from closed lists."""

from __future__ import annotations

from typing import get_args

import pytest

from schemas.errors import UnlistedReason, UnreadableReason
from schemas.reasons import REASONS, dispositions_of, reasons_of, require_listed


def test_a_listed_reason_comes_back():
    assert require_listed("page", "refused", "robots_disallows") == "robots_disallows"


@pytest.mark.parametrize(
    ("unit_kind", "disposition", "reason"),
    [
        pytest.param("page", "refused", "bad_mood", id="a reason nobody defined"),
        pytest.param("page", "fetched", "gone", id="a reason of another disposition"),
        pytest.param("record", "fetched", "answered", id="a disposition of another unit"),
    ],
)
def test_an_unlisted_end_is_named(unit_kind, disposition, reason):
    with pytest.raises(UnlistedReason, match=f"{disposition}.*{reason}.*schemas/reasons.py"):
        require_listed(unit_kind, disposition, reason)


def test_each_end_is_listed_once():
    ends = [(reason.unit_kind, reason.disposition, reason.code) for reason in REASONS]

    assert sorted(set(ends)) == sorted(ends)


def test_every_reason_is_one_sentence():
    assert [r.code for r in REASONS if not r.says.endswith(".")] == []


def test_whatever_a_reader_raises_is_a_reason_for_quarantine():
    assert set(get_args(UnreadableReason)) <= set(reasons_of("capture", "page_quarantined"))


@pytest.mark.parametrize(
    ("unit_kind", "dispositions"),
    [
        ("page", ("fetched", "not_modified", "refused", "failed", "deferred")),
        ("capture", ("parsed", "page_quarantined")),
        ("record", ("loaded", "duplicate", "row_quarantined")),
    ],
)
def test_units_end_in_these_ways(unit_kind, dispositions):
    assert dispositions_of(unit_kind) == dispositions
