"""One run that retries what is refused, as a process to be killed.

`python -m tests.faults.retry_process DATA`
"""

from __future__ import annotations

import sys
from pathlib import Path

from tasks.settings import Settings
from tests.runs import misprints

if __name__ == "__main__":
    print(misprints.retry(Settings(Path(sys.argv[1]))).retried)  # noqa: T201 - what it is for
