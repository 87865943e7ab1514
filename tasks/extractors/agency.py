"""Who issued the text, kept apart from the host that shows it; the rules, most trusted first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from schemas.records import Agency, Finding
from tasks.extractors.agency_names import agency_named, agency_spelled
from tasks.extractors.byline import OPENING
from tasks.extractors.dateline import find_dateline
from tasks.extractors.line_forms import FOOTER, SOURCE_LINE
from tasks.extractors.reading import Reading
from tasks.extractors.url_facts import host_agency, url_agency

CREDIT = re.compile(r"(?:^|[-–—(/]\s?)([A-Z][\w/ .]{1,30}?)\s?\)?$")
COPYRIGHT = re.compile(
    r"(?:\bcopyright\b|©|\(c\))[^A-Za-z]{0,12}(?:\(c\)[^A-Za-z]{0,10})?(?:by\s)?(?:the\s)?"
    r"(?P<name>[A-Z][\w/ ]{1,40}?)(?=,|\.(?!\w)|\s(?:All|Inc|Reprinted)|$)",
    re.IGNORECASE,
)
REPRINTED = re.compile(r"\breprinted\b", re.IGNORECASE)
WEB_SITE = re.compile(r"\.?\s*(?:Web\s?site|Website|URL|http)\b.*$", re.IGNORECASE | re.DOTALL)


class Issuer(NamedTuple):
    agency: Agency
    rule: str
    evidence: str


def find_agency(reading: Reading) -> tuple[Agency | None, tuple[Finding, ...]]:
    found = [each for rule in RULES for each in rule(reading)]
    chosen = found[0] if found else None
    findings = [
        Finding("agency", each.agency.name, each.rule, each.evidence[:200], None, each is chosen)
        for each in found
    ]
    return chosen.agency if chosen else None, tuple(findings)


def from_footer(reading: Reading) -> Iterator[Issuer]:
    """ "(USINFO is produced by the Bureau of ..., U.S. Department of State. Web site: ...)" """
    for line in reading.labelled("source_footer"):
        if match := FOOTER.match(line):
            stated = WEB_SITE.sub("", match["parents"]).strip(" .)")
            parents = tuple(part.strip() for part in stated.split(", ") if part.strip())
            name = match["name"].strip()
            agency = Agency(_spelled(name, reading) or name, parents)
            yield Issuer(agency, "source_footer", line)
        elif match := SOURCE_LINE.match(line):
            name = match["name"].strip()
            yield Issuer(_agency_of(name, reading) or Agency(name), "source_footer", line)


def _spelled(name: str, reading: Reading) -> str | None:
    """As the source declares it: WORLD FILE in capitals is its World File."""
    declared = reading.source.agencies.values() if reading.source else ()
    return next((each for each in declared if each.lower() == name.lower()), None)


def _agency_of(name: str, reading: Reading) -> Agency | None:
    """An agency the source declares, or one that all libraries share."""
    spelled = _spelled(name, reading)
    return agency_spelled(spelled) if spelled else agency_named(name)


def from_agency_line(reading: Reading) -> Iterator[Issuer]:
    for line in reading.labelled("source_footer"):
        if agency := _agency_of(line.strip(" ()[]-–—*:"), reading):
            yield Issuer(agency, "agency_line", line)


def from_dateline(reading: Reading) -> Iterator[Issuer]:
    first = next(reading.body(), "")
    found = find_dateline(first)
    if found and found.agency:
        yield Issuer(found.agency, "dateline", found.dateline.text)


def from_byline(reading: Reading) -> Iterator[Issuer]:
    for line in reading.labelled("byline"):
        rest = OPENING.sub("", line, count=1)
        for part in re.split(r"[,;|/()\[\]]|\s[-–—]\s", rest):
            words = part.strip(" .:")
            agency = agency_named(words) or agency_named(
                re.sub(r"\s+(?:Staff\s)?(?:Writer|Correspondent|Reporter)s?$", "", words)
            )
            if agency:
                yield Issuer(agency, "byline", line)


def from_copyright(reading: Reading) -> Iterator[Issuer]:
    """ "Copyright (c) 2006. RFE/RL, Inc.": an agency's own line; the host's names none we know."""
    for line in reading.labelled("boilerplate"):
        match = COPYRIGHT.search(line)
        if match is None:
            continue
        name = match["name"].strip()
        # "Reprinted with permission": whoever gave it is the issuer, in a list or not.
        agency = _agency_of(name, reading) or (Agency(name) if REPRINTED.search(line) else None)
        if agency and agency.name != (reading.source.publisher if reading.source else None):
            yield Issuer(agency, "copyright", line)


def from_url(reading: Reading) -> Iterator[Issuer]:
    declared = reading.source.agencies if reading.source else {}
    if found := url_agency(reading.url or "", declared):
        yield Issuer(found[0], "url", found[1])


def from_credit(reading: Reading) -> Iterator[Issuer]:
    """The credit that closes the last paragraph: "... - Sapa", "(AFP)"."""
    last = [*reading.body(), ""][-2:][0]
    match = CREDIT.search(last[-60:])
    agency = agency_named(match[1]) if match else None
    if agency and match:
        yield Issuer(agency, "credit", match[0])


def from_host(reading: Reading) -> Iterator[Issuer]:
    if found := host_agency(reading.url or ""):
        yield Issuer(found[0], "own_host", found[1])


Rule = Callable[[Reading], Iterator[Issuer]]
RULES: tuple[Rule, ...] = (
    from_footer,
    from_agency_line,
    from_dateline,
    from_byline,
    from_credit,
    from_copyright,
    from_url,
    from_host,
)
