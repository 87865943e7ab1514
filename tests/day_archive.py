"""An archive on loopback with one index page a day, whose days and pages a test makes fail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from schemas.source import Layout, Listing, Source
from tests.fault_server import CLOSE, NO_ROBOTS, RESET, Asked, FaultServer, Step, answer
from tests.fetching import loopback_source

NAME = "harbour_gazette"
BROKEN: dict[str, list[Step]] = {
    "server_error": [answer(b"", "500 Internal Server Error")],
    "not_found": [answer(b"", "404 Not Found")],
    "bad_answer": [answer(b"cut short")[:30], CLOSE],
    "connection_failure": [RESET],
    "challenge_page": [
        answer(b"<p>Checking your browser before accessing the site, please wait.</p>")
    ],
    "soft_404": [answer(b"<h1>Page not found</h1><p>We are sorry.</p>")],
}
STORY = """<html><body><article><h1>The port of {town} counts {number} ships</h1>
<p class="date">{day:%d %B %Y}</p>
<p>ACCRA -- The harbour master of {town} counted {number} ships on {day:%A}, and said that none had
waited for longer than a day.</p>
<p>“We let every ship in that has its papers,” said harbour master Efua Mensah. “The others wait
outside, as they always did, and as they will for as long as I am asked.”</p>
</article></body></html>
"""
PATTERN = (
    r"http://127\.0\.0\.1:\d+/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/s(?P<number>\d+)\.html"
)
TOWNS = ("Tema", "Accra", "Takoradi", "Keta", "Elmina")


@dataclass
class DayArchive:
    """`broken` maps a path to the kind of trouble it is in; what is not there is well."""

    pages_a_day: int = 3
    broken: dict[str, str] = field(default_factory=dict)
    server: FaultServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = FaultServer(self.script)

    def source(self, **changes: object) -> Source:
        listing = Listing(
            kind="index",
            url=self.server.url("/{day:%Y}/{day:%m}/{day:%d}/"),
            page_pattern=PATTERN,
            count_selector="b.total",
        )
        layout = Layout(
            name="plain", fingerprint=("article h1",), body="article", headline="article h1"
        )
        made = {"hosts": ("127.0.0.1",), "listings": (listing,), "layouts": (layout,), **changes}
        return loopback_source(self.server.host, **made)

    def script(self, asked: Asked) -> Iterable[Step]:
        if asked.path == "/robots.txt":
            return [NO_ROBOTS]
        if asked.path in self.broken:
            return BROKEN[self.broken[asked.path]]
        found = re.fullmatch(r"/(\d{4})/(\d\d)/(\d\d)/(?:s(\d+)\.html)?", asked.path)
        if found is None:
            return [NO_ROBOTS]
        day = date(*map(int, found.groups()[:3]))
        return [self.page(day, int(found[4])) if found[4] else self.index(day)]

    def index(self, day: date) -> bytes:
        numbers = range(1, self.pages_a_day + 1)
        links = "".join(f"<a href='{story_path(day, number)}'>story</a>" for number in numbers)
        return answer(
            f"<html><body>{links}<b class=total>{len(numbers)}</b></body></html>".encode()
        )

    def page(self, day: date, number: int) -> bytes:
        town = TOWNS[(day.toordinal() + number) % len(TOWNS)]
        return answer(STORY.format(town=town, number=number + day.day * 10, day=day).encode())


def index_path(day: date) -> str:
    return f"/{day:%Y/%m/%d}/"


def story_path(day: date, number: int) -> str:
    return f"/{day:%Y/%m/%d}/s{number}.html"


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]
