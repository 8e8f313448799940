from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from tests.cases.test_no_person import is_forbidden
from tests.guidelines.written import make_draft, make_line, make_version
from tests.organisations.people import NOW, make_organisation

from spreekruimte.guidelines.models import DraftLine, Guideline, Version
from spreekruimte.guidelines.stored import fields_of
from spreekruimte.organisations.append_only import AppendOnlyError
from spreekruimte.organisations.models import User

MODELS = list(apps.get_app_config("guidelines").get_models())
# What a line is called, such as R1.
LET_THROUGH = {"DraftLine.name"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_has_a_field_for_a_person(model: type[models.Model]) -> None:
    names = {f"{model.__name__}.{field.name}" for field in model._meta.get_fields()}
    assert {name for name in names if is_forbidden(name.split(".")[1])} <= LET_THROUGH


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_leads_to_a_user(model: type[models.Model]) -> None:
    assert User not in {field.related_model for field in model._meta.fields}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"state": "unknown"}, {"title_nl": ""}, {"title_en": ""}, {"evidence_days": 0}]
)
def test_a_guideline_is_whole(wrong: dict[str, Any]) -> None:
    given = {"title_nl": "Titel", "title_en": "Title", "created_at": NOW, **wrong}
    organisation = make_organisation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Guideline.objects.create(organisation=organisation, **given)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"effect": "ban"},
        {"name": ""},
        {"text_nl": ""},
        {"text_en": ""},
        {"effect": "require"},
        {"duty": "label"},
    ],
)
def test_a_line_of_a_draft_is_whole(wrong: dict[str, Any]) -> None:
    given = {**fields_of(make_line()), "position": 1, **wrong}
    guideline = make_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftLine.objects.create(guideline=guideline, **given)


@pytest.mark.django_db
def test_a_name_and_a_number_are_there_once() -> None:
    version = make_version(make_line())
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(
            guideline=version.guideline,
            number=1,
            title_nl="x",
            title_en="x",
            lines=[],
            published_at=NOW,
        )
    line = {**fields_of(make_line()), "guideline": version.guideline, "position": 1}
    DraftLine.objects.create(**line)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftLine.objects.create(**line)


@pytest.mark.django_db
def test_a_published_version_stays_as_it_is() -> None:
    version = make_version(make_line())
    version.title_nl = "Anders"
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE guidelines_version SET title_nl = 'Anders'")


@pytest.mark.django_db
def test_rows_are_told_without_their_texts() -> None:
    version = make_version(make_line())
    guideline = version.guideline
    assert str(version) == f"version 1 of guideline {guideline.pk}"
    assert str(guideline) == f"guideline {guideline.pk}"
    row = DraftLine(guideline=guideline, name="R1")
    assert str(row) == f"line R1 of guideline {guideline.pk}"
