"""Years of one source: ingest, one window after another, each published before the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from prefect import flow

from flows.ingest import run_ingest
from flows.session import Order, Request
from schemas.errors import BadInput, ContractBroken, NotFound, OnrecordError, Unavailable
from schemas.records import Window
from tasks.backfill_plan import FLOW, BackfillPlan, plan_backfill
from tasks.choices import choose_sources, window_of
from tasks.journal import read_journal
from tasks.settings import Settings, read_settings
from tasks.sources import source_for

# What is wrong with one window; a full disk or another writer is wrong with all of them.
OF_ONE_WINDOW = (BadInput, ContractBroken, NotFound, Unavailable)
T = TypeVar("T")


@flow(name="backfill")
def backfill(source: str, since: date, until: date, from_start: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 - a deployment's parameter
    """Restartable anywhere: what an interrupted backfill has read is not asked for again."""
    settings = read_settings(os.environ)
    plan = make_plan(settings, source, window_of(since, until), from_start=from_start)

    def run(window: Window) -> dict[str, Any]:
        order = Order(FLOW, (plan.source,), window)
        return run_ingest.fn(Request(settings, order)).fields()

    return [
        {"error": str(outcome)} if isinstance(outcome, OnrecordError) else outcome
        for _, outcome in each_window(plan, run)
    ]


def make_plan(
    settings: Settings, name: str, whole: Window, *, from_start: bool = False
) -> BackfillPlan:
    (chosen,) = choose_sources([name])
    source = source_for(chosen, settings.contact)
    return plan_backfill(source, whole, read_journal(settings.journal), from_start=from_start)


def each_window(
    plan: BackfillPlan, run: Callable[[Window], T]
) -> Iterator[tuple[Window, T | OnrecordError]]:
    """One that fails never holds back those after it."""
    for window in plan.todo:
        try:
            yield window, run(window)
        except OF_ONE_WINDOW as error:
            yield window, error
