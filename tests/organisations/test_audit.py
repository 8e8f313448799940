import pytest
from django.db import connection, transaction
from tests.organisations.people import NOW, make_organisation

from spreekruimte.organisations import audit
from spreekruimte.organisations.actions import create_organisation
from spreekruimte.organisations.models import OPERATOR, AuditEntry, Organisation


def record(**changes: object) -> None:
    audit.record(
        **{  # type: ignore[arg-type]
            "actor": OPERATOR,
            "action": "open_case",
            "kind": "case",
            "identifier": 7,
            "organisation": None,
            "now": NOW,
            **changes,
        }
    )


@pytest.mark.django_db
def test_an_entry_holds_who_did_what_to_what_and_when() -> None:
    organisation = make_organisation()
    record(organisation=organisation, details={"round": 2, "languages": ["nl", "en"]})
    entry = AuditEntry.objects.latest("id")
    assert (entry.actor, entry.action, entry.kind, entry.identifier) == (
        "operator",
        "open_case",
        "case",
        "7",
    )
    assert (entry.organisation_id, entry.at) == (organisation.pk, NOW)
    assert entry.details == {"round": 2, "languages": ["nl", "en"]}
    assert str(entry) == "operator open_case case 7"


@pytest.mark.django_db
def test_an_entry_can_be_of_the_installation_and_without_details() -> None:
    record()
    entry = AuditEntry.objects.get()
    assert entry.organisation_id is None
    assert entry.details == {}


@pytest.mark.django_db
@pytest.mark.parametrize("details", [{"to": "a@b.example"}, {"accounts": ["x", "@someone"]}])
def test_addresses_and_accounts_stay_out(details: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="does not belong in the audit trail"):
        record(details=details)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="open a transaction first"):
        record()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_its_entry_a_change_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(AuditEntry.objects, "create", fail)
    with pytest.raises(OSError, match="full"):
        make_organisation()
    assert not Organisation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_its_change_an_entry_does_not_stand() -> None:
    def create_and_fail() -> None:
        with transaction.atomic():
            create_organisation(name="Waterdam", slug="waterdam", actor=OPERATOR, now=NOW)
            assert AuditEntry.objects.count() == 1
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        create_and_fail()
    assert not connection.in_atomic_block
    assert not AuditEntry.objects.exists()
    assert not Organisation.objects.exists()
