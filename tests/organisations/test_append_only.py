from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState
from tests.organisations.people import make_organisation

from spreekruimte.organisations.append_only import (
    AppendOnlyError,
    AppendOnlyModel,
    KeepRows,
    ReleaseRows,
)
from spreekruimte.organisations.models import AuditEntry

pytestmark = pytest.mark.django_db
TABLES = [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


@pytest.fixture
def entry() -> AuditEntry:
    make_organisation()
    return AuditEntry.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda _: AuditEntry.objects.update(actor="someone else"),
        lambda _: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["actor"]),
        lambda entry: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"actor": "b"}),
        lambda _: AuditEntry._base_manager.update(actor="someone else"),
    ],
    ids=["save", "delete", "update", "delete all", "bulk update", "update or create", "base"],
)
def test_the_model_refuses_to_change_a_row(
    entry: AuditEntry, change: Callable[[AuditEntry], object]
) -> None:
    with pytest.raises(AppendOnlyError, match=r"organisations\.AuditEntry is append-only"):
        change(entry)
    assert AuditEntry.objects.get().actor == "operator"


def execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisations_auditentry SET actor = 'someone else'",
        "DELETE FROM organisations_auditentry",
    ],
)
def test_the_database_refuses_to_change_a_row(entry: AuditEntry, statement: str) -> None:
    with pytest.raises(IntegrityError, match="organisations_auditentry is append-only"):
        execute(statement)
    assert AuditEntry.objects.get().actor == entry.actor


def test_the_database_refuses_to_replace_a_row_while_adding_it(entry: AuditEntry) -> None:
    fields = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    other = AuditEntry(**{**fields, "actor": "someone else"})
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.bulk_create(
            [other], update_conflicts=True, unique_fields=["id"], update_fields=["actor"]
        )
    assert AuditEntry.objects.get().actor == "operator"


def test_postgresql_refuses_to_empty_the_table(entry: AuditEntry, database: str) -> None:
    if database == "postgresql":
        with pytest.raises(IntegrityError, match="append-only"):
            execute("TRUNCATE organisations_auditentry")
    assert AuditEntry.objects.get() == entry


@pytest.mark.parametrize("table", TABLES)
def test_each_table_that_is_append_only_has_its_triggers(table: str, database: str) -> None:
    if database == "postgresql":
        question = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
        expected = {f"{table}_kept"}
    else:
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        expected = {f"{table}_no_UPDATE", f"{table}_no_DELETE"}
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        assert {name for (name,) in cursor.fetchall()} == expected


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_repeated_and_undone() -> None:
    make_organisation()
    operation = KeepRows("AuditEntry")
    assert operation.describe() == "Refuse to change or delete rows of AuditEntry"
    state = ProjectState.from_apps(apps)
    statement = "UPDATE organisations_auditentry SET actor = 'someone else'"
    try:
        with connection.schema_editor() as editor:
            operation.database_backwards("organisations", editor, state, state)
        execute(statement)
        assert AuditEntry.objects.get().actor == "someone else"
    finally:
        for _ in range(2):
            with connection.schema_editor() as editor:
                operation.database_forwards("organisations", editor, state, state)
    with pytest.raises(IntegrityError, match="append-only"):
        execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_migration_lets_rows_go_and_can_be_undone() -> None:
    make_organisation()
    operation = ReleaseRows("AuditEntry")
    assert operation.describe() == "Let rows of AuditEntry be changed and deleted"
    state = ProjectState.from_apps(apps)
    statement = "UPDATE organisations_auditentry SET actor = 'someone else'"
    try:
        with connection.schema_editor() as editor:
            operation.database_forwards("organisations", editor, state, state)
        execute(statement)
        assert AuditEntry.objects.get().actor == "someone else"
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("organisations", editor, state, state)
    with pytest.raises(IntegrityError, match="append-only"):
        execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_with_its_own_transactions_finds_an_empty_table(turn: str) -> None:
    assert not AuditEntry.objects.exists()
    make_organisation(turn)
