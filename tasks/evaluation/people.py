"""When a prediction names the labelled person: by full name, or by description."""

from __future__ import annotations

from tasks.evaluation.figures import Row
from tasks.evaluation.passages import full_words, mention_of

TITLES = (
    frozenset({"mr", "mrs", "ms", "dr", "sir", "president", "senator", "sen", "rep", "gov"})
    | {"representative", "governor", "gen", "general", "col", "colonel", "lt", "cmdr", "capt"}
    | {"captain", "sgt", "adm", "prime", "minister", "secretary"}
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
SMALL = frozenset(
    ("the", "a", "an", "of", "for", "in", "on", "at", "and", "to", "from", "with", "by", "s")
)


def is_the_speaker(given: Row, person: Row, quote: Row) -> bool:
    if not person["name"]:
        return _is_described(given, person, quote)
    spellings = (person["name"], person.get("name_as_written"))
    speaker = given.get("speaker")
    return bool(speaker) and ends_of_name(speaker) in {ends_of_name(s) for s in spellings if s}


def ends_of_name(text: str | None) -> tuple[str, str] | None:
    """First and last name, without title and suffix: middle names come and go."""
    words = full_words(text)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return (words[0], words[-1]) if words else None


def is_near(given: str | None, wanted: str | None) -> bool:
    """Equal, or the words of one inside the other."""
    one, other = _telling(given), _telling(wanted)
    return bool(one and other) and (one <= other or other <= one)


def _is_described(given: Row, person: Row, quote: Row) -> bool:
    if given.get("speaker"):
        return is_near(given["speaker"], person.get("description"))
    mention, description = mention_of(given), _telling(person.get("description"))
    if not mention:
        return False
    if full_words(mention) == full_words(quote.get("speaker_mention")):
        return True
    return len(_telling(mention) & description) * 2 > len(description)


def _telling(text: str | None) -> set[str]:
    return set(full_words(text)) - SMALL
