"""Everybody reads what moderators did when it tells no result; no act shows more than it has to."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.urls import reverse
from tests.ballots.asking import OPENING, ask, give, judge
from tests.ballots.views.citizen import Citizen
from tests.cases.stored import BY, prepare, submit
from tests.cases.views.desks import ENGLISH, Answer, read
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Moderation, Reason, Round
from spreekruimte.ballots.moderation.actions import mark_text
from spreekruimte.dialogue.views import log
from spreekruimte.organisations.models import Organisation, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

MINE = "Een ambtenaar is ook een burger."


@dataclass
class Moderator:
    """Somebody who looks after the reasons of an organisation."""

    organisation: Organisation
    email: str = "moderator@waterdam.example"
    roles: tuple[Role, ...] = (Role.MODERATOR,)
    user: User = field(init=False)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.user = make_member(self.organisation, *self.roles, email=self.email)
        self.client = sign_in(Client(headers=ENGLISH), self.user)

    @property
    def address(self) -> str:
        return reverse("ballots:moderation", args=[self.organisation.slug])

    def get(self, **query: str) -> Answer:
        return self.client.get(self.address, query)

    def send(self, reason: Reason, move: str, **given: str | int) -> Answer:
        """Send a decision as from a page that was just opened."""
        form = {"text": reason.pk, "seen": mark_text(reason.content), "move": move, **given}
        return self.client.post(self.address, form)


def ask_in(organisation: Organisation, moderation: Moderation = Moderation.BEFORE) -> Round:
    return ask(moderation, case=submit(prepare(organisation=organisation)))


@pytest.fixture
def moderator() -> Moderator:
    return Moderator(make_organisation())


def test_a_reason_that_is_taken_together_has_a_list_too(moderator: Moderator) -> None:
    round_ = ask_in(moderator.organisation)
    author = judge(round_)
    reason = give(round_, MINE, author)
    seed = Reason.objects.get(author=None)
    assert moderator.send(reason, "merge", into=seed.pk).status_code == 302
    assert MINE not in read(moderator.get(state="waiting"))
    assert f"taken together with reason {seed.pk}" in read(moderator.get(state="merged"))


def test_moderators_see_neither_votes_nor_authors(moderator: Moderator) -> None:
    round_ = ask_in(moderator.organisation)
    reason = give(round_, MINE)
    assert reason.author is not None
    page = moderator.get().content.decode()
    assert reason.author.pseudonym not in page
    assert not any(word in read(moderator.get()).lower() for word in ("agree", "vote", "%"))


def test_the_log_is_for_who_has_judged_and_then_for_everybody(moderator: Moderator) -> None:
    round_ = ask_in(moderator.organisation)
    reason = give(round_, MINE)
    moderator.send(reason, "hide", ground="insults")
    newcomer, judged = Citizen(round_.case_id, "en"), Citizen(round_.case_id, "en").judge()
    sealed = newcomer.go("dialogue:moderation-log")
    assert sealed.status_code == 200
    assert "insults" not in sealed.content.decode()
    assert "When asking is over, everybody can." in read(sealed)
    seen = judged.go("dialogue:moderation-log")
    assert "no-store" in seen.headers["Cache-Control"]
    assert "insults" in read(seen)
    end_round(round=round_, step="close", **BY)
    told = newcomer.go("dialogue:moderation-log")
    assert "insults" in read(told)
    for hidden in (MINE, OPENING.content, str(moderator.user.pseudonym), moderator.email):
        assert hidden not in told.content.decode()


def test_a_case_that_was_stopped_keeps_its_log_sealed(moderator: Moderator) -> None:
    round_ = ask_in(moderator.organisation)
    moderator.send(give(round_, MINE), "hide", ground="insults")
    end_round(round=round_, step="stop", **BY)
    assert "insults" not in read(Citizen(round_.case_id, "en").go("dialogue:moderation-log"))


def test_a_long_log_goes_on_on_the_next_page(
    moderator: Moderator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LINES", 1)
    round_ = ask_in(moderator.organisation)
    reason = give(round_, MINE)
    moderator.send(reason, "show")
    moderator.send(reason, "hide", ground="insults")
    end_round(round=round_, step="close", **BY)
    citizen = Citizen(round_.case_id, "en")
    first = citizen.go("dialogue:moderation-log")
    of_reasons, _of_messages = first.context["logs"]
    assert [line.entry.act for line in of_reasons["lines"]] == ["hide"]
    before = of_reasons["next"].removeprefix("?before=")
    second = citizen.go("dialogue:moderation-log", {"before": before})
    of_reasons, _of_messages = second.context["logs"]
    assert [line.entry.act for line in of_reasons["lines"]] == ["show"]
    assert of_reasons["next"] == ""


def test_there_is_no_log_of_what_was_never_asked() -> None:
    assert Citizen(10**12).go("dialogue:moderation-log").status_code == 404
    assert Citizen(submit(prepare()).pk).go("dialogue:moderation-log").status_code == 404


def test_a_page_of_the_log_that_is_no_number_is_not_there(moderator: Moderator) -> None:
    round_ = ask_in(moderator.organisation)
    end_round(round=round_, step="close", **BY)
    citizen = Citizen(round_.case_id)
    assert citizen.go("dialogue:moderation-log", {"before": "<script>"}).status_code == 404
