import pytest
from django.contrib.auth.models import AnonymousUser
from tests.organisations.people import make_member, make_organisation

from spreekruimte.cases.permissions import may_consent, may_edit_cases
from spreekruimte.organisations.models import Role

pytestmark = pytest.mark.django_db


def test_an_editor_edits_and_a_public_servant_consents() -> None:
    organisation = make_organisation()
    editor = make_member(organisation, Role.EDITOR, email="e@waterdam.example")
    servant = make_member(organisation, Role.PUBLIC_SERVANT, email="s@waterdam.example")
    both = make_member(organisation, Role.EDITOR, Role.PUBLIC_SERVANT, email="b@waterdam.example")
    other = make_member(organisation, email="a@waterdam.example")
    people = (editor, servant, both, other, AnonymousUser())
    allowed = [
        (may_edit_cases(each, organisation), may_consent(each, organisation)) for each in people
    ]
    assert allowed == [(True, False), (False, True), (True, False), (False, False), (False, False)]
