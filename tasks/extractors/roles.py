"""Title and affiliation of a person, from the words in front of the name and behind it.

"Trade Ministry deputy spokeswoman Maria Okello" and "Maria Okello, deputy spokeswoman of the Trade
Ministry" say the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.extractors.name_parts import Run
from tasks.extractors.role_phrases import Role
from tasks.extractors.roles_before import in_front
from tasks.extractors.roles_behind import behind

_PLACES = 4


def read_role(text: str, runs: Sequence[Run]) -> Role:
    """The first place that names a title gives it; an affiliation may come from a later one."""
    title: str | None = None
    affiliation: str | None = None
    for run in runs[:_PLACES]:
        for role in (behind(text, run), in_front(text, run)):
            if role.title and title is None:
                title, affiliation = role.title, role.affiliation or affiliation
            elif role.affiliation and affiliation is None:
                affiliation = role.affiliation
    return Role(title, affiliation)
