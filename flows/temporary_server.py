"""Prefect's own server for the time of a run: it ends with the run, however the run ends.

Prefect stops it when the process exits, which a killed process does not.
"""

from __future__ import annotations

import subprocess
from typing import Any

from prefect.server.api.server import SubprocessASGIServer

# Waits for a word from us, and hears the end of the pipe when we are gone.
WATCH = 'read -r word || { kill "$0"; sleep 10; kill -9 "$0"; } 2>/dev/null'


class TiedServer(SubprocessASGIServer):
    """Made before a flow starts, it is the one that Prefect takes: there is one per process."""

    def _run_uvicorn_command(self) -> subprocess.Popen[Any]:
        server = super()._run_uvicorn_command()
        self._watch = subprocess.Popen(
            ["/bin/sh", "-c", WATCH, str(server.pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the run, which then stops its server itself.
            start_new_session=True,
        )
        return server

    def stop(self) -> None:
        super().stop()
        watch = getattr(self, "_watch", None)
        if watch is not None and watch.poll() is None:
            watch.communicate(b"stopped\n")
