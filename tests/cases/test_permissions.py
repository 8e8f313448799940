import pytest
from django.contrib.auth.models import AnonymousUser
from tests.organisations.people import make_member, make_organisation

from spreekruimte.cases.permissions import may_consent, may_edit_cases
from spreekruimte.organisations.models import Role, User

pytestmark = pytest.mark.django_db


def test_an_editor_edits_and_nobody_who_edits_consents() -> None:
    organisation = make_organisation()
    editor = make_member(organisation, Role.EDITOR, email="e@waterdam.example")
    servant = make_member(organisation, Role.PUBLIC_SERVANT, email="s@waterdam.example")
    both = make_member(organisation, Role.EDITOR, Role.PUBLIC_SERVANT, email="b@waterdam.example")
    auditor = make_member(organisation, Role.AUDITOR, email="u@waterdam.example")
    other = make_member(organisation, email="a@waterdam.example")
    people: dict[str, User | AnonymousUser] = {
        "editor": editor, "servant": servant, "both": both, "auditor": auditor,
        "other": other, "nobody": AnonymousUser(),
    }  # fmt: skip
    questions = (may_edit_cases, may_consent)
    allowed = {
        name: tuple(may(each, organisation) for may in questions) for name, each in people.items()
    }
    assert allowed == {
        "editor": (True, False),
        "servant": (False, True),
        "both": (True, False),
        "auditor": (False, True),
        "other": (False, True),
        "nobody": (False, True),
    }
