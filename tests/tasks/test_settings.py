"""Settings: defaults, the file, the environment over it; what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import BadConfiguration
from tasks.settings import Settings, read_settings


def write(folder, text):
    (folder / "onrecord.toml").write_text(text, encoding="utf-8")


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_settings({}, tmp_path) == Settings(tmp_path)


def test_the_folder_comes_from_the_environment_unless_it_is_given(tmp_path):
    environment = {"ONRECORD_DATA": str(tmp_path / "one")}

    assert read_settings(environment).data == tmp_path / "one"
    assert read_settings(environment, tmp_path / "two").data == tmp_path / "two"
    assert read_settings({}).data == Path("data").absolute()


def test_the_file_of_the_data_folder_is_read(tmp_path):
    write(
        tmp_path,
        'contact = "desk@example.org"\nbatch_size = 20\nalert_timeout_seconds = 1.5\n'
        'alert_urls = ["json://one.example.org", "json://two.example.org"]\n',
    )

    assert read_settings({}, tmp_path) == Settings(
        tmp_path,
        contact="desk@example.org",
        batch_size=20,
        alert_timeout_seconds=1.5,
        alert_urls=("json://one.example.org", "json://two.example.org"),
    )


def test_the_environment_wins(tmp_path):
    write(tmp_path, "batch_size = 20\nsql_seconds = 5\n")

    settings = read_settings({"ONRECORD_BATCH_SIZE": "30"}, tmp_path)

    assert (settings.batch_size, settings.sql_seconds) == (30, 5.0)


def test_a_named_file_is_read_in_place_of_that_of_the_folder(tmp_path):
    write(tmp_path, "batch_size = 20\n")
    named = tmp_path / "other.toml"
    named.write_text("sql_row_limit = 7\n", encoding="utf-8")

    settings = read_settings({}, tmp_path, named)

    assert (settings.batch_size, settings.sql_row_limit) == (200, 7)


def test_a_secret_comes_from_the_file_that_the_environment_names(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("json://one.example.org\njson://two.example.org\n", encoding="utf-8")

    settings = read_settings({"ONRECORD_ALERT_URLS_FILE": str(secret)}, tmp_path)

    assert settings.alert_urls == ("json://one.example.org", "json://two.example.org")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("batchsize = 2", "unknown setting 'batchsize'", id="unknown key"),
        pytest.param('data = "/tmp"', "unknown setting 'data'", id="the folder is no key"),
        pytest.param("batch_size = 0", "batch_size: expected more than nothing", id="none"),
        pytest.param("batch_size = -1", "batch_size: expected more", id="negative"),
        pytest.param('batch_size = "many"', "batch_size: expected a number", id="no number"),
        pytest.param("batch_size = 2.5", "batch_size: expected a number", id="half a page"),
        pytest.param("sql_seconds = -0.1", "sql_seconds: expected more", id="negative time"),
        pytest.param("sql_seconds = nan", "sql_seconds: expected", id="a time that is no number"),
        pytest.param("sql_seconds = inf", "sql_seconds: expected", id="a time without end"),
        pytest.param("alert_urls = [1]", "alert_urls: expected a list", id="numbers as urls"),
        pytest.param("alert_urls = 1", "alert_urls: expected a list", id="a number as url"),
        pytest.param("batch_size =", "not readable as TOML", id="no TOML"),
    ],
)
def test_a_wrong_line_is_named_with_its_file(tmp_path, text, says):
    write(tmp_path, text)

    with pytest.raises(BadConfiguration) as caught:
        read_settings({}, tmp_path)

    assert says in str(caught.value)
    assert str(tmp_path / "onrecord.toml") in str(caught.value)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "onrecord.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(BadConfiguration, match="not readable as TOML"):
        read_settings({}, tmp_path)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        pytest.param({"ONRECORD_SQL_SECONDS": "soon"}, "the environment: sql_seconds", id="words"),
        pytest.param({"ONRECORD_ALERT_URLS_FILE": "/none"}, "cannot be read", id="no secret file"),
        pytest.param({"ONRECORD_CONFIG": "/none.toml"}, "/none.toml: expected", id="no config"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path, environment, says):
    with pytest.raises(BadConfiguration, match=says):
        read_settings(environment, tmp_path)


def test_variables_that_are_no_setting_are_left_alone(tmp_path):
    environment = {"ONRECORD_HOME": "/srv", "ONRECORD_NONSENSE": "1", "PATH": "/bin"}

    assert read_settings(environment, tmp_path) == Settings(tmp_path)


def test_everything_lies_under_the_data_folder(tmp_path):
    settings = Settings(tmp_path)

    own = [settings.captures, settings.journal, settings.working, settings.published]
    own += [settings.report, settings.lock, settings.corrections[1]]
    assert [str(path.relative_to(tmp_path)) for path in own] == [
        "captures",
        "journal",
        "working.duckdb",
        "onrecord.duckdb",
        "report.html",
        "writer.lock",
        "corrections.csv",
    ]
