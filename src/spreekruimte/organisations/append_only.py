"""Tables to which rows can be added, while those that are there stay as they are.

The model refuses through `AppendOnlyQuerySet` and `AppendOnlyModel`; the database refuses
everyone else through triggers, which the migration operation `KeepRows` makes.

On SQLite Django alters a table by making it anew, and the triggers go with the old one. A
migration that alters such a table therefore ends with `KeepRows` for it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyError(Exception):
    """A program tried to change or delete a row that has to stay as it is."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that can be read and added, not changed or deleted."""

    def update(self, **_changes: object) -> NoReturn:
        """Refuse."""
        _refuse(self.model)

    def bulk_update(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse."""
        _refuse(self.model)

    def delete(self) -> NoReturn:
        """Refuse."""
        _refuse(self.model)


class AppendOnlyModel(models.Model):
    """A row that is saved once."""

    objects: ClassVar[models.Manager[Any]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    # The arguments are Django's.
    def save(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        """Add the row; refuse when it was added before."""
        if not self._state.adding:
            _refuse(type(self))
        super().save(*arguments, **{**options, "force_insert": True})

    def delete(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse."""
        _refuse(type(self))


class KeepRows(Operation):
    """A migration operation that makes the database refuse to change or delete rows.

    Parameters
    ----------
    model_name : str
        The model of the migrated app whose table it is.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: Django knows no triggers."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        _from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers, in place of any that are there."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        vendor = schema_editor.connection.vendor
        _execute(schema_editor, [*release_rows(vendor, table), *keep_rows(vendor, table)])

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        _to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        _execute(schema_editor, release_rows(schema_editor.connection.vendor, table))

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Refuse to change or delete rows of {self.model_name}"


class ReleaseRows(KeepRows):
    """A migration operation that lets rows be changed and deleted which `KeepRows` kept."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the triggers again."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Let rows of {self.model_name} be changed and deleted"


def keep_rows(vendor: str, table: str) -> list[str]:
    """Return the statements that make triggers on a table; `vendor` is Django's name for it."""
    if vendor == "sqlite":
        return [
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f'CREATE FUNCTION "{table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; "
        "END $$",
        f'CREATE TRIGGER "{table}_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{table}_refuse"()',
    ]


def release_rows(vendor: str, table: str) -> list[str]:
    """Return the statements that take those triggers away."""
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{table}_no_{verb}"' for verb in ("UPDATE", "DELETE")]
    return [
        f'DROP TRIGGER IF EXISTS "{table}_kept" ON "{table}"',
        f'DROP FUNCTION IF EXISTS "{table}_refuse"()',
    ]


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement)


def _refuse(model: type[models.Model]) -> NoReturn:
    raise AppendOnlyError(f"{model._meta.label} is append-only")
