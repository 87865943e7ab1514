"""What a run made different, and because of which files and corrections. Pure.

The journal keeps, once for each digest, which files it is of and which corrections stood in it:
so a later run can name what has changed since a page was last read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl

from tasks.change_words import shown
from tasks.corrections import Correction
from tasks.quarantine import Rules
from tasks.versions import Parts, RuleVersions, changed_parts
from warehouse.changes import Changed, RulesNow

RULES_KNOWN = "rules_known"
CORRECTIONS_KNOWN = "corrections_known"
KINDS = ("parser", "vocabulary", "contract")
# A list of names is for a person to read.
NAMED_AT_MOST = 20

Line = Mapping[str, Any]
Record = dict[str, Any]


@dataclass(slots=True)
class RuleHistory:
    """What each digest in the journal stands for."""

    parts: dict[str, Parts] = field(default_factory=dict)
    corrections: dict[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


def fold_history(lines: Iterable[Line]) -> RuleHistory:
    history = RuleHistory()
    for line in lines:
        note_known(history, line)
    return history


def note_known(history: RuleHistory, line: Line) -> None:
    if line["kind"] == RULES_KNOWN:
        history.parts[line["rules_digest"]] = line["parts"]
    elif line["kind"] == CORRECTIONS_KNOWN:
        history.corrections[line["corrections_digest"]] = line["rows"]


def unknown_lines(
    history: RuleHistory, rules: Rules, parts: Parts, corrections: Iterable[Correction]
) -> Iterator[Record]:
    """Lines for the journal that it does not hold yet."""
    if rules.rules_digest not in history.parts:
        yield {"kind": RULES_KNOWN, "rules_digest": rules.rules_digest, "parts": parts}
    if rules.corrections_digest not in history.corrections:
        yield {
            "kind": CORRECTIONS_KNOWN,
            "corrections_digest": rules.corrections_digest,
            "rows": [asdict(each) for each in corrections],
        }


def rules_now(history: RuleHistory, versions: RuleVersions, corrections_digest: str) -> RulesNow:
    rows = [
        (digest, row["capture_id"], row["table"], _in_words(row))
        for digest, corrections in history.corrections.items()
        for row in corrections
    ]
    names = ("corrections_digest", "capture_id", "table_name", "text")
    known = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return RulesNow(**asdict(versions), corrections_digest=corrections_digest, corrections=known)


def change_rows(
    changed: Changed, history: RuleHistory, rules_digest: str, run_id: str
) -> list[Record]:
    """As table `changes` keeps them."""
    reasons = _reasons(changed, history, rules_digest)
    return [
        {
            "run_id": run_id,
            "table_name": each.table_name,
            "field": each.field,
            "change": each.change,
            "cause": each.cause,
            "row_count": each.row_count,
            "because": reasons.get(each.cause, []),
            "examples": json.dumps(each.examples, ensure_ascii=False),
        }
        for each in changed.changes
    ]


def _reasons(changed: Changed, history: RuleHistory, rules_digest: str) -> dict[str, list[str]]:
    names: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for digest in changed.rules_before:
        if digest in history.parts:
            parts = changed_parts(history.parts[digest], history.parts[rules_digest])
            for kind in KINDS:
                names[kind].update(parts[kind])
    reasons = {kind: _brief(sorted(names[kind])) for kind in KINDS}
    reasons["several"] = _brief([name for kind in KINDS for name in sorted(names[kind])])
    reasons["correction"] = _brief(changed.corrections)
    return reasons


def _brief(names: Sequence[str]) -> list[str]:
    more = len(names) - NAMED_AT_MOST
    return [*names[:NAMED_AT_MOST], *([f"and {more} more"] if more > 0 else [])]


def _in_words(row: Mapping[str, str]) -> str:
    text = (
        f"{row['capture_id']}: {row['table']}.{row['field']}: "
        f"{shown(row['read_as'])} is {shown(row['should_be'])}, because {row['because']}"
    )
    return " ".join(text.split())
