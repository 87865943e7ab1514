"""From a quotation to the words that name its speaker, by named rules over one sentence.

Each rule sees one quotation in its sentence and answers with a link or None; the first answers.
Who "he" is, is for `coreference`; what stands in other sentences, for `chains`.
"""

from __future__ import annotations

from tasks.extractors.cue_rules import cue_at_end, cue_before, cue_beside, weak_cue_before
from tasks.extractors.scenes import Link, Rule, Scene
from tasks.extractors.source_rules import (
    according_to,
    dash_and_name,
    label,
    noun_by,
    noun_is,
    noun_of_speech,
)

RULES: tuple[Rule, ...] = (
    label,
    cue_beside,
    cue_before,
    according_to,
    cue_at_end,
    noun_is,
    weak_cue_before,
    noun_of_speech,
    noun_by,
    dash_and_name,
)


def link_in_sentence(scene: Scene) -> Link | None:
    for rule in RULES:
        if link := rule(scene):
            return link
    return None
