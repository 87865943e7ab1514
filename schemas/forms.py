"""Forms of one column: an id, a code, a line, a text. Each form is one or more rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from schemas.country_codes import ALL_CODES
from schemas.rule import Rule

# C0 and C1 controls and Unicode's noncharacters, which `tasks.validate.encodable` also puts
# in the place of lone surrogates. A text may hold line ends and tabs, a line may not.
_NOT_IN_A_TEXT = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]"
_NOT_IN_A_LINE = r"[\x00-\x1f\x7f-\x9f\x{2028}\x{2029}\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]"
_TAG = (
    r"(?i)</?(?:a|b|blockquote|body|br|div|em|font|h[1-6]|head|hr|html|i|img|li|link|meta|ol|p"
    r"|script|span|strong|style|table|td|tr|u|ul)(?:\s[^<>]*)?/?>"
)
_ENTITY = r"&(?:amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|mdash|ndash|hellip|#x?[0-9a-fA-F]{2,6});"
# UTF-8 read as windows-1252: "â€™" for an apostrophe, "Ã©" for an accent, "Â " for a space.
_MOJIBAKE = r"â€[™œžš˜“”¦¢\x{9d}]|Ã[©¨¤¶¼±§¡³º®]|Â[\x{a0}«»·°]"

_LONGEST_BODY = 4_000_000
_LONGEST_LINE = 8_000


def _matches(name: str, form: str, pattern: str, says: str, bad: Any) -> Rule:  # noqa: ANN401
    return Rule(
        name=f"{name}_{form}",
        column=name,
        passes=pl.col(name).str.contains(pattern),
        says=f"{name} {says}.",
        broken_by={name: bad},
    )


def _lacks(name: str, form: str, pattern: str, says: str, bad: str) -> Rule:
    return Rule(
        name=f"{name}_{form}",
        column=name,
        passes=~pl.col(name).str.contains(pattern),
        says=f"{name} {says}.",
        broken_by={name: bad},
    )


def an_id(name: str) -> Iterable[Rule]:
    pattern = "^[0-9a-f]{32}$"
    yield _matches(name, "is_an_id", pattern, "is 32 hexadecimal digits", "no id")


def a_digest(name: str) -> Iterable[Rule]:
    pattern = "^[0-9a-f]{64}$"
    yield _matches(name, "is_a_digest", pattern, "is a SHA-256 in 64 hexadecimal digits", "abc")


def a_name(name: str) -> Iterable[Rule]:
    """A name out of our own code: a source, a rule, a layout, a check."""
    pattern = r"^[A-Za-z0-9][A-Za-z0-9_.:/+ -]{0,119}$"
    yield _matches(name, "is_a_name", pattern, "is a short name of letters and digits", "<rule>")


def a_line(name: str) -> Iterable[Rule]:
    """One line of text: not blank, no line ends, no controls."""
    yield _matches(name, "is_not_blank", r"\S", "is not blank", " ")
    yield _lacks(
        name, "is_a_clean_line", _NOT_IN_A_LINE, "has no line ends or control characters", "a\nb"
    )
    yield _no_longer_than(name, _LONGEST_LINE)


def a_text(name: str) -> Iterable[Rule]:
    """Paragraphs: not blank, no control characters but line ends and tabs."""
    yield _matches(name, "is_not_blank", r"\S", "is not blank", "\n")
    yield _lacks(name, "is_clean", _NOT_IN_A_TEXT, "has no control characters", "a\x85b")


def a_body(name: str) -> Iterable[Rule]:
    """The text of an article, free of what belongs to its page."""
    yield from a_text(name)
    yield from without_markup(name)
    yield _no_longer_than(name, _LONGEST_BODY)


def _no_longer_than(name: str, longest: int) -> Rule:
    return Rule(
        name=f"{name}_is_not_too_long",
        column=name,
        passes=pl.col(name).str.len_bytes() <= longest,
        says=f"{name} has at most {longest:,} bytes of UTF-8.",
        broken_by={name: "a" * (longest + 1)},
    )


def without_markup(name: str) -> Iterable[Rule]:
    yield _lacks(name, "has_no_markup", _TAG, "holds no HTML tags", "Ministers <p>met</p>")
    for suspicion in (
        _lacks(name, "has_no_entities", _ENTITY, "holds no HTML entities", "A &amp; B"),
        _lacks(name, "has_no_mojibake", _MOJIBAKE, "is decoded rightly", "itâ€™s"),
    ):
        # Only warned of: an article may quote such characters.
        yield replace(suspicion, severity="warn")


def a_country_code(name: str) -> Iterable[Rule]:
    yield Rule(
        name=f"{name}_is_a_country",
        column=name,
        passes=pl.col(name).is_in(ALL_CODES),
        says=f"{name} is a code of ISO 3166-1 or 3166-3, or XK.",
        broken_by={name: "QQ"},
    )


def a_url(name: str) -> Iterable[Rule]:
    pattern = r"^https?://[^\s/?#]+[^\s]*$"
    yield _matches(name, "is_a_web_address", pattern, "is an http or https address", "ftp://a/b")


def a_host(name: str) -> Iterable[Rule]:
    pattern = r"^[^\s/?#@]+$"
    yield _matches(name, "is_a_host", pattern, "is a bare host name", "https://example.org/")


def a_language_code(name: str) -> Iterable[Rule]:
    pattern = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?$"
    yield _matches(name, "is_a_language", pattern, "is a BCP 47 code such as en", "English")


def a_json_list(name: str) -> Iterable[Rule]:
    yield _matches(name, "is_a_json_list", r"(?s)^\[.*\]$", "is a JSON list", "{}")


def a_json_object(name: str) -> Iterable[Rule]:
    yield _matches(name, "is_a_json_object", r"(?s)^\{.*\}$", "is a JSON object", "[]")


def a_count(name: str) -> Iterable[Rule]:
    yield Rule(
        name=f"{name}_is_not_negative",
        column=name,
        passes=pl.col(name) >= 0,
        says=f"{name} is 0 or more.",
        broken_by={name: -1},
    )


def a_number_from_one(name: str) -> Iterable[Rule]:
    yield Rule(
        name=f"{name}_is_at_least_one",
        column=name,
        passes=pl.col(name) >= 1,
        says=f"{name} is 1 or more.",
        broken_by={name: 0},
    )


def a_share(name: str) -> Iterable[Rule]:
    yield Rule(
        name=f"{name}_is_a_share",
        column=name,
        passes=pl.col(name).is_between(0, 1) & pl.col(name).is_not_nan(),
        says=f"{name} is between 0 and 1.",
        broken_by={name: 1.5},
    )


def a_number(name: str) -> Iterable[Rule]:
    yield Rule(
        name=f"{name}_is_finite",
        column=name,
        passes=pl.col(name).is_finite(),
        says=f"{name} is a finite number.",
        broken_by={name: float("inf")},
    )


def an_http_status(name: str) -> Iterable[Rule]:
    yield Rule(
        name=f"{name}_is_an_http_status",
        column=name,
        passes=pl.col(name).is_between(100, 599),
        says=f"{name} is an HTTP status.",
        broken_by={name: 42},
    )


def an_instant(name: str) -> Iterable[Rule]:
    # Nothing here was made before the web: an earlier instant is an epoch default or a typo.
    first = datetime(1990, 1, 1, tzinfo=UTC)
    yield Rule(
        name=f"{name}_is_in_the_age_of_the_web",
        column=name,
        passes=(pl.col(name) >= first) & (pl.col(name).dt.year() <= _LAST_YEAR),
        says=f"{name} lies between 1990 and {_LAST_YEAR}.",
        broken_by={name: datetime(1970, 1, 1, tzinfo=UTC)},
    )


_LAST_YEAR = 2199


def a_published_day(name: str) -> Iterable[Rule]:
    # The first newspapers are of the 1600s; "year 21" is a two-digit year read wrong.
    yield _between_years(name, 1600, _LAST_YEAR)


def a_day_in_history(name: str) -> Iterable[Rule]:
    yield _between_years(name, 1000, 2999)


def _between_years(name: str, first: int, last: int) -> Rule:
    return Rule(
        name=f"{name}_is_between_{first}_and_{last}",
        column=name,
        passes=pl.col(name).dt.year().is_between(first, last),
        says=f"{name} lies between {first} and {last}.",
        broken_by={name: date(21, 1, 2)},
    )


def whole_lines(name: str) -> Iterable[Rule]:
    """A list of lines: none null, none blank, none with line ends or controls."""
    element = pl.element()
    good = element.str.contains(r"\S") & ~element.str.contains(_NOT_IN_A_LINE)
    yield Rule(
        name=f"{name}_are_whole_lines",
        column=name,
        passes=pl.col(name).list.eval(good.fill_null(value=False)).list.all(),
        says=f"{name} holds no null, no blank line, no line end and no control character.",
        broken_by={name: ["good", " "]},
    )


def country_codes(name: str) -> Iterable[Rule]:
    known = pl.element().is_in(ALL_CODES)
    yield Rule(
        name=f"{name}_are_countries",
        column=name,
        passes=pl.col(name).list.eval(known.fill_null(value=False)).list.all(),
        says=f"{name} holds codes of ISO 3166-1 or 3166-3, or XK.",
        broken_by={name: ["FR", "QQ"]},
    )
