"""The command line: parses, calls, prints. Each verb is one function.

A verb imports what it needs when it runs: `onrecord sql` must not wait for Prefect.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.errors import BadInput, BadUsage, OnrecordError, Stopped, Unavailable
from tasks import verbs_out, verbs_read
from tasks.console import DAY, AsJson, Day, day_of, err, out, show_tables
from tasks.interrupt import Interrupt
from tasks.settings import Settings, read_settings
from tasks.verbs_lists import incidents_app, quarantine_app, sources_app

if TYPE_CHECKING:
    from flows.session import Order, Progress
    from tasks.estimate import Estimate
    from tasks.summary import RunSummary

USAGE = 64
PARSER_USAGE = 2
EXIT_SECONDS = 20
THE_PROCESS_IS_OURS = False
INTERRUPT = Interrupt()

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(verbs_read.app)
app.add_typer(verbs_out.app)
app.add_typer(sources_app, name="sources")
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(incidents_app, name="incidents")


@app.callback()
def common(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(help="Where everything is kept.")] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file.")] = None,
) -> None:
    """Public news archives as a SQL record of who said what, when, about which countries."""
    context.obj = read_settings(os.environ, data, config)


# --- pages in ------------------------------------------------------------------------------------


@app.command()
def ingest(
    context: typer.Context,
    sources: Annotated[list[str] | None, typer.Argument(help="Declared sources.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every enabled source.")] = False,
    saved: Annotated[
        list[Path] | None,
        typer.Option("--from", help="WARC, WACZ, CDXJ, .html, .txt, .jsonl, or folders."),
    ] = None,
    since: Day = None,
    until: Day = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Pages per source.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before a long fetch.")] = False,
    serve_sample: Annotated[
        bool, typer.Option("--serve-sample", help="Serve the sample archive meanwhile.")
    ] = False,
    show_answers: Annotated[
        bool, typer.Option("--show-answers", help="End with three SQL answers.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch, keep, read, judge, load, check and publish."""
    use_prefect(context.obj)
    from flows.session import Order
    from tasks.choices import choose_sources, window_of

    paths = tuple(Path(each) for each in saved or ())
    if bool(sources) + every + bool(paths) != 1:
        raise BadUsage("name sources, or give --all, or give --from PATH: one of the three")
    names = choose_sources(None if every else sources) if not paths else ()
    order = Order("ingest", names, window_of(day_of(since), day_of(until)), limit, paths)
    with ExitStack() as around:
        if serve_sample:
            from tasks.serve_sample import serve as serve_archive

            around.enter_context(serve_archive())
        end_with(run_flow(context.obj, order, as_json=as_json, with_answers=show_answers, yes=yes))


@app.command()
def backfill(
    context: typer.Context,
    source: str,
    since: Annotated[datetime, typer.Option(formats=DAY)],
    until: Annotated[datetime, typer.Option(formats=DAY)],
    from_start: Annotated[
        bool, typer.Option("--from-start", help="Windows that were read before too.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before a long fetch.")] = False,
) -> None:
    """Years of one source, window after window; every window is published."""
    use_prefect(context.obj)
    from flows.backfill import each_window, make_plan
    from flows.session import Order
    from schemas.records import Window
    from tasks.backfill_plan import FLOW, time_left
    from tasks.choices import window_of

    whole = window_of(since.date(), until.date())
    plan = make_plan(context.obj, source, whole, from_start=from_start)
    err.print(str(plan), markup=False)
    codes, seconds = [], [time.monotonic()]

    def run(window: Window) -> int:
        order = Order(FLOW, (plan.source,), window)
        return run_flow(context.obj, order, yes=yes, is_last=window == plan.todo[-1])

    for number, (window, outcome) in enumerate(each_window(plan, run), start=1):
        codes.append(outcome.exit_code if isinstance(outcome, OnrecordError) else outcome)
        seconds.append(time.monotonic())
        took = [after - before for before, after in pairwise(seconds)]
        said = "" if isinstance(outcome, int) else f"failed: {outcome}; "
        left = time_left(took, len(plan.todo) - number)
        err.print(
            f"window {number} of {len(plan.todo)}, {window.since} to {window.until}: {said}{left}",
            markup=False,
        )
    end_with(worst(codes))


@app.command()
def replay(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Option(help="Declared sources; else all.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Articles published from this day on.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, and publish nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Publish without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read kept captures again; show what changed and why; then publish."""
    if dry_run and yes:
        raise BadUsage("--dry-run publishes nothing and --yes publishes: give one of the two")
    if not (dry_run or yes or sys.stdin.isatty()):
        raise BadUsage("a replay publishes, and nobody is here to ask: give --yes or --dry-run")
    use_prefect(context.obj)
    from flows.replay import run_replay
    from flows.session import Order, Request
    from schemas.records import Window
    from tasks.choices import choose_sources

    def agrees(summary: RunSummary) -> bool:
        show_changes(summary, as_json=as_json)
        if dry_run:
            return False
        return yes or not summary.changes or typer.confirm("Publish this?")

    names = choose_sources(source) if source else ()
    order = Order("replay", names, Window(day_of(since), None))
    with watch_progress() as progress:
        replayed = run_replay(Request(context.obj, order, progress), agrees)
    summary = replayed.summary
    if summary.is_blocked:
        show_run(context.obj, summary, as_json=as_json)
        raise typer.Exit(BadInput.exit_code)
    if not as_json:
        done = f"Published as generation {summary.generation}."
        out.print(done if replayed.is_published else "Nothing was published or changed.")


@app.command()
def evaluate(
    context: typer.Context,
    labels: Annotated[Path | None, typer.Argument(help="Labelled documents.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Documents of each file.")] = None,
) -> None:
    """Accuracy against labelled documents; without a folder, against the project's own.

    Of whole label files the figures are kept: the next run puts them into `evaluations`.
    """
    from flows.by_hand import keep_figures
    from tasks.evaluation.evaluate import score_files
    from tasks.evaluation.show import table

    scored = []
    for each in score_files(labels, sample):
        scored.append(each)
        for line in table([each], has_head=len(scored) == 1):
            out.print(line, markup=False, soft_wrap=True)
    if sample is None and context.obj.data.is_dir():
        keep_figures(context.obj, scored)


@app.command()
def rebuild(context: typer.Context) -> None:
    """The warehouse from nothing but captures and journal."""
    use_prefect(context.obj)
    from flows.rebuild import rebuild as rebuild_warehouse

    generation = rebuild_warehouse(context.obj)
    out.print(f"Rebuilt and published as generation {generation.number}: {context.obj.published}")


# --- answers out ---------------------------------------------------------------------------------


@sources_app.command("explain")
def sources_explain(
    context: typer.Context,
    source: str,
    day: Annotated[str, typer.Argument(help="2007-05-25, 2007-05, 2007, or all.")],
    because: Annotated[
        str, typer.Option("--because", "--reason", help="Why it need not be filled.")
    ],
) -> None:
    """Let one gap rest, until more is missing than now."""
    from flows.by_hand import explain_gap

    explain_gap(context.obj, source, day, because)
    out.print(f"{source} {day}: explained, because {because}", markup=False)


# --- what was refused, and what was told ---------------------------------------------------------


@quarantine_app.command("waive")
def quarantine_waive(
    context: typer.Context,
    quarantine_id: str,
    because: Annotated[str, typer.Option(help="Why it may stay refused.")],
    until: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Last day; then it is judged again.")
    ] = None,
) -> None:
    """Let one refused unit rest, until its row or its reasons change."""
    from flows.by_hand import waive

    waive(context.obj, quarantine_id, because, day_of(until))
    end = f" until {day_of(until)}" if until else ""
    out.print(f"{quarantine_id}: waived{end}, because {because}", markup=False)


@quarantine_app.command("retry")
def quarantine_retry(
    context: typer.Context,
    quarantine_ids: Annotated[list[str] | None, typer.Argument(help="Rows; all if none.")] = None,
    rule: Annotated[str | None, typer.Option(help="Rows refused by this rule.")] = None,
    source: Annotated[str | None, typer.Option(help="Rows of this source.")] = None,
    as_json: AsJson = False,
) -> None:
    """Judge refused rows again, say what came of it, and publish."""
    use_prefect(context.obj)
    from flows.session import Order
    from tasks.quarantine import Choice
    from tasks.status import chosen_rows

    choice = Choice(tuple(quarantine_ids or ()), rule, source)
    chosen_rows(context.obj, choice)
    run_flow(context.obj, Order("retry", retry=choice), as_json=as_json)


@incidents_app.command("ack")
def incidents_ack(
    context: typer.Context,
    incident_id: str,
    by: Annotated[str, typer.Option(help="Who has seen it.")],
) -> None:
    """Say that somebody is on it."""
    from flows.by_hand import acknowledge

    acknowledge(context.obj, incident_id, by)
    out.print(f"{incident_id}: acknowledged by {by}", markup=False)


# --- keeping it going ----------------------------------------------------------------------------


@app.command()
def assess(context: typer.Context, as_json: AsJson = False) -> None:
    """Re-check what is published, freshness and missed runs; tell people. Never publishes."""
    use_prefect(context.obj)
    from flows.assess import run_assess

    assessed = run_assess(context.obj)
    show_tables({"failed checks": assessed.failed, "incidents": assessed.changed}, as_json=as_json)
    if assessed.is_alarming:
        raise typer.Exit(BadInput.exit_code)


@app.command()
def deploy() -> None:
    """Register everything in prefect.yaml at PREFECT_API_URL; again changes nothing."""
    from tasks.serve import ROOT, register

    if not os.environ.get("PREFECT_API_URL"):
        raise BadUsage("set PREFECT_API_URL to the server, or use `onrecord serve`")
    out.print(register({"ONRECORD_HOME": str(ROOT)}), markup=False)


@app.command()
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Of the Prefect page.")] = 4200,
) -> None:
    """A Prefect server, a worker, the schedules and the sample archive, until Ctrl-C."""
    from tasks.serve import Place, register, run_server, run_worker, wait_for_end
    from tasks.serve_sample import serve as serve_archive

    settings: Settings = context.obj
    settings.data.mkdir(parents=True, exist_ok=True)
    place = Place(settings.data / "prefect", settings.data, port)
    log = settings.data / "serve.log"
    with ExitStack() as running:
        out.print(f"Starting a Prefect server on {place.page} ...", markup=False)
        running.enter_context(run_server(place, log))
        register(place.environment)
        running.enter_context(run_worker(place, log))
        archive = running.enter_context(serve_archive())
        out.print(f"Prefect page    {place.page}", markup=False)
        out.print(f"Sample archive  {archive}", markup=False)
        out.print(f"Log             {log}", markup=False)
        out.print(f"Run one now     PREFECT_API_URL={place.page}/api", markup=False)
        out.print("                .venv/bin/prefect deployment run ingest/nightly", markup=False)
        out.print("Ctrl-C ends all of it.")
        wait_for_end()


# --- shared --------------------------------------------------------------------------------------


def use_prefect(settings: Settings) -> None:
    """Before Prefect is imported: it reads the environment then."""
    from tasks.log_file import write_log_to
    from tasks.prefect_home import keep_prefect_at_home

    keep_prefect_at_home(settings.data, os.environ)
    write_log_to(settings.data / "onrecord.log")


def run_flow(
    settings: Settings,
    order: Order,
    *,
    as_json: bool = False,
    with_answers: bool = False,
    yes: bool = False,
    is_last: bool = True,
) -> int:
    """The run as a Prefect flow; a server that dies meanwhile does not change its outcome.

    Returns the exit code of the outcome. `is_last`: nothing of this process comes after it.
    """
    from flows.ingest import run_ingest
    from flows.session import Request, go_ahead
    from flows.temporary_server import TiedServer
    from tasks.lock import hold_lock

    # Asked before Prefect takes its seconds to start; the run itself asks again.
    with hold_lock(settings.lock, settings.lock_wait_seconds, order.flow):
        pass
    TiedServer()
    done: list[RunSummary] = []

    def show(summary: RunSummary) -> None:
        done.append(summary)
        show_run(settings, summary, as_json=as_json)
        if with_answers and not summary.is_blocked:
            answer_questions(settings)
        if is_last:
            leave_in_time(code_of(summary, order))

    try:
        with watch_progress() as progress:
            run_ingest(Request(settings, order, progress, show, go_ahead if yes else ask_first))
    except KeyboardInterrupt:
        raise stopped() from None
    except Exception:
        if INTERRUPT.came:
            raise stopped() from None
        # The work is done and told; only Prefect could not write it down.
        if not done:
            raise
    return code_of(done[0], order)


def stopped() -> Stopped:
    return Stopped("stopped. What was kept stays, and the same command goes on from there")


def end_with(code: int) -> None:
    if code:
        raise typer.Exit(code)


def worst(codes: list[int]) -> int:
    """Of several runs: refused by a check before anything else, then what came first."""
    failed = [code for code in codes if code]
    return BadInput.exit_code if BadInput.exit_code in failed else next(iter(failed), 0)


def ask_first(source: str, estimate: Estimate) -> bool:
    """Says what a fetch will cost; asks above a limit, and refuses where nobody can answer."""
    said = f"{source}: {estimate}"
    if not estimate.is_large:
        err.print(said, markup=False)
        return True
    if not sys.stdin.isatty():
        err.print(f"{said}. Not asked: say --yes to go ahead, or --limit to fetch less")
        return False
    return typer.confirm(f"{said}. Go ahead?")


def code_of(summary: RunSummary, order: Order) -> int:
    if summary.is_blocked or summary.held_here:
        return BadInput.exit_code
    # A window may hold no page; a whole source that gives none is down.
    is_whole = order.window.since is None and order.window.until is None
    if order.sources and not summary.has_answers and (is_whole or summary.pages):
        return Unavailable.exit_code
    return 0


def leave_in_time(code: int) -> None:
    """Prefect's threads wait minutes for a server that died; nothing of ours is left to do."""
    if THE_PROCESS_IS_OURS:
        leaver = threading.Timer(EXIT_SECONDS, os._exit, [code])
        leaver.daemon = True
        leaver.start()


@contextmanager
def watch_progress() -> Iterator[Progress]:
    """A bar on a terminal, a plain line per stage elsewhere."""
    from tasks.progress import bar, plain_lines

    with bar(err) if err.is_terminal else plain_lines(err) as progress:
        yield progress


def show_changes(summary: RunSummary, *, as_json: bool) -> None:
    from tasks.show import as_json as encode
    from tasks.show import show_what_changed

    if as_json:
        out.print(encode(summary.fields()), markup=False, soft_wrap=True)
    else:
        show_what_changed(out, summary)


def show_run(settings: Settings, summary: RunSummary, *, as_json: bool) -> None:
    from tasks.show import as_json as encode
    from tasks.show import show_summary

    if as_json:
        out.print(encode(summary.fields()), markup=False, soft_wrap=True)
    else:
        show_summary(out, summary, settings)


def answer_questions(settings: Settings) -> None:
    """Three real answers, and what to type next."""
    from tasks.show import QUESTIONS, show_next_steps

    for question, statement in QUESTIONS:
        out.print(f"\n[bold]{question}[/bold]")
        verbs_read.show_answer(settings, statement, as_json=False)
    show_next_steps(out, settings)


def run(arguments: list[str]) -> int:
    """The exit code; every error on purpose is one line on standard error."""
    try:
        app(arguments)
    except SystemExit as end:
        # The parser ends with 2 where sysexits says 64.
        code = end.code if isinstance(end.code, int) else 0
        return USAGE if code == PARSER_USAGE else code
    except OnrecordError as error:
        err.print(f"onrecord: {error}", markup=False, soft_wrap=True)
        return error.exit_code
    except BrokenPipeError:
        # The reader (head, say) has had enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:
        if not INTERRUPT.came:
            raise
        err.print("onrecord: stopped")
        return Stopped.exit_code
    return 0


def main() -> None:
    global THE_PROCESS_IS_OURS  # noqa: PLW0603 - set once, here: tests call `run` in theirs
    THE_PROCESS_IS_OURS = True
    INTERRUPT.listen()
    code = run(sys.argv[1:])
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    leave_in_time(code)
    # The destructors of DuckDB's binding print pages about leaks when pandera is loaded too:
    # what must still run at the end (Prefect's own server is stopped so) is run here.
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    main()
