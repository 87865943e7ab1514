"""Why a name in a text is no country there: a person, a ship, a street, a language, a pronoun.

To add a reason, write a function and put it into `REFUSALS`.
"""

from __future__ import annotations

from collections.abc import Callable

from tasks.extractors import place_context as context
from tasks.extractors.gazetteer import Hit

Refusal = Callable[[Hit], bool]

# How far around "US" the letters must all be capitals to make it the word "us".
_AROUND = 8


def is_person(hit: Hit) -> bool:
    if context.has_title(hit):
        return True
    is_open = hit.name.trust in ("place", "clued")
    return (is_open or hit.name.is_personal) and context.is_person(hit)


def is_ship(hit: Hit) -> bool:
    return context.is_ship(hit)


def is_street(hit: Hit) -> bool:
    return hit.name.trust != "qualifier" and context.is_street(hit)


def is_other_place(hit: Hit) -> bool:
    """ "Fort Paris", "Lake Geneva": a longer name that the gazetteer does not know."""
    return hit.name.trust == "place" and context.is_after_place_noun(hit)


def is_language(hit: Hit) -> bool:
    return context.is_language(hit)


def is_pronoun(hit: Hit) -> bool:
    """ "CONTACT US": in a line of capitals it is as likely the word "us"."""
    if hit.name.text != "US":
        return False
    if hit.before.isalpha() and hit.before.isupper() and len(hit.before) > len("EU"):
        return True
    around = hit.plain[max(0, hit.start - _AROUND) : hit.end + _AROUND]
    return around.isupper() and len(around) > _AROUND


def is_web_address(hit: Hit) -> bool:
    return context.is_web_address(hit)


def find_refusal(hit: Hit) -> Refusal | None:
    for rule in REFUSALS:
        if rule(hit):
            return rule
    return None


REFUSALS: tuple[Refusal, ...] = (
    is_person,
    is_ship,
    is_street,
    is_other_place,
    is_language,
    is_pronoun,
    is_web_address,
)
