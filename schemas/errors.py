"""The errors a caller acts on: one class per thing someone would do differently.

Each message says what was expected, what was found and what to do next.
"""

from __future__ import annotations

from typing import Literal

UnreadableReason = Literal[
    "empty_body",
    "not_a_page",
    "binary_body",
    "too_deep",
    "too_large",
    "undecodable",
    "soft_404",
    "challenge_page",
    "login_wall",
    "no_body_text",
    "layout_missing",
]


class OnrecordError(Exception):
    """Everything this program raises on purpose. `exit_code` follows sysexits."""

    exit_code = 70


class BadUsage(OnrecordError):
    """What was asked for makes no sense: ask differently."""

    exit_code = 64


class BadInput(OnrecordError):
    """A file or row handed in is not what it should be: mend it."""

    exit_code = 65


class NotFound(OnrecordError):
    """A file, source or row that does not exist was named."""

    exit_code = 66


class Unavailable(OnrecordError):
    """Something outside is not there: a server, a port, a published generation."""

    exit_code = 69


class CannotWrite(OnrecordError):
    """A folder or file cannot be written: free space or mend permissions."""

    exit_code = 73


class WarehouseBusy(OnrecordError):
    """Another process writes: try again later."""

    exit_code = 75


class Stopped(OnrecordError):
    """Somebody ended it; nothing that was kept is lost."""

    exit_code = 130


class BadConfiguration(OnrecordError):
    """A setting, source or contract is wrong: edit it."""

    exit_code = 78


class Unreadable(OnrecordError):
    """A page that cannot be read as an article. `reason` is the short code kept with it."""

    def __init__(self, reason: UnreadableReason, message: str) -> None:
        super().__init__(message)
        self.reason: UnreadableReason = reason


class ContractBroken(OnrecordError):
    """A batch is not the table at all, or a rule cannot run: stop the source, mend the code."""

    exit_code = 78


class UnlistedReason(OnrecordError):
    """Code gave a unit an end that no list knows: add it to `schemas/reasons.py` first."""

    exit_code = 70

    def __init__(self, unit_kind: str, disposition: str, reason: str) -> None:
        super().__init__(
            f"{unit_kind} ended as {disposition!r} with reason {reason!r}: not one of the listed "
            "ends. Add the reason, with its sentence, to schemas/reasons.py"
        )
