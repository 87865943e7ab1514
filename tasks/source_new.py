"""A new archive: its module, written from what the user says of it, and what to do next."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from schemas.errors import BadUsage, CannotWrite
from schemas.source import Source
from tasks.source_check import SourceCheck

FOLDER = Path(__file__).parent / "sources"
NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")

MODULE = '''\
"""{title}: say here what kind of archive it is, and what its addresses mean."""

from __future__ import annotations

from datetime import timedelta

from schemas.source import Listing, Source
from tasks.sources.press_release import COMMON_LAYOUTS

{constant} = Source(
    name="{name}",
    title="{title}",
    hosts=("{host}",),
    listings=(
{listings}
    ),
    # The common publishing systems. A Layout of the site's own goes before them; a redesign
    # closes one (used_until) and opens the next.
    layouts=COMMON_LAYOUTS,
    # Until all designs are declared: read others like pages of an unknown site.
    reads_other_designs=True,
    contact="{contact}",
    time_zone="UTC",
    # The least time between two requests; robots.txt may lengthen it.
    pause=timedelta(seconds=5),
    # "day_first" or "month_first" where the site writes 05/06/2007.
    date_order=None,
    rights="unknown",
    is_enabled=False,
    last_verified=None,
)
'''
LISTING = """\
        Listing(
            kind="{kind}",
            url="https://{host}{path}",
            # Which of the listed addresses are pages; groups year, month, day give a page's day:
            # page_pattern=r"https://{pattern}/(?P<year>\\d{{4}})/(?P<month>\\d\\d)/.+",
        ),"""


@dataclass(frozen=True, slots=True)
class NewSource:
    """What a user says of an archive. `listings`: kind of listing to path on the host."""

    name: str
    title: str
    host: str
    contact: str
    listings: Mapping[str, str]


def write_source(new: NewSource) -> Path:
    """Raises `BadUsage` for what cannot be a source, `CannotWrite` where its file cannot be."""
    _judge(new)
    path = FOLDER / f"{new.name}.py"
    text = _module(new)
    ast.parse(text)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        _register(new.name)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}. Choose another name, or edit it") from error
    return path


def _judge(new: NewSource) -> None:
    if not NAME.fullmatch(new.name) or keyword.iskeyword(new.name):
        raise BadUsage(f"{new.name!r}: expected a name of small letters, digits and underscores")
    if not HOST.fullmatch(new.host):
        raise BadUsage(
            f"{new.host!r}: expected a host name, such as news.example.org, without https://"
        )
    if not new.contact.strip() or not new.contact.isascii():
        raise BadUsage(f"contact {new.contact!r}: expected a mail address or a page, in ASCII")
    for kind, path in new.listings.items():
        if not path.startswith("/") or re.search(r"[\s\"\\]", path):
            raise BadUsage(f"--{kind} {path!r}: expected a path on {new.host}, such as /news/")
        _judge_fields(kind, path)


def _judge_fields(kind: str, path: str) -> None:
    try:
        fields = {name for _, name, _, _ in Formatter().parse(path) if name is not None}
    except ValueError as error:
        raise BadUsage(f"--{kind} {path!r}: {error}") from error
    if not fields <= {"day"}:
        raise BadUsage(f"--{kind} {path!r}: only {{day:%Y}}, {{day:%m}}, {{day:%d}} are filled in")


def _module(new: NewSource) -> str:
    pattern = re.escape(new.host)
    listings = (
        LISTING.format(kind=kind, host=new.host, path=path, pattern=pattern)
        for kind, path in new.listings.items()
    )
    return MODULE.format(
        name=new.name,
        title=_quoted(new.title),
        host=new.host,
        contact=_quoted(new.contact),
        listings="\n".join(listings),
        constant=new.name.upper(),
    )


def _quoted(text: str) -> str:
    """What may stand between double quotes on one line."""
    return " ".join(text.split()).replace("\\", "/").replace('"', "'")


def _register(name: str) -> None:
    """A line of import and a line of SOURCES, each after the last of its kind."""
    path = FOLDER / "__init__.py"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    imports = [i for i, line in enumerate(lines) if line.startswith("from tasks.sources.")]
    start = next(i for i, line in enumerate(lines) if line.startswith("SOURCES"))
    end = next(i for i in range(start, len(lines)) if lines[i].startswith("}"))
    lines.insert(end, f'    "{name}": {name.upper()},\n')
    new = f"from tasks.sources.{name} import {name.upper()}\n"
    place = next((i for i in imports if lines[i] > new), imports[-1] + 1)
    lines.insert(place, new)
    path.write_text("".join(lines), encoding="utf-8")


def next_steps(new: NewSource) -> tuple[str, ...]:
    return (
        f"It stands in tasks/sources/{new.name}.py and in SOURCES, switched off.",
        f"1. onrecord sources check {new.name}: what a handful of its pages yield.",
        f"2. In tasks/sources/{new.name}.py: page_pattern, time zone, rights, its own layouts.",
        f"3. tests/golden/{new.name}/: a page per layout, then make golden and read the records.",
        "4. is_enabled=True, when check and the golden pages are right.",
    )


def after_check(source: Source, found: SourceCheck) -> tuple[str, ...]:
    """What to do next, by what the look has shown."""
    module = f"tasks/sources/{source.name}.py"
    empty = [row for row in found.listings if not row["pages"] and not row["failed"]]
    unread = [row for row in found.pages if row["outcome"] == "layout_missing"]
    steps = [
        f"{row['kind']} {row['url']} lists no page: look at page_pattern and link_selector in "
        f"{module}, or ask for other days with --since and --until"
        for row in empty
    ]
    if found.listings and all(row["failed"] and not row["pages"] for row in found.listings):
        served = "; `onrecord serve` serves the sample archive" if source.private_hosts else ""
        steps.append(f"No listing could be read: the reasons stand beside them{served}")
    if unread:
        steps.append(f"{len(unread)} pages show no declared layout: add one in {module}")
    if found.is_well and source.last_verified is None and not source.private_hosts:
        day = f"date({found.checked_on:%Y}, {found.checked_on.month}, {found.checked_on.day})"
        steps.append(f"All read. Where the fields are right: last_verified={day} in {module}")
    return tuple(steps)
