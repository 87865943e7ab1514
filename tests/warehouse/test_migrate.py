import pytest

from schemas.catalogue import CONTRACTS, columns_of, key_of
from schemas.contract import grain_of
from warehouse.connection import open_warehouse
from warehouse.migrate import MigrationMismatch, applied, migrate, pending, read_migrations
from warehouse.views import view_files

LAST = read_migrations()[-1].version


def described(connection, table):
    return connection.execute(
        "select column_name, data_type, is_nullable, comment from duckdb_columns() "
        "where table_name = ? and database_name = current_database() order by column_index",
        [table],
    ).fetchall()


def key_in_file(connection, table):
    keys = connection.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where table_name = ? and constraint_type = 'PRIMARY KEY'",
        [table],
    ).fetchall()
    return tuple(keys[0][0])


@pytest.mark.parametrize("table", CONTRACTS)
def test_migrated_table_is_what_its_contract_describes(connection, table):
    contract = CONTRACTS[table]

    assert described(connection, table) == [
        (column.name, column.duckdb_type, column.is_nullable, column.description)
        for column in columns_of(contract)
    ]
    assert key_in_file(connection, table) == key_of(contract)


def test_there_is_no_table_without_a_contract(connection):
    tables = {name for (name,) in connection.execute("show tables").fetchall()}
    views = {path.stem for path in view_files()}

    assert tables - views - set(CONTRACTS) == {"migrations"}


@pytest.mark.parametrize("table", CONTRACTS)
def test_table_says_its_grain(connection, table):
    comments = connection.execute(
        "select comment from duckdb_tables() where table_name = ?", [table]
    ).fetchall()

    assert comments == [(grain_of(CONTRACTS[table]),)]


def test_every_migration_is_applied_once(connection, working):
    assert sorted(applied(connection)) == [each.version for each in read_migrations()]
    connection.close()

    again = open_warehouse(working)

    assert migrate(again) == ()
    again.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "migrations"
    made.mkdir()
    for migration in read_migrations():
        (made / f"{migration.name}.sql").write_text(migration.sql)
    return made


def test_new_migration_is_pending_then_applied(connection, folder):
    number = LAST + 1
    (folder / f"{number:04}_notes.sql").write_text("create table notes (note varchar);")

    assert [migration.version for migration in pending(connection, folder)] == [number]
    assert [migration.version for migration in migrate(connection, folder)] == [number]
    assert pending(connection, folder) == ()


def test_migration_that_fails_half_way_leaves_nothing(connection, folder):
    number = LAST + 1
    broken = "create table notes (note varchar); insert into notes values (1, 2);"
    (folder / f"{number:04}_notes.sql").write_text(broken)

    with pytest.raises(Exception, match="notes"):
        migrate(connection, folder)

    assert "notes" not in [name for (name,) in connection.execute("show tables").fetchall()]
    assert number not in applied(connection)


def test_edited_migration_is_refused(connection, folder):
    name = read_migrations()[0].name
    with (folder / f"{name}.sql").open("a") as file:
        file.write("-- edited\n")

    with pytest.raises(MigrationMismatch, match=f"{name}: edited"):
        migrate(connection, folder)


def test_file_of_a_newer_program_is_refused(connection, folder):
    next(folder.glob(f"{LAST:04}_*")).unlink()

    with pytest.raises(MigrationMismatch, match="this program does not know it"):
        migrate(connection, folder)
