import re
from pathlib import Path

import pytest
from django.utils import translation
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.ballots.models import ModerationEntry
from spreekruimte.organisations.actions import erase_user
from spreekruimte.organisations.models import OPERATOR, AuditEntry, Role
from spreekruimte.organisations.telling import known_sentences, tell

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).resolve().parents[2] / "src" / "spreekruimte"
NAMED = re.compile(r"(?:action=|record\(\s*(?:\w+,\s*)?)\"([a-z_]+)\"")


def make_entry(**values: object) -> AuditEntry:
    entry = {"at": NOW, "actor": "operator", "action": "x", "kind": "case", "identifier": "7"}
    return AuditEntry.objects.create(**{**entry, **values})


def test_every_action_has_a_sentence() -> None:
    actions = {
        name
        for path in SOURCE.glob("*/actions/**/*.py")
        for name in NAMED.findall(path.read_text("utf-8"))
    }
    actions |= set(NAMED.findall((SOURCE / "organisations/actions.py").read_text("utf-8")))
    acts = set(ModerationEntry.Act.values) - {"appeal"}
    actions |= {f"{act}_reason" for act in acts}
    actions |= {f"{step}_case" for step in ("close", "stop", "withdraw")}
    assert len(actions) > 30
    assert actions <= set(known_sentences())


def test_every_sentence_is_there_in_dutch() -> None:
    for name, sentence in known_sentences().items():
        with translation.override("en"):
            english = str(sentence)
        with translation.override("nl"):
            assert str(sentence) != english, name
            assert re.findall(r"%\(\w+\)s", str(sentence)), name


def test_who_has_left_is_not_named() -> None:
    organisation = make_organisation()
    make_member(organisation)
    user = make_member(organisation, Role.EDITOR, email="gone@waterdam.example")
    erase_user(user=user, actor=user.actor, now=NOW)
    with translation.override("en"):
        told = tell(AuditEntry.objects.filter(action="erase_user"))
    assert told[0].sentence == "Someone who has left erased the account of someone who has left."


def test_what_the_system_does_by_itself_is_told_so() -> None:
    with translation.override("en"):
        told = tell([make_entry(actor="schedule", action="end_round", identifier="3")])
    assert told[0].sentence == "The system ended round 3."


def test_an_action_of_a_later_version_is_told_by_its_name() -> None:
    with translation.override("en"):
        told = tell([make_entry(action="dance", actor=OPERATOR)])
    assert told[0].sentence == "The operator: dance, 7."


def test_an_entry_without_an_expected_detail_is_told_without_it() -> None:
    with translation.override("en"):
        told = tell([make_entry(action="make_invitations", kind="round")])
    assert told[0].sentence == "The operator made  invitations for round 7."
