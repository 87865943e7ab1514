"""Characters that no text means, and those that were read in the wrong encoding."""

from __future__ import annotations

import re

import ftfy

# Controls that no text means; tab, line feed, carriage return and form feed stay.
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
CONTROL_BYTES = bytes([*range(9), 11, *range(14, 32), 127])
SURROGATES = re.compile("[\ud800-\udfff]")
# UTF-8 read as windows-1252: a lead byte's character followed by a continuation byte's.
MOJIBAKE_LEADS = "ÂÃâ"
MOJIBAKE = re.compile("[ÂÃâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŽžŸ]")


def clean_characters(text: str) -> str:
    """Control characters go; a lone surrogate becomes the replacement character."""
    if not text.isascii() and SURROGATES.search(text):
        text = SURROGATES.sub("\ufffd", text)
    return CONTROLS.sub("", text) if CONTROLS.search(text) else text


def repair_mojibake(text: str) -> tuple[str, str | None]:
    """Undo UTF-8 that was read as windows-1252, in the lines that prove it and nowhere else."""
    has_lead = any(lead in text for lead in MOJIBAKE_LEADS)
    if text.isascii() or not has_lead or not MOJIBAKE.search(text):
        return text, None
    lines = text.split("\n")
    repaired = [ftfy.fix_encoding(x) if MOJIBAKE.search(x) else x for x in lines]
    if repaired == lines:
        return text, None
    return "\n".join(repaired), "ftfy.fix_encoding"
