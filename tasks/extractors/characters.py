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

# Bytes that are no UTF-8, as `surrogateescape` keeps them.
STRAY_BYTES = re.compile("[\udc80-\udcff]+")
# In windows-1252 these are quotation marks, dashes and the euro; in UTF-8 nothing begins so.
PASTED = re.compile("[\udc80-\udc9f]")
# Marks and spaces that a page escapes twice show as "&quot;"; "<" and "&" may be meant so.
TWICE_ESCAPED = re.compile(
    r"&amp;(?=(?:quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#(?:3[49]|14[5-9]|15[01]|82[0-9]{2})"
    r"|#x20[0-9a-f]{2});)",
    re.IGNORECASE,
)


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


def mend_pasted_bytes(text: str) -> tuple[str, str | None]:
    """Single bytes of windows-1252 in a page of UTF-8 are marks pasted into it; others are lost."""
    if text.isascii() or not STRAY_BYTES.search(text):
        return text, None
    mended = STRAY_BYTES.sub(_mend, text)
    has_marks = text.count("\ufffd") + len(STRAY_BYTES.findall(text)) > mended.count("\ufffd")
    return mended, "windows-1252 bytes" if has_marks else None


def _mend(match: re.Match[str]) -> str:
    if not PASTED.fullmatch(match[0]):
        return "\ufffd"
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def unescape_twice(markup: str) -> tuple[str, str | None]:
    """ "&amp;rdquo;" is a closing mark that was escaped a second time."""
    if "&amp;" not in markup or not TWICE_ESCAPED.search(markup):
        return markup, None
    return TWICE_ESCAPED.sub("&", markup), "entities escaped twice"
