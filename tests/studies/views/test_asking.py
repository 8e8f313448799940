import re
from typing import Any

import pytest
from django.test import Client
from tests.organisations.people import NOW
from tests.studies.studied import answer_all, by_tone, lot_of, make_closed, make_designed, make_open

from spreekruimte.ballots.invitations import invited_with
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.studies.actions.inviting import invite_to_study
from spreekruimte.studies.models import Study, StudyAnswer, StudyRespondent

# What the test client answers: a response, with the context of its template.
Answer = Any
pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def citizen() -> Client:
    return Client(headers=ENGLISH)


def told_in(answer: Answer) -> str:
    """The vignette that a page shows."""
    found = re.search(r'<div class="case"><p[^>]*>(.*?)</p>', answer.content.decode())
    assert found
    return found[1]


def address(study: Study, page: str = "ask") -> str:
    return f"/studies/{study.pk}/{page}/"


def test_a_citizen_answers_all_vignettes_one_a_screen() -> None:
    study = make_open()
    client = citizen()
    assert "Take part" in client.get("/studies/").content.decode()
    assert client.get(f"/studies/{study.pk}/").status_code == 200
    seen = []
    for number in range(1, 5):
        page = client.get(address(study))
        assert f"Step {number} of 4" in page.content.decode()
        seen.append(told_in(page))
        assert len(seen[-1].split()) <= 80
        answer = client.post(address(study), {"number": number, "answer": "1"})
        assert answer.status_code == 302
    assert answer["Location"] == f"/studies/{study.pk}/about/?note=saved"
    assert len(set(seen)) == 4
    assert StudyAnswer.objects.count() == 4
    told = client.post(address(study, "about"), {"gender": "woman"}, follow=True)
    assert "Thank you, your answers are in" in told.content.decode()
    assert client.get(address(study)).status_code == 302
    assert StudyRespondent.objects.get().about == {"gender": "woman"}


def test_what_is_shown_stays_the_same_and_can_be_chosen_by_nobody() -> None:
    study = make_open(per_respondent=4, blocks=40)
    client = citizen()
    first = told_in(client.get(address(study)))
    for query in ("?block=3", "?vignette=7", "?number=4", "?order=1"):
        assert told_in(client.get(address(study) + query)) == first
    client.post(address(study) + "?block=3", {"number": 1, "answer": "1", "block": "3"})
    others = {told_in(citizen().get(address(study))) for _ in range(12)}
    assert len(others) > 1


def test_nothing_in_page_or_cookie_tells_which_block_was_drawn() -> None:
    study = make_open(per_respondent=4, blocks=40)
    client = citizen()
    page = client.get(address(study))
    client.post(address(study), {"number": 1, "answer": "1"})
    stored = StudyRespondent.objects.get()
    assert stored.pseudonym not in page.content.decode() + str(client.cookies)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"', page.content.decode())
    assert set(hidden) == {"csrfmiddlewaretoken", "next", "number"} & set(hidden)
    assert "number" in hidden


def test_an_invitation_gives_the_same_vignettes_in_every_browser() -> None:
    study = make_open(per_respondent=4, blocks=40)
    (code,) = invite_to_study(
        study=study, count=1, draw=lambda count: bytes(count), actor=OPERATOR, now=NOW
    )
    told = []
    for _browser in range(2):
        client = citizen()
        answer = client.post(address(study, "invitation"), {"code": code})
        assert answer["Location"].endswith("/ask/?note=entered")
        told.append(told_in(client.get(address(study))))
    assert told[0] == told[1]
    client.post(address(study), {"number": 1, "answer": "-1"})
    assert StudyRespondent.objects.get().channel == "panel"
    assert StudyRespondent.objects.get().block == lot_of(study, invited_with(code)).block


def test_codes_that_do_not_fit_are_refused_in_words() -> None:
    study = make_open()
    client = citizen()
    assert client.get(address(study, "invitation") + "?code=7K3D").status_code == 200
    for code in ("", "7K3D", "7K3D-9QXM-0A1B"):
        assert client.post(address(study, "invitation"), {"code": code}).status_code == 400
    (good,) = invite_to_study(
        study=study, count=1, draw=lambda count: bytes(count), actor=OPERATOR, now=NOW
    )
    client.post(address(study), {"number": 1, "answer": "1"})
    assert client.post(address(study, "invitation"), {"code": good}).status_code == 409


def test_who_tries_codes_too_often_has_to_wait() -> None:
    study = make_open()
    client = citizen()
    answers = [
        client.post(address(study, "invitation"), {"code": "7K3D-9QXM-0A1B"}).status_code
        for _ in range(61)
    ]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    "given", [{}, {"number": 1}, {"number": 1, "answer": "2"}, {"number": "x", "answer": "1"}]
)
def test_what_is_no_answer_is_refused_and_nothing_stored(given: dict[str, str]) -> None:
    study = make_open()
    answer = citizen().post(address(study), given)
    assert answer.status_code == 400
    assert told_in(answer)
    assert not StudyAnswer.objects.exists()


def test_a_first_answer_stands_when_somebody_goes_back() -> None:
    study = make_open()
    client = citizen()
    client.post(address(study), {"number": 1, "answer": "1"})
    again = client.post(address(study), {"number": 1, "answer": "-1"}, follow=True)
    assert "Your first answer stands" in again.content.decode()
    assert StudyAnswer.objects.get().answer == 1


def test_wrong_answers_about_oneself_are_refused() -> None:
    study = make_open()
    client = citizen()
    assert client.get(address(study, "about")).status_code == 200
    assert client.post(address(study, "about"), {"gender": "sailor"}).status_code == 400
    assert client.post(address(study, "about"), {"gender": "man"}).status_code == 409


def test_thanks_come_after_the_last_vignette() -> None:
    study = make_open()
    client = citizen()
    assert client.get(address(study, "thanks"))["Location"] == address(study)
    for number in range(1, 5):
        client.post(address(study), {"number": number, "answer": "0"})
    assert client.get(address(study, "thanks")).status_code == 200
    assert client.post(address(study), {}).status_code == 302


def test_a_draft_is_no_page_and_a_closed_study_says_so() -> None:
    draft = make_designed()
    client = citizen()
    assert client.get(f"/studies/{draft.pk}/").status_code == 404
    closed = make_closed(draft.organisation)
    answer = client.get(address(closed))
    assert answer.status_code == 200
    assert "This study is closed" in answer.content.decode()
    assert client.post(address(closed), {"number": 1, "answer": "1"}).status_code == 409
    assert not StudyAnswer.objects.exists()


def test_an_open_study_shows_no_result_anywhere() -> None:
    study = make_open()
    answer_all(study, invited_with("7K3D-9QXM-0A1B"), by_tone)
    client = citizen()
    for page in ("results/", "results.json", "results.csv", "answers.csv", "room/", "room.svg"):
        assert client.get(f"/studies/{study.pk}/{page}").status_code == 404


def test_a_citizen_erases_their_answers_and_is_asked_nothing_more() -> None:
    study = make_open()
    client = citizen()
    assert "nothing of yours" in client.get(address(study, "erase")).content.decode()
    client.post(address(study), {"number": 1, "answer": "1"})
    assert "Erase my answers" in client.get(address(study, "")[:-1]).content.decode()
    assert "Do you want to erase" in client.get(address(study, "erase")).content.decode()
    assert StudyAnswer.objects.count() == 1
    told = client.post(address(study, "erase"), follow=True)
    assert "Your answers are erased" in told.content.decode()
    assert not StudyAnswer.objects.exists()
    for page in ("ask", "about", "thanks", "invitation"):
        assert "Your answers are erased" in client.get(address(study, page)).content.decode()
    again = client.post(address(study), {"number": 1, "answer": "1"})
    assert again.status_code == 409
    assert not StudyAnswer.objects.exists()
