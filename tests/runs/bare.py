"""A whole run by the same steps as the flow, without the engine of Prefect around them.

For processes that are killed hundreds of times: the engine takes its seconds to start.
"""

from __future__ import annotations

from flows.collect import adopt_unfinished, fetch_source, read_saved
from flows.finish import audit, close_run, publish_working, write_outcomes
from flows.session import Request, open_session
from flows.settle_batches import add_due_retries, batches, settle_batch
from tasks.summary import RunSummary


def run_bare(request: Request) -> RunSummary:
    with open_session(request) as session:
        answered = adopt_unfinished(session)
        for name in session.order.sources:
            fetch_source.fn(session, name, answered)
        read_saved(session)
        add_due_retries(session)
        for batch in batches(session.kept, session.settings.batch_size):
            settle_batch.fn(session, batch)
        write_outcomes(session)
        summary = close_run(session, audit.fn(session))
    return summary if summary.is_blocked else publish_working.fn(session.settings, summary)
