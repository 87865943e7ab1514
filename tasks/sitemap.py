"""Sitemaps and sitemap indexes, by sitemaps.org. Pure.

A document type declaration is refused: it has no place in a sitemap and is what entity bombs and
file reads are made of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from tasks.http_decode import decode_magic
from tasks.http_fault import Fault

MOST_LOCATIONS = 50_000
MOST_BYTES = 52_428_800
_MOST_DEPTH = 16
_LONGEST_TEXT = 4_096


@dataclass(frozen=True, slots=True)
class Location:
    """A listed page. `kept_at` is where a web archive shows it, if that is to be asked."""

    url: str
    day: date | None = None
    kept_at: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages and further sitemaps. `trouble` says why what follows in the file is not here."""

    pages: tuple[Location, ...] = ()
    sitemaps: tuple[str, ...] = ()
    trouble: str | None = None


def read_sitemap(body: bytes) -> Sitemap:
    try:
        text = decode_magic(body, MOST_BYTES)
    except Fault as fault:
        return Sitemap(trouble=str(fault))
    reader = _Reader()
    trouble = reader.read(text.body)
    if trouble is None and text.is_ended is False:
        trouble = "the gzip stream ends early"
    return Sitemap(tuple(reader.pages), tuple(reader.sitemaps), trouble)


class _Stop(Exception):
    pass


@dataclass(slots=True)
class _Reader:
    pages: list[Location] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)

    def read(self, body: bytes) -> str | None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(body, True)  # noqa: FBT003 - expat's signature
        except (expat.ExpatError, _Stop) as error:
            return str(error)
        if not self.pages and not self.sitemaps:
            return "no <loc> of a sitemap in it"
        return None

    def _start(self, name: str, _: dict[str, str]) -> None:
        self.path.append(name.rpartition(" ")[2])
        self.text.clear()
        if len(self.path) > _MOST_DEPTH:
            raise _Stop(f"nested deeper than {_MOST_DEPTH} elements")
        if self.path[-1] in {"url", "sitemap"}:
            self.found.clear()

    def _end(self, _: str) -> None:
        name = self.path.pop()
        parent = self.path[-1] if self.path else ""
        if name in {"loc", "publication_date"} and (name != "loc" or parent in {"url", "sitemap"}):
            self.found[name] = "".join(self.text).strip()[:_LONGEST_TEXT]
        elif name in {"url", "sitemap"} and (url := self.found.get("loc")):
            self._add(name, url)
        self.text.clear()

    def _add(self, kind: str, url: str) -> None:
        if len(self.pages) + len(self.sitemaps) >= MOST_LOCATIONS:
            raise _Stop(f"more than {MOST_LOCATIONS} locations, which the format forbids")
        if kind == "sitemap":
            self.sitemaps.append(url)
        else:
            self.pages.append(Location(url, _day(self.found.get("publication_date"))))


def _refuse_doctype(*_: object) -> None:
    raise _Stop("it holds a document type declaration, which a sitemap never does")


def _day(text: str | None) -> date | None:
    """The day of a W3C date; `lastmod` is no such thing, it says when a page was touched."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
