"""What the documents promise is there: verbs, targets, settings, paths, links, origins."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer.main

import onrecord
from tasks.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
VOCABULARY = sorted(path for path in (ROOT / "tasks" / "vocabulary").iterdir() if path.is_file())


def verbs(command, path=()):
    for name, each in getattr(command, "commands", {}).items():
        if hasattr(each, "commands"):
            yield from verbs(each, (*path, name))
        else:
            yield " ".join((*path, name))


@pytest.mark.parametrize("verb", sorted(verbs(typer.main.get_command(onrecord.app))))
def test_every_verb_is_told_of(verb):
    assert re.search(rf"(`|onrecord ){re.escape(verb)}\b", README + OPERATIONS)


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
def test_every_make_target_is_told_of(target):
    if target != "help":
        assert re.search(rf"make {target}\b", README + OPERATIONS)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z]+)", README + OPERATIONS))))
def test_every_make_target_told_of_exists(target):
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("name", [each.name for each in fields(Settings) if each.name != "data"])
def test_every_setting_is_told_of_with_its_default(name):
    row = re.search(rf"^\| `{name}` \| ([^|]+) \|", OPERATIONS, re.MULTILINE)

    default = getattr(Settings(ROOT), name)
    printed = f"{default:g}" if isinstance(default, float) else str(default)
    assert row is not None
    assert row[1].strip() == {"": "empty", "()": "none", "{}": "none"}.get(printed, printed)


def paths_to_open():
    table = README.split("## To change X, open Y")[1].split("\n## ")[0].split("`make check`")[0]
    for row in table.splitlines():
        cells = row.split(" | ")
        if len(cells) == 3:
            yield from re.findall(r"`([\w./<>]+[/.][\w./<>]*)`", cells[1])


@pytest.mark.parametrize("path", sorted(set(paths_to_open())))
def test_every_path_to_open_exists(path):
    if path in {"onrecord.toml", "data/corrections.csv"}:
        return
    assert list(ROOT.glob(re.sub(r"<\w+>", "*", path)))


@pytest.mark.parametrize("path", VOCABULARY, ids=lambda path: path.name)
def test_every_word_list_states_its_origin(path):
    assert path.read_text(encoding="utf-8").startswith("# origin:")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_link_is_dead(document):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))

    near = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in near if not (document.parent / link).exists()] == []
