"""The desk of moderators, for each kind of text that they look after."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.ballots.moderation.subjects import MAKERS, MINE, Subject
from tests.cases.views.desks import Answer, Desk, read
from tests.organisations.people import make_organisation

from spreekruimte.ballots.models import Reason
from spreekruimte.ballots.moderation import queries
from spreekruimte.ballots.moderation.actions import mark_text
from spreekruimte.dialogue.models import Message
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = pytest.mark.django_db

LONG = "x" * 200_000
PAGES = {"reason": "ballots:moderation", "message": "dialogue:moderation"}


@pytest.fixture
def desk() -> Desk:
    return Desk(roles=(Role.MODERATOR,), email="moderator@waterdam.example")


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def subject(request: pytest.FixtureRequest, desk: Desk) -> Subject:
    """A text of each kind, that waits."""
    made: Subject = request.param(desk.organisation)
    return made


def page_of(desk: Desk, subject: Subject) -> str:
    return reverse(PAGES[subject.kind.name], args=[desk.organisation.slug])


def decide(desk: Desk, subject: Subject, move: str, **given: object) -> Answer:
    seen = mark_text(subject.text.content)
    filled = {"text": subject.text.pk, "seen": seen, "move": move, **given}
    return desk.client.post(page_of(desk, subject), filled)


def stored(subject: Subject) -> list[object]:
    models = (Reason, Message, AuditEntry)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return [*rows, subject.kind.log.count()]


def test_each_part_has_its_own_list(desk: Desk, subject: Subject) -> None:
    page = page_of(desk, subject)
    steps = [("waiting", "show", {}), ("shown", "hide", {"ground": "insults"})]
    for part, move, given in [*steps, ("hidden", "restore", {})]:
        assert MINE in read(desk.client.get(page, {"state": part}))
        assert decide(desk, subject, move, **given)["Location"] == page
        assert MINE not in read(desk.client.get(page, {"state": part}))


def test_who_hid_a_text_cannot_decide_about_the_appeal(desk: Desk, subject: Subject) -> None:
    decide(desk, subject, "hide", ground="off_topic")
    subject.appeal(True)
    page = page_of(desk, subject)
    assert "Another moderator decides about the appeal." in read(desk.client.get(page))
    before = stored(subject)
    assert decide(desk, subject, "uphold").status_code == 409
    assert stored(subject) == before
    other = desk.colleague(Role.MODERATOR, email="second@waterdam.example")
    assert "Keep hidden" in read(other.client.get(page))
    assert decide(other, subject, "restore").status_code == 302
    assert subject.state == "shown"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"text": ""}, 400),
        ({"text": "x"}, 400),
        ({"text": "-1"}, 400),
        ({"text": "9" * 300}, 400),
        ({"text": 2**62}, 409),
        ({"seen": ""}, 400),
        ({"seen": LONG}, 400),
        ({"seen": "0" * 16}, 409),
        ({"seen": "мнение"}, 409),
        ({"seen": "a\u0000"}, 400),
        ({"move": ""}, 400),
        ({"move": "appeal"}, 400),
        ({"move": "<script>"}, 400),
        ({"move": "restore"}, 409),
        ({"move": "hide"}, 409),
        ({"move": "hide", "ground": "dislike"}, 400),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence(
    desk: Desk, subject: Subject, given: dict[str, object], status: int
) -> None:
    before = stored(subject)
    answer = decide(desk, subject, **{"move": "show", **given})  # type: ignore[arg-type]
    assert (answer.status_code, stored(subject)) == (status, before)
    assert 'role="alert"' in answer.content.decode()


def test_a_form_that_is_sent_twice_is_done_once(desk: Desk, subject: Subject) -> None:
    decide(desk, subject, "show")
    before = stored(subject)
    assert decide(desk, subject, "show").status_code == 409
    assert stored(subject) == before


def test_the_next_page_goes_on_where_the_first_ended(
    desk: Desk, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SIZE", 2)
    page, model = page_of(desk, subject), type(subject.text)
    values = model.objects.filter(pk=subject.text.pk).values().get()
    more = [f"Reden {'abcdefg'[n] * 6} telt." for n in range(4)]
    for content in more:
        model.objects.create(**{**values, "id": None, "content": content})
    seen: list[list[str]] = []
    after = "?state=waiting"
    while after:
        ((queue, _name, after),) = desk.client.get(page + after).context["queues"]
        seen.append([each.look.text.content for each in queue.texts])
    assert seen == [[MINE, more[0]], more[1:3], more[3:]]


@pytest.mark.parametrize("query", ["state=x", "state=shown&beyond=x", "state=shown&beyond=-1"])
def test_an_address_that_makes_no_sense_is_not_found(
    desk: Desk, subject: Subject, query: str
) -> None:
    assert desk.client.get(f"{page_of(desk, subject)}?{query}").status_code == 404


def test_other_roles_and_organisations_stay_out(desk: Desk, subject: Subject) -> None:
    editor = desk.colleague(Role.EDITOR, Role.AUDITOR, email="editor@waterdam.example")
    before = stored(subject)
    assert editor.client.get(page_of(editor, subject)).status_code == 403
    assert decide(editor, subject, "show").status_code == 403
    elsewhere = Desk(make_organisation("veerstad"), (Role.MODERATOR,), "m@veerstad.example")
    assert MINE not in read(elsewhere.client.get(page_of(elsewhere, subject)))
    count = AuditEntry.objects.count()
    assert decide(elsewhere, subject, "show").status_code == 409
    assert AuditEntry.objects.count() == count
    assert subject.state == "waiting"
    assert before[:2] == stored(subject)[:2]
