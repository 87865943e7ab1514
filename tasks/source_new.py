"""A new archive: its module, written from what the user says of it, and what to do next."""

from __future__ import annotations

import re
from pathlib import Path

from schemas.errors import BadUsage, CannotWrite

FOLDER = Path(__file__).parent / "sources"
NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")
HOST = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}")

MODULE = '''\
"""{title}: say here what kind of archive it is, and what its addresses mean."""

from __future__ import annotations

from datetime import timedelta

from schemas.source import Layout, Listing, Source

{constant} = Source(
    name="{name}",
    title="{title}",
    hosts=("{host}",),
    listings=(
        # One address per year and month; or kind="feed", "sitemap", "cdx".
        Listing(
            kind="index",
            url="https://{host}/{{day:%Y}}/{{day:%m}}/",
            page_pattern=r"https://{pattern}/(?P<year>\\\\d{{4}})/(?P<month>\\\\d\\\\d)/.+",
        ),
    ),
    # None is fine: the page is read like one of any unknown site. A redesign closes one
    # (used_until) and opens the next.
    layouts=(Layout(name="first", fingerprint=("article h1",), body="article", headline="h1"),),
    contact="{contact}",
    time_zone="UTC",
    pause=timedelta(seconds=5),
    date_order=None,
    is_enabled=False,
    last_verified=None,
)
'''


def write_source(name: str, title: str, host: str, contact: str) -> Path:
    """Raises `BadUsage` for a name or host that cannot be one, `CannotWrite` for one that is."""
    if not NAME.fullmatch(name):
        raise BadUsage(f"{name!r}: expected a name of small letters, digits and underscores")
    if not HOST.fullmatch(host):
        raise BadUsage(f"{host!r}: expected a host name, such as news.example.org")
    path = FOLDER / f"{name}.py"
    text = MODULE.format(
        name=name,
        title=title.replace('"', "'"),
        host=host,
        contact=contact.replace('"', "'"),
        pattern=re.escape(host).replace("\\", "\\\\"),
        constant=name.upper(),
    ).replace("\\\\", "\\")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror}. Choose another name, or edit it") from error
    return path


def next_steps(name: str) -> tuple[str, ...]:
    return (
        f"1. In tasks/sources/{name}.py: how pages are listed, and the layouts of the pages.",
        f'2. In tasks/sources/__init__.py: a line "{name}": {name.upper()} in SOURCES.',
        f"3. onrecord sources check {name}: what a handful of its pages yield.",
        f"4. tests/golden/{name}/: a page per layout, then make golden and read the records.",
        "5. is_enabled=True, when check and the golden pages are right.",
    )
