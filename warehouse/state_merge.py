"""Tables that keep the state of something over time: pages, tombstones.

Quarantine, incidents and deliveries are no matter of merging: they are what the journal adds up to,
and are appended whole.
"""

from __future__ import annotations

from warehouse.upsert import Rule

# A page that answered "not modified" has nothing new to say; its row stays as it is.
# Neither has one that we chose not to ask for: what the site said last stands.
# One that fails today keeps the capture it has, and its day.
PAGES = Rule(
    compared=("disposition", "reason", "next_try_at", "capture_id", "listed_date", "try_count"),
    values={
        "first_listed_at": "least(old.first_listed_at, new.first_listed_at)",
        "capture_id": "coalesce(new.capture_id, old.capture_id)",
        "listed_date": "coalesce(new.listed_date, old.listed_date)",
    },
    condition="new.disposition != 'not_modified' and new.reason not in "
    "('limit_reached', 'run_interrupted', 'budget_spent', 'not_due')",
)

# Gone in the same way as before is no news, whatever the words of the answer.
TOMBSTONES = Rule(
    compared=("article_id", "reason", "http_status"),
    values={"first_seen_at": "least(old.first_seen_at, new.first_seen_at)"},
)

RULES = {"pages": PAGES, "tombstones": TOMBSTONES}
