"""A citizen votes on reasons, gives one and changes it."""

from __future__ import annotations

import pytest
from tests.ballots.asking import OPENING, agree, ask, judge
from tests.ballots.rounds import someone
from tests.ballots.views.citizen import Citizen, in_dutch, read, stored
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.rounds import Seed
from spreekruimte.ballots.models import Ballot, Moderation, ModerationEntry, Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

OWN = "Kritiek houdt de overheid scherp."


def test_one_reason_at_a_time_until_there_are_none() -> None:
    round_ = ask(seeds=[OPENING, Seed("Loyaliteit gaat voor.", "nl")])
    citizen = Citizen(round_.case_id).judge()
    seen = set()
    for _turn in range(2):
        page = citizen.go("reasons")
        reason = page.context["reason"]
        seen.add(reason.id)
        citizen.send("reasons", {"reason": reason.id, "answer": 0})
    assert seen == set(Reason.objects.values_list("pk", flat=True))
    assert "U hebt over alle argumenten gestemd" in read(citizen.go("reasons"))


def test_where_nobody_gave_a_reason_one_can_be_given() -> None:
    citizen = Citizen(ask(seeds=[]).case_id).judge()
    assert "Er zijn nog geen argumenten" in read(citizen.go("reasons"))


def test_an_own_reason_is_shown_to_others_and_has_the_vote_of_its_author() -> None:
    round_ = ask(seeds=[])
    author, other = Citizen(round_.case_id).judge(), Citizen(round_.case_id).judge()
    sent = author.send("give-reason", {"content": OWN})
    assert sent["Location"] == author.address("reasons") + "?note=reason"
    assert Reason.objects.get().language == "nl"
    assert OWN in read(other.go("reasons"))
    assert "U hebt over alle argumenten gestemd" in read(author.go("reasons"))
    assert OWN in read(author.go())


def test_a_reason_that_waits_for_a_moderator_is_said_to() -> None:
    author = Citizen(ask(Moderation.BEFORE).case_id).judge()
    sent = author.send("give-reason", {"content": OWN})
    assert sent["Location"] == author.address("reasons") + "?note=waiting"
    assert "wacht op een moderator" in read(author.go()).lower()


def test_a_reason_that_looks_like_another_is_given_only_by_who_says_that_it_differs() -> None:
    round_ = ask(seeds=[Seed(OWN, "nl"), Seed("Loyaliteit gaat voor.", "nl")])
    citizen = Citizen(round_.case_id).judge()
    content = {"content": "Kritiek houdt de overheid altijd scherp."}
    before = stored()
    asked = citizen.send("give-reason", content)
    assert asked.status_code == 409
    assert "Lijkt het op een van deze?" in read(asked)
    assert [reason.content for reason in asked.context["alike"]] == [OWN]
    assert stored() == before
    given = citizen.send("give-reason", {**content, "different": "1"})
    assert given["Location"] == citizen.address("reasons") + "?note=reason"


def test_only_what_can_be_voted_on_is_proposed_instead() -> None:
    round_ = ask(seeds=[Seed(OWN, "nl")])
    Reason.objects.update(state="hidden")
    citizen = Citizen(round_.case_id).judge()
    sent = citizen.send("give-reason", {"content": "Kritiek houdt de overheid altijd scherp."})
    assert sent.status_code == 302


def test_a_reason_that_is_there_already_can_be_voted_on() -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id).judge()
    there = Reason.objects.get()
    sent = citizen.send("give-reason", {"content": OPENING.content.upper()})
    assert sent["Location"] == citizen.address("reason", reason_id=there.pk) + "?note=there"
    assert OPENING.content in read(citizen.go("reason", reason_id=there.pk))
    assert Reason.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Write your reason first."),
        ("   ", "Write your reason first."),
        ("kort", "Write at least %(least)d characters."),
        ("x" * 281, "Write at most %(most)d characters; these are %(count)d."),
        ("y " * 100_000, "Write at most %(most)d characters; these are %(count)d."),
        ("<script>alert(1)</script> dit mag", "Write plain text, without code."),
        (
            "Мне кажется, что это можно.",
            "Write in Dutch or English, with ordinary letters.",
        ),
        ("这是可以的，我认为。", "Write in Dutch or English, with ordinary letters."),
        (
            "Mail naar jan@voorbeeld.nl maar",
            "Leave out names of accounts, web and e-mail addresses, and numbers of people.",
        ),
        ("nul\x00teken in de tekst", "Null characters are not allowed."),
    ],
)
def test_a_reason_that_cannot_be_kept_stays_in_the_form_with_what_is_wrong(
    content: str, sentence: str
) -> None:
    citizen = Citizen(ask().case_id).judge()
    before = stored()
    page = citizen.send("give-reason", {"content": content})
    assert page.status_code == 400
    assert in_dutch(sentence, least=5, most=280, count=len(content.strip())) in read(page)
    assert 'aria-describedby="' in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert stored() == before


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"reason": "1"}, 400),
        ({"answer": "1"}, 400),
        ({"reason": "x", "answer": "1"}, 400),
        ({"reason": "-1", "answer": "1"}, 400),
        ({"reason": "9" * 30, "answer": "1"}, 400),
        ({"reason": "१", "answer": "2"}, 400),
        ({"reason": "<script>", "answer": "<script>"}, 400),
    ],
)
def test_a_vote_that_is_none_is_not_taken(data: dict[str, str], status: int) -> None:
    citizen = Citizen(ask().case_id).judge()
    before = stored()
    page = citizen.send("reasons", data)
    assert page.status_code == status
    assert 'role="alert"' in page.content.decode()
    assert stored() == before


@pytest.mark.parametrize("number", [2**62, "absent"])
def test_a_vote_on_a_reason_that_is_not_shown_leads_to_another(number: int | str) -> None:
    citizen = Citizen(ask().case_id).judge()
    if number == "absent":
        Reason.objects.update(state="hidden")
        number = Reason.objects.get().pk
    before = stored()
    sent = citizen.send("reasons", {"reason": number, "answer": 1})
    assert sent["Location"] == citizen.address("reasons") + "?note=gone"
    assert citizen.go("reason", reason_id=number)["Location"] == sent["Location"]
    assert stored() == before


def test_a_vote_on_a_reason_can_be_changed() -> None:
    citizen = Citizen(ask().case_id).judge()
    reason = Reason.objects.get().pk
    citizen.send("reasons", {"reason": reason, "answer": 1})
    assert "Uw antwoord nu: Eens" in read(citizen.go("reason", reason_id=reason))
    citizen.send("reasons", {"reason": reason, "answer": -1})
    votes = Ballot.objects.filter(question="reason").order_by("entry__position")
    assert list(votes.values_list("answer", "is_latest")) == [(1, False), (-1, True)]


def test_an_own_reason_can_be_changed_while_nobody_else_voted_on_it() -> None:
    round_ = ask(seeds=[])
    author = Citizen(round_.case_id).judge()
    author.send("give-reason", {"content": OWN})
    reason = Reason.objects.get()
    assert OWN in author.go("change-reason", reason_id=reason.pk).content.decode()
    for given, status in (("", 400), ("<b>x", 400)):
        page = author.send("change-reason", {"content": given}, reason_id=reason.pk)
        assert page.status_code == status
    sent = author.send("change-reason", {"content": "Kritiek helpt."}, reason_id=reason.pk)
    assert sent["Location"] == author.address("case") + "?note=changed"
    assert Reason.objects.get().content == "Kritiek helpt."
    agree(round_, judge(round_, someone()), reason)
    late = author.send("change-reason", {"content": "Kritiek helpt niet."}, reason_id=reason.pk)
    assert late.status_code == 400
    refusal = "Somebody has voted on this reason. You cannot change it any more."
    assert in_dutch(refusal) in read(late)
    assert Reason.objects.get().content == "Kritiek helpt."


def test_changing_a_reason_into_one_that_is_there_leads_to_that_one() -> None:
    author = Citizen(ask().case_id).judge()
    there = Reason.objects.get()
    author.send("give-reason", {"content": OWN})
    own = Reason.objects.exclude(pk=there.pk).get()
    sent = author.send("change-reason", {"content": OPENING.content}, reason_id=own.pk)
    assert sent["Location"] == author.address("reason", reason_id=there.pk) + "?note=there"


def test_nobody_changes_a_reason_of_others() -> None:
    citizen = Citizen(ask().case_id).judge()
    reason = Reason.objects.get()
    Citizen(citizen.case_id).judge()
    before = stored()
    assert citizen.go("change-reason", reason_id=reason.pk).status_code == 404
    sent = citizen.send("change-reason", {"content": "Gekaapt."}, reason_id=reason.pk)
    assert sent.status_code == 404
    assert citizen.go("change-reason", reason_id=2**70).status_code == 404
    assert stored() == before


def test_a_round_that_ends_meanwhile_takes_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id).judge()
    citizen.go("give-reason")
    before = stored()
    monkeypatch.setattr("django.utils.timezone.now", lambda: round_.closes_at)
    token = citizen.client.cookies["csrftoken"].value
    sent = citizen.client.post(
        citizen.address("give-reason"), {"content": OWN, "csrfmiddlewaretoken": token}
    )
    assert sent.status_code == 409
    assert stored() == before
    assert round_.closes_at > NOW


def test_the_author_of_a_hidden_reason_asks_for_another_look_once() -> None:
    author = Citizen(ask(seeds=[]).case_id).judge()
    author.send("give-reason", {"content": OWN})
    Reason.objects.update(state="hidden")
    reason = Reason.objects.get()
    assert author.address("appeal", reason_id=reason.pk) in author.go().content.decode()
    assert OWN in read(author.go("appeal", reason_id=reason.pk))
    assert not ModerationEntry.objects.exists()
    sent = author.send("appeal", reason_id=reason.pk)
    assert sent["Location"] == author.address("case") + "?note=appealed"
    assert ModerationEntry.objects.get().act == "appeal"
    assert author.address("appeal", reason_id=reason.pk) not in author.go().content.decode()
    assert author.send("appeal", reason_id=reason.pk).status_code == 409
    other = Citizen(author.case_id).judge()
    assert other.send("appeal", reason_id=reason.pk).status_code == 404
    assert ModerationEntry.objects.count() == 1
