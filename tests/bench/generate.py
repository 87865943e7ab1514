"""News-like documents without end, the same every time: invented people, real countries."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from tasks.sources.sample.declaration import PORT

FIRST = ("Maria", "Jonas", "Efua", "Tomas", "Aiko", "Paola", "Rakesh", "Ingrid", "Samuel", "Leila")
LAST = ("Okello", "Brandt", "Mensah", "Varga", "Tanabe", "Brandi", "Menon", "Solberg", "Haddad")
POSTS = ("harbour minister", "deputy spokesman", "chief inspector", "transport commissioner")
BODIES = ("Trade Ministry", "Port Authority", "Customs Office", "Fisheries Council")
COUNTRIES = ("Ghana", "Norway", "Kenya", "Peru", "Japan", "Malta", "Chile", "Estonia", "Nepal")
CITIES = ("Accra", "Oslo", "Nairobi", "Lima", "Tokyo", "Valletta", "Santiago", "Tallinn")
SAID = ("said", "told reporters", "added", "warned", "wrote in a statement")
WORDS = (
    "We will clear every ship by the end of the month",
    "Nobody has asked us to pay for waiting",
    "The talks were short, and they were frank",
    "This is not a new issue for the port",
    "Our figures show that trade has doubled since the spring",
)
FILLING = (
    "The harbour has waited for a new pier since the storm took the old one.",
    "Boats lay three deep along the quay, and the sheds were full to the roof.",
    "Nothing in the agreement says who pays for the dredging of the channel.",
    "The union called off its strike after a vote that lasted into the night.",
    "The agreement follows nine days of talks on {day}.",
    "Officials in {city} expect the first convoy on {weekday}, {day}.",
    "Trade between {country} and {other} has grown by a third since 2004.",
    "The minister is to travel to {city} next week.",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_DAY = date(2006, 1, 2)
DAYS = 1_400  # within the span of the sample archive


@dataclass(frozen=True, slots=True)
class Story:
    number: int
    headline: str
    published: date
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def stories(size: int = 4_600) -> Iterator[Story]:
    """Bodies of about `size` characters."""
    for number in count():
        yield _story(Random(number), number, size)  # noqa: S311 - the same every time, on purpose


def as_saved_text(story: Story) -> str:
    return f"{story.headline}\n\n{story.published:%d %B %Y}\n\n{story.text}\n"


def as_html(story: Story, kilobytes: int = 42) -> str:
    """One of many designs nobody declared, with furniture up to the size wanted."""
    body = "".join(f"<p>{html.escape(each)}</p>\n" for each in story.paragraphs)
    page = (
        f"<html><head><title>{html.escape(story.headline)} | Harbour Gazette</title></head><body>"
        f"<div class='top'><h1>{html.escape(story.headline)}</h1>"
        f"<span class='date'>{story.published:%d %B %Y}</span></div>"
        f"<div class='story'>{body}</div>{{furniture}}</body></html>"
    )
    return page.replace("{furniture}", furniture(kilobytes * 1024 - len(page)))


def as_declared_html(story: Story) -> str:
    """In the design that the sample archive declares as `library`."""
    body = "".join(f"<p>{html.escape(each)}</p>\n" for each in story.paragraphs)
    return (
        f"<html><head><title>Harbour Library</title></head><body>"
        f"<table id='page'><tr><td class='menu'><a href='/library/'>Library</a></td>"
        f"<td class='document'><p class='section'>Ports</p><h1>{html.escape(story.headline)}</h1>"
        f"<p class='date'>{story.published:%d %B %Y}</p><div class='story'>{body}</div></td></tr>"
        f"</table><p class='legal'>Copyright 2000-2022 Harbour Library.</p></body></html>"
    )


def declared_url(story: Story) -> str:
    """As the sample archive names its pages."""
    folder = f"{story.published:%Y/%m}/ports-{story.published:%y%m%d}-wf{story.number:06d}.html"
    return f"http://127.0.0.1:{PORT}/library/ports/{folder}"


def furniture(size: int) -> str:
    """A menu as long as wanted."""
    item = "<li><a href='/section/{n}/index.html'>Section {n} of the gazette</a></li>"
    items = "".join(item.replace("{n}", str(n)) for n in range(max(0, size) // len(item)))
    return f"<div class='nav'><ul>{items}</ul></div>"


def _story(dice: Random, number: int, size: int) -> Story:
    published = FIRST_DAY + timedelta(days=number % DAYS)
    country, other = dice.sample(COUNTRIES, 2)
    paragraphs = [
        f"{dice.choice(CITIES)} -- The ports of {country} and {other} opened again on Monday."
    ]
    while sum(map(len, paragraphs)) < size:
        # As in political news: about one quotation in 650 characters.
        kind = _quoted if len(paragraphs) % 3 == 1 else _told
        paragraphs.append(kind(dice, country, other, published))
    headline = f"{country} and {other} Agree on Port Convoy No. {number}"
    return Story(number, headline, published, tuple(paragraphs))


def _quoted(dice: Random, country: str, other: str, published: date) -> str:
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    role = f"{dice.choice(BODIES)} {dice.choice(POSTS)}"
    spoken = f"“{dice.choice(WORDS)},” {dice.choice(SAID)} {role} {name}."
    return f"{spoken} {_filled(dice, country, other, published)}"


def _told(dice: Random, country: str, other: str, published: date) -> str:
    return " ".join(_filled(dice, country, other, published) for _ in range(4))


def _filled(dice: Random, country: str, other: str, published: date) -> str:
    later = published + timedelta(days=dice.randrange(1, 20))
    return dice.choice(FILLING).format(
        day=f"{later:%B} {later.day}",
        weekday=WEEKDAYS[later.weekday()],
        city=dice.choice(CITIES),
        country=country,
        other=other,
    )
