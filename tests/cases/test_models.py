import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from tests.cases.stored import TODAY, make_draft, prepare
from tests.cases.test_no_person import is_forbidden
from tests.organisations.people import NOW

from spreekruimte.cases.models import Case, CaseSource, CaseText, Signature
from spreekruimte.organisations.models import Organisation

MODELS = list(apps.get_app_config("cases").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_has_a_field_for_a_person(model: type[models.Model]) -> None:
    fields = {field.name for field in model._meta.get_fields()}
    assert len(fields) > 2
    assert not {field for field in fields if is_forbidden(field)}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_leads_to_a_user(model: type[models.Model]) -> None:
    related = {field.related_model for field in model._meta.fields if field.related_model}
    assert related
    assert related <= {Organisation, Case}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"provenance": "hearsay"},
        {"description_nl": ""},
        {"description_en": ""},
        {"opens_at": NOW, "closes_at": NOW},
        {"opens_at": NOW, "closes_at": NOW - timedelta(days=1)},
        {"state": "open"},
        {"state": "open", "opens_at": NOW},
        {"consent_given_on": TODAY},
        {"consent_withdrawn_on": TODAY},
    ],
    ids=str,
)
def test_the_database_refuses_a_case(changes: dict[str, Any]) -> None:
    case = make_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changes)


@pytest.mark.django_db
def test_a_bank_entry_is_there_once_and_other_cases_as_often_as_wanted() -> None:
    case = make_draft()
    other = make_draft(organisation=case.organisation)
    Case.objects.filter(pk=case.pk).update(bank_entry="NL-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=other.pk).update(bank_entry="NL-01")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"framing": "loud"},
        {"side": "left"},
        {"language": "de"},
        {"framing": "fuss", "content": ""},
    ],
    ids=str,
)
def test_the_database_refuses_a_text(changes: dict[str, str]) -> None:
    place = {"framing": "bare", "side": "post", "language": "nl", "content": "Iets"}
    case = prepare()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseText.objects.create(case=case, **{**place, **changes})


@pytest.mark.django_db
@pytest.mark.parametrize("citation", ["", "A newspaper of May 2020"])
def test_the_database_refuses_a_source(citation: str) -> None:
    case = prepare("closed_case")
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseSource.objects.create(case=case, citation=citation)


@pytest.mark.django_db
@pytest.mark.parametrize("digest", ["", "f" * 64], ids=["none", "twice"])
def test_the_database_refuses_a_signature(digest: str) -> None:
    case = prepare("own_case")
    editor = case.signatures.values_list("editor", flat=True)[0] if digest else uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(case=case, editor=editor, digest=digest, signed_at=NOW)


@pytest.mark.django_db
def test_a_row_is_printed_without_its_content() -> None:
    case = prepare("closed_case")
    rows = [case, *case.texts.all(), *case.sources.all(), *case.signatures.all()]
    printed = " ".join(map(str, rows))
    assert printed.count(f"case {case.pk}") == len(rows) == 10
    assert "newspaper" not in printed
    assert "plan" not in printed
