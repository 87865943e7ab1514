"""Which of several people of one surname the surname alone means."""

from __future__ import annotations

from tasks.extractors.people import Cast, Person

_JUST_NAMED = 300


def which_of(cast: Cast, before: int, people: list[Person]) -> Person | None:
    """The one just named in full, else whom the text calls so, else who is named more often."""
    last = [(person.last_before(before), person) for person in people]
    near = [(at, person) for at, person in last if at is not None and before - at < _JUST_NAMED]
    if near:
        return max(near, key=lambda pair: pair[0])[1]
    meant = _called_so(cast, people)
    if meant is not None:
        return meant
    ranked = sorted(people, key=lambda person: person.count, reverse=True)
    return ranked[0] if ranked[0].count > ranked[1].count else None


def _called_so(cast: Cast, people: list[Person]) -> Person | None:
    """The only one whose gender agrees with the pronouns after the surname alone."""
    if {person.gender for person in people} != {"m", "f"}:
        return None
    gender = cast.gender_after(people[0].surname)
    fitting = [person for person in people if person.gender == gender]
    return fitting[0] if len(fitting) == 1 else None
