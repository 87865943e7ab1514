"""The verb: who may be asked, and what is said where nobody can be."""

from __future__ import annotations

import pytest

import onrecord


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--yes or --dry-run"),
        (["--yes", "--dry-run"], "one of the two"),
        (["--yes", "--source", "no_such_archive"], "no_such_archive"),
    ],
)
def test_a_replay_that_cannot_be_meant_is_refused_before_anything_is_read(
    tmp_path, capsys, options, said
):

    code = onrecord.run(["--data", str(tmp_path), "replay", *options])

    assert code == 64
    assert said in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "working.duckdb").exists()
