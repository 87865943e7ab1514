"""A period named by words begins and ends where its precision says."""

from __future__ import annotations

from datetime import date

import polars as pl

from schemas.rule import Rule

_START, _END = pl.col("date_start"), pl.col("date_end")
_DAY_AFTER = _END.dt.offset_by("1d")


def _begins(day: pl.Expr, every_months: int) -> pl.Expr:
    return (day.dt.day() == 1) & ((day.dt.month() - 1) % every_months == 0)


# Each precision, whether both ends fit it, and a period that does not.
_FITS = {
    "month": (
        _begins(_START, 1) & _begins(_DAY_AFTER, 1),
        (date(2007, 5, 2), date(2007, 5, 31)),
    ),
    "quarter": (
        _begins(_START, 3) & _begins(_DAY_AFTER, 3),
        (date(2007, 2, 1), date(2007, 4, 30)),
    ),
    "year": (
        _begins(_START, 12) & _begins(_DAY_AFTER, 12),
        (date(2007, 1, 1), date(2007, 11, 30)),
    ),
    "decade": (
        _begins(_START, 12)
        & _begins(_DAY_AFTER, 12)
        & (_START.dt.year() % 10 == 0)
        & (_DAY_AFTER.dt.year() % 10 == 0),
        (date(1991, 1, 1), date(2000, 12, 31)),
    ),
}


def dates_fill_their_precision() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            name=f"dates_fill_a_{precision}",
            column="precision",
            passes=pl.when(pl.col("precision") == precision).then(fits),
            says=f"With precision {precision} the dates run over whole {precision}s.",
            broken_by={"precision": precision, "date_start": start, "date_end": end},
        )
        for precision, (fits, (start, end)) in _FITS.items()
    )
