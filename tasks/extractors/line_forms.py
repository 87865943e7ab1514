"""What one line above or below a story is, by its form: date line, byline, count, footer, turn.

Forms are those of newspapers, agencies and governments; the words stand in tasks/vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from schemas.records import BlockLabel
from tasks.extractors.agency_names import agency_named
from tasks.extractors.byline import OPENING, find_byline, names_nobody
from tasks.extractors.date_forms import read_age, read_yearless_day
from tasks.extractors.furniture_lines import furniture_line
from tasks.extractors.printed_date import find_printed_dates
from tasks.extractors.script_fields import opens_script_part, script_label
from tasks.extractors.vocabulary import read_words

MAX_DATE_LINE = 120
MAX_BYLINE = 160
DIGIT_WORD = re.compile(r"[0-9]{4}|[0-9]{1,2}(?:[:.][0-9]{2}){0,2}(?:st|nd|rd|th|am|pm|z|h)?")
WORD = re.compile(r"[^\W_][\w.:+]*")
# "(540)", "1,200 words", "4 min read", "Reading time: 4 minutes".
COUNT = re.compile(
    r"\(?\s*(?:about\s)?[0-9]{1,3}(?:[,.]?[0-9]{3})?\s*(?:words?)?\s*\)?$"
    r"|[0-9]{1,3}[\s-]min(?:ute)?s?\.?\s(?:read(?:ing)?)(?:\stime)?$"
    r"|(?:reading|read)\stime\s?:?\s?(?:about\s)?[0-9]{1,3}\s?min(?:ute)?s?\.?$",
    re.IGNORECASE,
)
POST = re.compile(
    r"^[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,4}, (?:[A-Z][a-z]+ ){0,3}(?:Spokesman|Spokeswoman|"
    r"Spokesperson|Press Secretary|Briefer|Secretary|Director|Coordinator|Ambassador)\b"
)
CLOCK = re.compile(
    r"[0-9]{1,2}:[0-9]{2}\s?[ap]\.?m\.?(?:\s[A-Z]{2,4}|\s\([^()]{1,30}\))?$", re.IGNORECASE
)
TURN = re.compile(
    r"(?:(?:MR|MRS|MS|DR|GEN|AMB|SEN|SECRETARY|PRESIDENT|MODERATOR|QUESTION|ANSWER|Q|A|STAFF|PRESS)"
    r"\b[A-Z .,'’-]{0,40}|[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4}):(?:\s|$)"
)
FOOTER = re.compile(
    r"\(?\s?(?:The\s)?(?P<name>[A-Z][\w./-]*(?: (?:[A-Z][\w./-]*|of|and|the)){0,5}) (?:is|are) "
    r"(?:a\s)?(?:produced|published|product|issued|distributed|operated|prepared|service) "
    r"(?:and \w+ )?(?:by|of) (?:the )?(?P<parents>[A-Z][^()\n]{3,200})"
)
# "Photo cutline: ...", "(File photo. ...", "Photo by ...", "(Credit: ...", "AP Photo/...".
CAPTION = re.compile(
    r"[(\[]?\s?(?:(?:File\s)?(?:Photo|Photograph|Picture|Image|Graphic)s?\b\s?"
    r"(?:cutline|caption|credit|courtesy|by\b|[:.])|(?:Caption|Cutline|Credit)\s?:"
    r"|(?:AP|AFP|EPA|Reuters)\s(?:Photo|Images?)\b(?=\W*(?:$|[/A-Z])))",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(r"Source:\s+(?P<name>[A-Z][^.|\n]{1,80})(?:$|\s\|)")
SECTION = re.compile(r"(?:category|section|filed under|filed in)\s?:\s?\S", re.IGNORECASE)
MAX_SECTION = 80
MAX_FOOTER = 400
PLACE_LINE = re.compile(r"[A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,3}(?:, [A-Z][\w.’' -]{1,20})?$")

Form = Callable[[str], BlockLabel | None]


@lru_cache(maxsize=4_096)
def line_form(line: str) -> BlockLabel | None:
    """The label that the line's own form gives it; None where it could be anything."""
    if len(line) > MAX_FOOTER:
        return None
    for form in FORMS:
        if label := form(line):
            return label
    return None


def _date(line: str) -> BlockLabel | None:
    is_date = is_date_line(line) or CLOCK.match(line) or read_yearless_day(line)
    return "date" if is_date or is_age_line(line) else None


def _byline(line: str) -> BlockLabel | None:
    is_short = len(line) < MAX_DATE_LINE // 2 and not line.endswith((".", "?"))
    is_short = is_short or (len(line) < MAX_BYLINE and has_day(line))
    if find_byline(line) or (is_short and OPENING.match(line)):
        return "byline"
    return "byline" if is_staff_line(line) or _is_dated_byline(line) else None


def _is_dated_byline(line: str) -> bool:
    """ "January 9th, 2008 by Maria Okello": what stays beside the date is a byline."""
    if len(line) > MAX_DATE_LINE or not (found := find_printed_dates(line)):
        return False
    rest = line[found[-1].end :].lstrip(" ,|-–—") or line[: found[0].start]
    return bool(find_byline(rest))


def _agency(line: str) -> BlockLabel | None:
    name = line.strip(" ()[]-–—*:")
    return "source_footer" if agency_named(name) else None


def _caption(line: str) -> BlockLabel | None:
    return "caption" if CAPTION.match(line) else None


def _count(line: str) -> BlockLabel | None:
    return "boilerplate" if COUNT.match(line) else None


def _footer(line: str) -> BlockLabel | None:
    return "source_footer" if is_source_footer(line) else None


def _furniture(line: str) -> BlockLabel | None:
    found = furniture_line(line)
    return found.label if found else None


def _script(line: str) -> BlockLabel | None:
    return script_label(line)


def _section(line: str) -> BlockLabel | None:
    return "section" if len(line) <= MAX_SECTION and SECTION.match(line) else None


FORMS: tuple[Form, ...] = (
    _script,
    _caption,
    _count,
    _date,
    _footer,
    _agency,
    _byline,
    _section,
    _furniture,
)


def is_date_line(line: str) -> bool:
    """A printed date and nothing but a time, a zone and words like "Posted" beside it."""
    if len(line) > MAX_DATE_LINE or not any(c in line for c in "0123456789"):
        return False
    found = find_printed_dates(line)
    if not found or all(each.precision == "year" for each in found):
        return False
    rest = line
    for each in reversed(found):
        rest = rest[: each.start] + " " + rest[each.end :]
    return all(_fits_date_line(word) for word in WORD.findall(rest.lower()))


def is_age_line(line: str) -> bool:
    """ "Updated 18 hours ago", and nothing but words of a date line beside it."""
    age = read_age(line)
    if age is None:
        return False
    rest = line.replace(age.evidence, " ", 1)
    return all(_fits_date_line(word) for word in WORD.findall(rest.lower()))


def has_day(line: str) -> bool:
    """Whether a day is printed anywhere in the line."""
    return any(each.precision == "day" for each in find_printed_dates(line))


def count_running_words(text: str) -> int:
    """Words in lower case that no date line needs."""
    words = [word for word in WORD.findall(text) if word.isalpha() and word.islower()]
    return sum(not _fits_date_line(word) for word in words)


def _fits_date_line(word: str) -> bool:
    return word.strip(".:") in _date_words() or DIGIT_WORD.fullmatch(word) is not None


def is_staff_line(line: str) -> bool:
    """A writer's post alone: "Washington File Staff Writer", "VOA Correspondent"."""
    words = line.strip(" ()").split()
    if names_nobody(line):
        return True
    return (
        2 <= len(words) <= 7  # noqa: PLR2004
        and words[-1].strip(".,").lower() in _staff_posts()
        and all(word != word.lower() or word == "staff" for word in words[:-1])
    )


def is_source_footer(line: str) -> bool:
    """ "(USINFO is produced by the Bureau of ...)", with or without brackets; "Source: ..."."""
    return len(line) <= MAX_FOOTER and (
        FOOTER.match(line) is not None or SOURCE_LINE.match(line) is not None
    )


def is_turn(line: str) -> bool:
    """A turn of a transcript: "MR. CASEY: We have seen the reports." """
    return TURN.match(line) is not None and not opens_script_part(line)


def is_place_line(line: str) -> bool:
    """ "Washington, DC": a line of its own above a date."""
    return len(line) <= 40 and PLACE_LINE.match(line) is not None  # noqa: PLR2004


def is_post_line(line: str) -> bool:
    """Who speaks in a transcript: "Maria Okello, Spokesman"."""
    return len(line) <= MAX_DATE_LINE and POST.search(line) is not None


def is_section_name(line: str) -> bool:
    return line.strip(" :|>»").lower() in _section_names()


def is_index_line(line: str) -> bool:
    return line.strip(" :").lower() in _index_lines()


@cache
def _section_names() -> frozenset[str]:
    return frozenset(read_words("section_names"))


@cache
def _index_lines() -> frozenset[str]:
    return frozenset(read_words("index_lines"))


@cache
def _staff_posts() -> frozenset[str]:
    return frozenset(read_words("staff_posts"))


@cache
def _date_words() -> frozenset[str]:
    return frozenset(read_words("date_line_words"))
