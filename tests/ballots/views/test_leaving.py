"""Receipts, looking without voting, and what goes with them."""

from __future__ import annotations

import re

import pytest
from tests.ballots.asking import ask, judge
from tests.ballots.views.citizen import Citizen, in_dutch, read, stored

from spreekruimte.ballots.models import LogEntry, Participation, Reason
from spreekruimte.ballots.receipts import mark_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b")


def test_every_answer_has_a_receipt_and_that_of_the_judgement_comes_first() -> None:
    citizen = Citizen(ask().case_id).judge(1, 0)
    citizen.send("judgement", {"answer": -1})
    citizen.send("reasons", {"reason": Reason.objects.get().pk, "answer": 1})
    page = citizen.go("thanks")
    codes = CODE.findall(read(page))
    marks = [str(each.receipt) for each in LogEntry.objects.order_by("position")]
    assert mark_of(codes[0]) == marks[2]
    assert sorted(map(mark_of, codes)) == sorted(marks)
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "iet toelaatbaar" not in read(page)


def test_looking_asks_first_and_uses_up_the_ballot() -> None:
    citizen = Citizen(ask().case_id)
    before = stored()
    assert "niet terugdraaien" in read(citizen.go("look"))
    assert stored() == before
    assert citizen.send("look")["Location"] == citizen.address("case")
    participation = Participation.objects.get()
    assert participation.has_given_up
    assert participation.has_seen_results
    assert "/result/" in citizen.go().content.decode()
    before = stored()
    for page, data in (
        ("judgement", {"answer": 1}),
        ("measure", {"answer": 1}),
        ("reasons", {"reason": 1, "answer": 1}),
    ):
        assert citizen.send(page, data).status_code in (302, 409)
    assert citizen.send("judgement", {"answer": 1}).status_code == 409
    assert citizen.go("judgement").status_code == 409
    assert citizen.send("look").status_code == 302
    assert stored() == before


def test_who_has_voted_keeps_the_ballot() -> None:
    citizen = Citizen(ask().case_id).judge()
    before = stored()
    said = "You have voted already, so you can see the results."
    assert in_dutch(said) in read(citizen.go("look"))
    sent = citizen.send("look")
    assert sent.status_code == 409
    assert in_dutch(said) in read(sent)
    assert stored() == before


def test_looking_is_for_one_respondent() -> None:
    round_ = ask()
    Citizen(round_.case_id).send("look")
    judge(round_)
    assert "Vindt u dit bericht toelaatbaar?" in read(Citizen(round_.case_id).go())


@pytest.mark.parametrize(
    "data",
    [
        {"age": "200"},
        {"gender": "x" * 5000},
        {"region": "<script>alert(1)</script>"},
        {"government": "да"},
    ],
)
def test_what_is_no_answer_about_oneself_is_not_kept(data: dict[str, str]) -> None:
    citizen = Citizen(ask().case_id).judge()
    before = stored()
    page = citizen.send("about", data)
    assert page.status_code == 400
    assert in_dutch("Choose one of the answers.") in read(page)
    assert "<script>alert" not in page.content.decode()
    assert stored() == before


def test_what_was_told_about_oneself_can_be_taken_back() -> None:
    citizen = Citizen(ask().case_id).judge()
    citizen.send("about", {"age": "75+", "government": "yes", "unknown": "x"})
    assert Participation.objects.get().about == {"age": "75+", "government": "yes"}
    assert 'value="75+" selected' in citizen.go("about").content.decode()
    citizen.send("about", {})
    assert Participation.objects.get().about == {}
