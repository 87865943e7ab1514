"""From sources, files and killed runs to kept captures: every page gets its one outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.list_source import Plan, list_source
from flows.session import KeptCapture, Session
from schemas.errors import OnrecordError
from schemas.exchange import Answer
from schemas.records import Capture, Miss, PageRef
from tasks.archive_fetch import ArchiveFetcher, open_fetcher
from tasks.capture_index import IndexLine
from tasks.fetch import Fetcher, How, tombstone_of
from tasks.journal import RUN_STARTED, read_journal
from tasks.keep import BrokenCapture, Newest
from tasks.ledger import PageOutcome, bad_file, fetched, missed_again, same_as_kept
from tasks.listing_memory import KeptListings, Standing
from tasks.page_days import day_named
from tasks.read_files import BadFile, Found, SavedPage, list_files, read_file
from tasks.read_packed import READERS
from tasks.sources import source_for
from tasks.waiting import Waiting

CHUNK = 500
# A killed run's answers that stand: asking again would tell nothing new.
STANDING = {"refused", "not_modified"}
# A night later the pages are asked again: they may have changed.
ANSWERS_STAND_FOR = timedelta(hours=12)
T = TypeVar("T")


def adopt_unfinished(session: Session) -> frozenset[tuple[str, str]]:
    """Takes over what killed runs kept; returns the pages nobody needs to ask for again."""
    if not session.adopted:
        return frozenset()
    places = {
        (line.filename, line.offset): line.page_url
        for line in session.store.kept_pages(session.adopted).values()
    }
    found: dict[tuple[str, str], PageOutcome] = {}
    for dead_run_id in session.adopted:
        session.warehouse.take_over(dead_run_id, session.run.run_id)
        for capture in session.store.read_run(dead_run_id):
            if isinstance(capture, BrokenCapture):
                session.trouble[capture.warc_file] = capture.detail
                continue
            key = (str(capture.warc_file), int(capture.warc_offset or 0))
            listed = places.get(key)
            place = listed or capture.url or capture.body_digest
            session.kept.append(KeptCapture.of(capture))
            day = day_named(capture.source, place)
            found[capture.source, place] = fetched(place, capture, "adopted", listed, day)
    answered = _standing_answers(session) | found
    for outcome in answered.values():
        session.note(outcome)
    return frozenset(answered)


def _standing_answers(session: Session) -> dict[tuple[str, str], PageOutcome]:
    """What killed runs were told of pages that gave no capture, as long as it is news."""
    answers: dict[tuple[str, str], PageOutcome] = {}
    recent: set[str] = set()
    for line in list(read_journal(session.settings.journal)):
        if line["run_id"] not in session.adopted:
            continue
        if line["kind"] == RUN_STARTED:
            age = session.run.started_at - datetime.fromisoformat(line["started_at"])
            recent |= {line["run_id"]} if age < ANSWERS_STAND_FOR else set()
        elif _stands(line) and line["run_id"] in recent:
            outcome = PageOutcome.from_line(line)
            answers[outcome.source, outcome.place] = outcome
    return answers


def _stands(line: Mapping[str, Any]) -> bool:
    return line["kind"] == "answer" and line["disposition"] in STANDING


@task(name="fetch", task_run_name="fetch-{name}", cache_policy=NO_CACHE)
def fetch_source(session: Session, name: str, answered: frozenset[tuple[str, str]]) -> None:
    """Lists and fetches one source, one page at a time: the pause belongs to the site.

    A source that cannot be read is noted as trouble and stops no other.
    """
    declared = source_for(name, session.settings.contact)
    source = replace(declared, request_budget=min(declared.request_budget, session.requests_left))
    try:
        newest = session.store.newest(name)
        how = How(memory=_memory(session, newest.listings))
        state = session.settings.data / "state"
        with open_fetcher(source, state, session.clock, how) as fetcher:
            try:
                _list_and_fetch(session, fetcher, newest, answered)
            finally:
                session.requests_left -= fetcher.request_count
    except OnrecordError as error:
        session.trouble[name] = str(error)


def _list_and_fetch(
    session: Session,
    fetcher: Fetcher | ArchiveFetcher,
    newest: Newest,
    answered: frozenset[tuple[str, str]],
) -> None:
    source = fetcher.source
    to_list = fetcher.estimate_listings(session.order.window)
    if not session.confirm(source.name, to_list):
        session.trouble[source.name] = f"not begun: {to_list}"
        return
    plan = list_source(session, source, fetcher, newest.pages)
    wanted = [page for page in plan.asked if (source.name, page.url) not in answered]
    asked = wanted[: session.order.limit]
    _put_off(session, plan, wanted[len(asked) :], "limit_reached")
    if not session.confirm(source.name, fetcher.estimate(asked)):
        _put_off(session, plan, asked, "run_interrupted")
        return
    for number, page in enumerate(asked, start=1):
        _keep(session, _ask(session, fetcher, page, newest), plan.waiting.get(page.url))
        session.progress(f"fetch {source.name}", number, len(asked))


def _ask(
    session: Session, fetcher: Fetcher | ArchiveFetcher, page: PageRef, newest: Newest
) -> Answer:
    """ "Not modified" says nothing of a capture that is lost: then without conditions."""
    answer = fetcher.fetch_page(page, newest.page(page.url))
    is_same = isinstance(answer.outcome, Miss) and answer.outcome.disposition == "not_modified"
    if is_same and not session.store.is_sound(newest.lines[page.url]):
        return fetcher.fetch_page(page)
    return answer


def _memory(session: Session, listings: tuple[IndexLine, ...]) -> KeptListings:
    standing = Standing(session.adopted, session.run.started_at - ANSWERS_STAND_FOR)
    return KeptListings(session.store, session.series, listings, standing)


def read_saved(session: Session) -> None:
    """Saved pages and other people's WARC files; what is kept already is not kept twice."""
    seen = {kept.capture_id for kept in session.kept}
    files = list_files(session.order.paths)
    found = (each for path in files for each in read_file(path, READERS))
    for number, chunk in enumerate(_chunks(found, CHUNK)):
        session.progress("read files", number * CHUNK + len(chunk), None)
        pages = [each for each in chunk if isinstance(each, SavedPage)]
        seen |= session.warehouse.known(page.capture.capture_id for page in pages)
        _take_saved(session, chunk, seen)


def _take_saved(session: Session, chunk: Sequence[Found], seen: set[str]) -> None:
    """What is new is kept, and each is noted, in order."""
    for each in chunk:
        if isinstance(each, BadFile):
            session.note(bad_file(each.place, each.reason, each.detail))
        elif each.capture.capture_id not in seen:
            seen.add(each.capture.capture_id)
            capture = session.series.keep_file(each.capture)
            session.take(capture, fetched(each.place, capture, "read_from_file"))
        else:
            session.note(same_as_kept(each.place, each.capture))


def _keep(session: Session, answer: Answer, waiting: Waiting | None) -> None:
    """On disk before anybody reads it, and before the next page is asked for."""
    outcome = session.series.keep(answer)
    page = answer.page
    if isinstance(outcome, Capture):
        session.take(outcome, fetched(page.url, outcome, "answered", page.url, page.listed_date))
        return
    session.note(missed_again(outcome, page, waiting, answer.known))
    tombstone = tombstone_of(answer)
    if tombstone is not None:
        session.note_gone(tombstone)


def _put_off(session: Session, plan: Plan, pages: Sequence[PageRef], reason: str) -> None:
    for page in pages:
        miss = _deferred(session, page, reason)
        session.note(missed_again(miss, page, plan.waiting.get(page.url)))


def _deferred(session: Session, page: PageRef, reason: str) -> Miss:
    return Miss(
        source=page.source,
        url=page.url,
        disposition="deferred",
        reason=reason,
        detail=f"the run was limited to {session.order.limit} pages"
        if reason == "limit_reached"
        else "whoever started the run said no",
        asked_at=session.run.started_at,
    )


def _chunks(values: Iterator[T], size: int) -> Iterator[list[T]]:
    while chunk := list(islice(values, size)):
        yield chunk
