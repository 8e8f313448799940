"""A citizen judges a case, step by step."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask, judge
from tests.ballots.rounds import make_round
from tests.ballots.views.citizen import Citizen, read, stored
from tests.cases.stored import BY, LATER, TELLING, in_state

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.entering import COOKIE
from spreekruimte.ballots.models import Ballot, CaseKey, LogEntry, Participation, Reason
from spreekruimte.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def answers() -> list[tuple[str, int, bool]]:
    found = Ballot.objects.order_by("entry__position")
    return list(found.values_list("question", "answer", "is_latest"))


def test_a_newcomer_reads_the_case_and_its_facts_and_is_asked_one_question() -> None:
    citizen = Citizen(ask().case_id)
    page = citizen.go()
    assert page.status_code == 200
    words = read(page)
    assert TELLING.nl in words
    assert "Toelaatbaar" in words
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]
    assert COOKIE in page.cookies
    assert Participation.objects.count() == 0


def test_english_is_read_by_who_asks_for_it() -> None:
    words = read(Citizen(ask().case_id, "en").go())
    assert TELLING.en in words
    assert "Admissible" in words


def test_each_answer_leads_to_the_next_question() -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id)
    first = citizen.send("judgement", {"answer": -1})
    assert first["Location"].startswith(citizen.address("measure"))
    assert COOKIE in first.cookies
    second = citizen.send("measure", {"answer": 3})
    assert second["Location"].startswith(citizen.address("reasons"))
    assert "Iedereen mag een mening hebben." in read(citizen.go("reasons"))
    reason = Reason.objects.get()
    third = citizen.send("reasons", {"reason": reason.pk, "answer": 1})
    assert third["Location"] == citizen.address("reasons")
    assert "U hebt over alle argumenten gestemd" in read(citizen.go("reasons"))
    assert citizen.send("about", {"age": "25-34", "region": ""})["Location"].startswith(
        citizen.address("thanks")
    )
    assert answers() == [("judgement", -1, True), ("measure", 3, True), ("reason", 1, True)]
    assert Participation.objects.get().about == {"age": "25-34"}


def test_the_pages_show_the_respondent_what_they_answered() -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id).judge(-1, 3)
    citizen.send("reasons", {"reason": Reason.objects.get().pk, "answer": 1})
    words = read(citizen.go())
    assert "Niet toelaatbaar" in words
    assert "Een officiële berisping geven, op papier" in words
    assert "Iedereen mag een mening hebben." in words
    assert "Niet toelaatbaar" in read(citizen.go("judgement"))
    assert 'value="3" id="id_answer_3" checked' in citizen.go("measure").content.decode().replace(
        '" required', '"'
    )


def test_an_answer_can_be_changed_and_both_are_kept() -> None:
    citizen = Citizen(ask().case_id).judge(1, 0)
    citizen.send("judgement", {"answer": 0})
    citizen.send("measure", {"answer": -1})
    assert answers() == [
        ("judgement", 1, False),
        ("measure", 0, False),
        ("judgement", 0, True),
        ("measure", -1, True),
    ]


def test_pressing_twice_is_one_ballot() -> None:
    citizen = Citizen(ask().case_id)
    for _press in range(2):
        again = citizen.send("judgement", {"answer": 1})
        assert again["Location"].startswith(citizen.address("measure"))
    assert len(answers()) == 1


def test_pressing_twice_before_the_first_answer_arrives_is_one_respondent() -> None:
    citizen = Citizen(ask().case_id)
    for _press in range(2):
        citizen.client.cookies.pop(COOKIE, None)
        citizen.send("judgement", {"answer": 1})
    assert Participation.objects.count() == 1
    assert len(answers()) == 1


def test_another_tab_that_stayed_behind_changes_the_answer_and_adds_no_ballot() -> None:
    citizen = Citizen(ask().case_id).judge(1, 0)
    assert citizen.send("judgement", {"answer": -1})["Location"].startswith(
        citizen.address("measure")
    )
    assert Participation.objects.count() == 1
    assert ("judgement", -1, True) in answers()


@pytest.mark.parametrize("page", ["measure", "reasons", "give-reason", "about", "thanks"])
def test_a_newcomer_who_comes_too_early_is_led_to_the_first_question(page: str) -> None:
    citizen = Citizen(ask().case_id)
    assert citizen.go(page)["Location"] == citizen.address("judgement") + "?note=order"
    assert "Deze vraag komt eerst." in read(citizen.go("judgement", query={"note": "order"}))


def test_who_has_judged_and_skips_the_measure_is_led_to_it() -> None:
    citizen = Citizen(ask().case_id)
    citizen.send("judgement", {"answer": 1})
    before = stored()
    for sent in (
        citizen.send("reasons", {"reason": 1, "answer": 1}),
        citizen.send("give-reason", {"content": "Dit moet kunnen."}),
    ):
        assert sent["Location"] == citizen.address("measure") + "?note=order"
    assert stored() == before


def test_a_note_that_does_not_exist_says_nothing() -> None:
    citizen = Citizen(ask().case_id)
    assert citizen.go(query={"note": "<script>"}).status_code == 200


def test_without_cookies_nothing_is_stored() -> None:
    citizen = Citizen(ask().case_id)
    assert citizen.client.post(citizen.address("judgement"), {"answer": 1}).status_code == 403
    assert LogEntry.objects.count() == 0


# Cases that are not asked


@pytest.mark.parametrize("state", ["draft", "stopped", "withdrawn"])
def test_a_case_that_never_was_public_does_not_exist(state: str) -> None:
    assert Citizen(in_state(state).pk).go().status_code == 404


@pytest.mark.parametrize("case_id", [1, 2**31, 2**63, 10**40])
def test_nor_does_a_case_that_there_is_not(case_id: int) -> None:
    assert Citizen(case_id).go().status_code == 404


def test_a_protected_case_says_on_what_ground() -> None:
    case = in_state("protected")
    page = Citizen(case.pk).go()
    assert page.status_code == 200
    words = read(page)
    assert TELLING.nl in words
    assert "beschermd" in words


def test_a_closed_case_leads_to_its_result() -> None:
    round_ = ask()
    citizen = Citizen(round_.case_id).judge()
    end_round(round=round_, step="close", **BY)
    page = citizen.go()
    assert page.status_code == 200
    assert f"/cases/{round_.case_id}/result/" in page.content.decode()
    before = stored()
    assert citizen.client.get(citizen.address("measure")).status_code == 200
    token = citizen.client.cookies["csrftoken"].value
    late = citizen.client.post(
        citizen.address("judgement"), {"answer": 0, "csrfmiddlewaretoken": token}
    )
    assert late.status_code == 409
    assert "gesloten" in read(late)
    assert stored() == before


def test_a_round_past_its_day_is_over_before_anybody_ended_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    round_ = ask()
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    assert "gesloten" in read(Citizen(round_.case_id).go())


@pytest.mark.parametrize(("step", "word"), [("stop", "gestopt"), ("withdraw", "ingetrokken")])
def test_a_case_that_was_stopped_or_taken_back_says_so_and_no_more(step: str, word: str) -> None:
    round_ = ask()
    end_round(round=round_, step=step, **BY)  # type: ignore[arg-type]
    page = Citizen(round_.case_id).go()
    assert page.status_code == 410
    assert word in read(page)
    assert TELLING.nl not in page.content.decode()


def test_a_case_between_two_rounds_is_not_open() -> None:
    round_ = make_round()
    Case.objects.update(state="ready")
    page = Citizen(round_.case_id).go()
    assert page.status_code == 410
    assert "nu niet open" in read(page)


def test_nobody_votes_where_nobody_could_tell_whose_ballot_it_is() -> None:
    citizen = Citizen(ask().case_id)
    CaseKey.objects.all().delete()
    assert citizen.send("judgement", {"answer": 1}).status_code == 409
    assert LogEntry.objects.count() == 0


def test_simulated_citizens_are_called_so() -> None:
    round_ = ask()
    Case.objects.update(is_simulated=True)
    assert "nagebootst" in Citizen(round_.case_id).go().content.decode()


def test_others_are_not_mistaken_for_the_respondent() -> None:
    round_ = ask()
    judge(round_)
    assert "Uw antwoorden" not in read(Citizen(round_.case_id).go())
