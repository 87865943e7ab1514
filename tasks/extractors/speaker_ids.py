"""One spelling of a name for comparison: case, accents, full stops and spacing do not count."""

from __future__ import annotations

import unicodedata

from schemas.ids import make_id


def fold_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(letters.casefold().replace(".", " ").replace("’", "'").split())


def speaker_id_of(name: str) -> str:
    """Two people of one name are parted by a row in `speaker_aliases`, never by order."""
    return make_id(fold_name(name))
