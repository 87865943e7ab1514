import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from schemas.errors import CannotWrite
from tests.warehouse.builders import frame
from warehouse.connection import open_warehouse
from warehouse.digests import table_digests
from warehouse.merge import merge_batch
from warehouse.publish import KEPT_GENERATIONS, PublicationFailed, newest_generation, publish


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def load_article(working, article_id):
    connection = open_warehouse(working)
    merge_batch(connection, {"articles": frame(connection, "articles", {"article_id": article_id})})
    digests = table_digests(connection)
    connection.close()
    return digests


def count_articles(database):
    with duckdb.connect(database, read_only=True) as reader:
        return reader.execute("select count(*) from articles").fetchall()[0][0]


def test_generation_holds_what_the_working_file_holds(working, data):
    digests = load_article(working, "article-1")

    generation = publish(working, data)

    assert generation.number == 1
    assert generation.digests == digests
    assert newest_generation(data) == generation
    assert count_articles(data / "onrecord.duckdb") == 1
    assert count_articles(generation.database) == 1


def test_published_files_are_read_only_and_no_link(working, data):
    load_article(working, "article-1")

    generation = publish(working, data)

    for path in (data / "onrecord.duckdb", *generation.folder.iterdir()):
        assert stat.S_IMODE(path.lstat().st_mode) == 0o444
        assert not path.is_symlink()


def test_newest_generation_outlives_its_folder(working, data):
    load_article(working, "article-1")
    generation = publish(working, data)

    shutil.rmtree(generation.folder)

    assert count_articles(data / "onrecord.duckdb") == 1


def test_file_system_without_second_names_gets_a_copy(working, data, monkeypatch):
    load_article(working, "article-1")

    def refuse(*_):
        raise OSError("no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)

    publish(working, data)

    assert count_articles(data / "onrecord.duckdb") == 1
    assert stat.S_IMODE((data / "onrecord.duckdb").stat().st_mode) == 0o444


def test_reader_of_the_old_generation_keeps_it(working, data):
    load_article(working, "article-1")
    publish(working, data)
    with duckdb.connect(data / "onrecord.duckdb", read_only=True) as reader:
        load_article(working, "article-2")
        publish(working, data)

        seen = reader.execute("select count(*) from articles").fetchall()

    assert seen == [(1,)]
    assert count_articles(data / "onrecord.duckdb") == 2


def test_only_the_last_generations_stay(working, data):
    load_article(working, "article-1")

    for _ in range(KEPT_GENERATIONS + 2):
        publish(working, data)

    kept = sorted(int(folder.name) for folder in (data / "published").iterdir())
    assert kept == [3, 4, 5, 6, 7]


def test_half_made_generation_is_cleared_and_its_number_used_again(working, data):
    load_article(working, "article-1")
    half_made = data / "published" / "1.part"
    half_made.mkdir(parents=True)
    (half_made / "onrecord.duckdb").write_bytes(b"half")
    (data / "onrecord.duckdb.part").write_bytes(b"half")

    generation = publish(working, data)

    assert generation.number == 1
    assert not half_made.exists()
    assert not (data / "onrecord.duckdb.part").exists()


STEPS = ("copyfile", "fsync", "rename", "chmod", "hardlink_to", "replace")

KILLED = """
import os, shutil, sys
from pathlib import Path

owner = {"copyfile": shutil, "fsync": os}.get(sys.argv[1], Path)
whole, left = getattr(owner, sys.argv[1]), [int(sys.argv[2])]

def or_die(*arguments, **options):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)
    return whole(*arguments, **options)

setattr(owner, sys.argv[1], or_die)
from warehouse.publish import publish
publish(Path(sys.argv[3]), Path(sys.argv[4]))
"""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("times", [0, *(pytest.param(n, marks=pytest.mark.faults) for n in (1, 2))])
def test_kill_leaves_a_whole_generation_and_the_next_run_goes_on(working, data, step, times):
    load_article(working, "article-1")
    publish(working, data)
    load_article(working, "article-2")

    subprocess.run(
        [sys.executable, "-c", KILLED, step, str(times), str(working), str(data)],
        check=False,
        cwd=Path(__file__).parents[2],
    )

    assert count_articles(data / "onrecord.duckdb") in (1, 2)
    generation = publish(working, data)
    assert count_articles(data / "onrecord.duckdb") == 2
    assert newest_generation(data) == generation
    assert not list(data.rglob("*.part"))


def test_a_copy_that_differs_is_not_published(working, data, monkeypatch):
    load_article(working, "article-1")
    publish(working, data)
    monkeypatch.setattr(
        "warehouse.publish.table_digests", lambda _: {"articles": os.urandom(4).hex()}
    )

    with pytest.raises(PublicationFailed, match="expected the working file's rows"):
        publish(working, data)

    assert newest_generation(data).number == 1


def test_folder_that_cannot_be_made_is_named(working, data):
    load_article(working, "article-1")
    data.write_text("a file where the folder should be")

    with pytest.raises(CannotWrite, match="previous generation stands"):
        publish(working, data)


def test_published_file_opens_in_the_command_line_of_1_5(working, data):
    load_article(working, "article-1")
    publish(working, data)
    program = Path(sys.executable).with_name("duckdb")

    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    answer = subprocess.run(
        [program, "-readonly", "-csv", data / "onrecord.duckdb", "select headline from articles"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert version.stdout.startswith("v1.5")
    assert answer.stdout.splitlines() == ["headline", "No signature from Kenya"]
