from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.organisations.people import NOW, make_organisation

from spreekruimte.guidelines.mandates.actions import publish_mandates, write_mandates
from spreekruimte.guidelines.mandates.cells import Cells, Place, Room, digest_cells
from spreekruimte.guidelines.mandates.models import MandateDraft, MandateVersion
from spreekruimte.guidelines.mandates.queries import (
    drafted_cells,
    find_version,
    latest_version,
    versions_of,
)
from spreekruimte.organisations.models import OPERATOR, AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db
FIRST: dict[Place, Room] = {("support", "own_file"): "inform"}
SECOND: dict[Place, Room] = {**FIRST, ("team_lead", "own_file"): "own_view"}


def write(organisation: Organisation, cells: Cells, seen: str = "") -> None:
    write_mandates(
        organisation=organisation,
        cells=cells,
        seen=seen or digest_cells(drafted_cells(organisation)),
        actor=OPERATOR,
        now=NOW,
    )


def publish(organisation: Organisation, seen: str = "") -> MandateVersion:
    return publish_mandates(
        organisation=organisation,
        seen=seen or digest_cells(drafted_cells(organisation)),
        actor=OPERATOR,
        now=NOW,
    )


def test_each_published_version_stays_and_the_latest_holds() -> None:
    organisation = make_organisation()
    for number, cells in enumerate((FIRST, SECOND), start=1):
        write(organisation, cells)
        assert publish(organisation).number == number
    assert [each.number for each in versions_of(organisation)] == [2, 1]
    latest, first = latest_version(organisation), find_version(organisation, 1)
    assert latest is not None
    assert first is not None
    assert latest.number == 2
    assert first.cells == {"support": {"own_file": "inform"}}
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateVersion.objects.all()._raw_delete("default")


def test_each_change_stands_in_the_audit_trail() -> None:
    organisation = make_organisation()
    write(organisation, FIRST)
    publish(organisation)
    told = AuditEntry.objects.filter(kind="mandates").order_by("pk")
    assert [each.action for each in told] == ["write_mandates", "publish_mandates"]


def test_who_comes_second_changes_nothing() -> None:
    organisation = make_organisation()
    seen = digest_cells({})
    write(organisation, FIRST, seen)
    with pytest.raises(RefusedError, match="Somebody else changed"):
        write(organisation, SECOND, seen)
    with pytest.raises(RefusedError, match="Somebody else changed"):
        publish(organisation, seen)
    assert drafted_cells(organisation) == FIRST
    assert not MandateVersion.objects.exists()


def test_what_says_nothing_or_nothing_new_is_not_published() -> None:
    organisation = make_organisation()
    with pytest.raises(RefusedError, match="at least one cell"):
        publish(organisation)
    write(organisation, FIRST)
    publish(organisation)
    with pytest.raises(RefusedError, match="Nothing differs"):
        publish(organisation)


def test_a_cell_that_there_is_not_is_refused() -> None:
    organisation = make_organisation()
    with pytest.raises(ValidationError):
        write(organisation, {("support", "own_file"): "shout"})  # type: ignore[dict-item]
    assert not MandateDraft.objects.exists()


def test_an_organisation_sees_its_own_mandates_only() -> None:
    one, other = make_organisation(), make_organisation("polderdam")
    write(one, FIRST)
    publish(one)
    assert latest_version(other) is None
    assert drafted_cells(other) == {}
    assert find_version(other, 1) is None
