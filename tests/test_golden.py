"""Every golden page reads as a careful reader says: the whole record, compared as one value.

`tests/golden/<source>/<capture date>-<slug>/` holds the capture, where and when it was made,
and the record. `make golden` writes the records anew; `differences.csv` lists by path what the
rules still get wrong, and those paths keep the reader's value.
"""

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from schemas.records import PageInput
from tasks.extract import print_page
from tasks.sources import SOURCES

GOLDEN = Path(__file__).parent / "golden"
DIFFERENCES = GOLDEN / "differences.csv"
PAGES = sorted(path.parent for path in GOLDEN.glob("*/*/capture.json"))


def page_input(folder):
    known = json.loads((folder / "capture.json").read_text(encoding="utf-8"))
    captured_at = known["captured_at"]
    body = folder / "capture.html"
    text = folder / "capture.txt"
    return PageInput(
        page_id=folder.name,
        url=known["url"],
        body=body.read_bytes() if body.exists() else None,
        text=text.read_text(encoding="utf-8") if text.exists() else None,
        content_type=known["content_type"],
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
    )


def read_differences():
    """The lines of differences.csv, and the note above them."""
    lines = DIFFERENCES.read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    return notes, list(csv.DictReader(line for line in lines if not line.startswith("#")))


def known_differences(folder):
    """The paths into the record of this page that the rules are known to get wrong."""
    return {row["path"] for row in read_differences()[1] if row["page"] == folder.name}


def differences(expected, found, path=""):
    """The paths at which two records differ; lists of different lengths differ as a whole."""
    if type(expected) is not type(found):
        return {path}
    if isinstance(expected, dict):
        keys = sorted(expected.keys() | found.keys())
        parts = [(f"{path}.{key}".lstrip("."), expected.get(key), found.get(key)) for key in keys]
    elif isinstance(expected, list) and len(expected) == len(found):
        parts = [
            (f"{path}[{place}]", *pair)
            for place, pair in enumerate(zip(expected, found, strict=True))
        ]
    else:
        return set() if expected == found else {path}
    return set().union(*(differences(old, new, name) for name, old, new in parts))


def shown(paths, expected, found):
    """Each difference on two lines, for the person who reads the failure."""
    return "\n".join(
        f"{path}\n  expected {at(expected, path)!r}\n  found    {at(found, path)!r}"
        for path in sorted(paths)
    )


def at(record, path):
    for step in path.replace("[", ".[").split("."):
        try:
            record = record[int(step[1:-1])] if step.startswith("[") else record[step]
        except (KeyError, IndexError, TypeError):
            return "(nothing)"
    return record


def put(record, path, value):
    *steps, last = path.replace("[", ".[").split(".")
    for step in steps:
        record = record[int(step[1:-1])] if step.startswith("[") else record[step]
    record[int(last[1:-1]) if last.startswith("[") else last] = value


def write_anew(folder, found):
    """What the rules say now; where a known difference still stands, the reader's value stays."""
    file = folder / "expected.json"
    known = known_differences(folder)
    expected = json.loads(file.read_text(encoding="utf-8")) if file.exists() else found
    differing = differences(expected, found)
    # A list that grew or shrank around a known difference stays whole: a person must look.
    shaken = {path for path in differing if any(each.startswith(f"{path}[") for each in known)}
    standing = known & differing
    for path in sorted(standing | shaken):
        put(found, path, at(expected, path))
    file.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    settled = {path for path in known - standing if not path.startswith(tuple(shaken))}
    forget_settled(folder, settled)


def forget_settled(folder, paths):
    notes, rows = read_differences()
    kept = [row for row in rows if row["page"] != folder.name or row["path"] not in paths]
    with DIFFERENCES.open("w", encoding="utf-8", newline="") as lines:
        lines.writelines(f"{note}\n" for note in notes)
        writer = csv.DictWriter(lines, ["page", "path", "because"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_golden_page_reads_as_expected(folder, is_update):
    found = json.loads(json.dumps(print_page(page_input(folder))))
    if is_update:
        write_anew(folder, found)
        return

    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))

    new = differences(expected, found) - known_differences(folder)
    assert not new, f"\n{shown(new, expected, found)}"


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_no_known_difference_is_settled(folder):
    """A rule that now reads the page right takes its line out of differences.csv."""
    known = known_differences(folder)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps(print_page(page_input(folder))))

    assert known <= differences(expected, found)


def test_every_layout_of_a_source_has_a_golden_page():
    records = [json.loads((folder / "expected.json").read_text("utf-8")) for folder in PAGES]
    shown_layouts = {(record.get("source"), record.get("layout")) for record in records}

    assert {
        (source.name, f"declared:{layout.name}")
        for source in SOURCES.values()
        for layout in source.layouts
    } <= shown_layouts


def test_every_known_difference_names_a_golden_page():
    rows = read_differences()[1]

    assert {row["page"] for row in rows} <= {folder.name for folder in PAGES}
    assert all(row["because"] for row in rows)
