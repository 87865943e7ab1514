"""The checks as they stand in `checks/`: one promise a file, returning the rows that break it.

The file opens with what it is:

    -- severity: error                       blocks publication; `warn` is only told
    -- owner: extraction                     who looks when it fails
    -- judged: select source, count(*) ...   how many rows it looked at, in all or per source
    -- may judge nothing: why that is no failure (else judging nothing is one)
    -- threshold: at most 0.4                then each row has `measured`; more than that breaks it
    -- threshold: of each row                then each row has `threshold` and `is_broken` as well,
                                             and the first of a source speaks for it
    -- One sentence that says what is promised.

A statement that names `$run_id` or `$sources` judges one run; the others judge the warehouse.
`$written_by` is for what costs too much to judge anew each time: the run whose rows are judged,
null in an assessment, which judges them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from schemas.errors import BadConfiguration

FOLDER = Path(__file__).parent / "checks"
FIELDS = ("severity", "owner", "judged", "may judge nothing", "threshold")

OF_EACH_ROW = "of each row"

Severity = Literal["error", "warn"]


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    severity: Severity
    owner: str
    says: str
    judged: str
    offenders: str
    threshold: float | None
    may_judge_nothing: str | None
    has_own_thresholds: bool = False

    @property
    def is_about_a_run(self) -> bool:
        return "$run_id" in self.offenders or "$sources" in self.offenders


def read_checks(folder: Path = FOLDER) -> tuple[Check, ...]:
    return tuple(read_check(path) for path in sorted(folder.glob("*.sql")))


def read_check(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    fields, says = _read_head(text)
    missing = [name for name in ("severity", "owner", "judged") if name not in fields]
    if missing or not says:
        raise BadConfiguration(
            f"{path}: a check opens with its severity, owner, judged and a sentence; "
            f"missing: {missing or 'the sentence'}. See warehouse/check_files.py"
        )
    return Check(
        name=path.stem,
        severity=_severity(path, fields["severity"]),
        owner=fields["owner"],
        says=says,
        judged=fields["judged"],
        offenders=text,
        threshold=_threshold(path, fields.get("threshold")),
        may_judge_nothing=fields.get("may judge nothing"),
        has_own_thresholds=fields.get("threshold") == OF_EACH_ROW,
    )


def _read_head(text: str) -> tuple[dict[str, str], str]:
    """A comment line that begins with spaces continues the field above it."""
    fields: dict[str, str] = {}
    sentences: list[str] = []
    current = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        said = line.removeprefix("-- ")
        name, colon, value = said.partition(": ")
        if colon and name in FIELDS:
            current, fields[name] = name, value
        elif said.startswith("  ") and current:
            fields[current] += f" {said.strip()}"
        else:
            sentences.append(said)
    return fields, " ".join(sentences)


def _severity(path: Path, stated: str) -> Severity:
    if stated == "error":
        return "error"
    if stated == "warn":
        return "warn"
    raise BadConfiguration(f"{path}: severity is error or warn, found {stated!r}")


def _threshold(path: Path, stated: str | None) -> float | None:
    if stated is None or stated == OF_EACH_ROW:
        return None
    found = re.fullmatch(r"at most ([0-9.]+)", stated)
    if not found:
        raise BadConfiguration(
            f"{path}: a threshold reads `at most 0.4` or `{OF_EACH_ROW}`, found {stated!r}"
        )
    return float(found[1])
