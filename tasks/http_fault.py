"""Why a request gave no answer."""

from __future__ import annotations

from datetime import datetime


class Fault(Exception):
    """`reason` is a page reason of schemas.reasons.

    A passing fault may be gone when asked once more. `next_try_at` says not before when.
    """

    def __init__(
        self,
        reason: str,
        detail: str,
        *,
        is_passing: bool = False,
        is_stale_connection: bool = False,
        next_try_at: datetime | None = None,
    ) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.is_passing = is_passing
        self.is_stale_connection = is_stale_connection
        self.next_try_at = next_try_at
