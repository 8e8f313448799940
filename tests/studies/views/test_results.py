import csv
import io
import json
from typing import Any

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from tests.organisations.people import NOW
from tests.studies.studied import (
    VALUES,
    answer_all,
    by_tone,
    make_closed,
    make_open,
    make_published,
    somebody,
)

from spreekruimte.organisations.models import OPERATOR
from spreekruimte.studies.actions.estimating import estimate_study
from spreekruimte.studies.actions.moving import close_study, publish_study
from spreekruimte.studies.estimating import Gathered, estimate
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Plan

# What the test client answers: a response, with the context of its template.
Answer = Any
pytestmark = pytest.mark.django_db


def get(path: str) -> Answer:
    return Client(headers={"accept-language": "en"}).get(path)


def rows_of(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_a_published_study_shows_what_each_value_changes() -> None:
    study = make_published()
    page = get(f"/studies/{study.pk}/results/").content.decode()
    assert "Answers of who came on their own" in page
    assert "Respondents: 120" in page
    assert "fewer in a hundred find the post admissible than with “neutral”" in page
    assert page.count('class="picture"') == len(VALUES)
    assert "What works together" in page


def test_pictures_and_figures_can_be_kept() -> None:
    study = make_published()
    svg = get(f"/studies/{study.pk}/results/open/tone.svg")
    assert fromstring(svg.content).tag.endswith("svg")
    (neutral, sharp) = rows_of(get(f"/studies/{study.pk}/results/open/tone.csv"))
    assert float(neutral["share_estimate"]) > 0.5 > float(sharp["share_estimate"])
    kinds = {row["kind"] for row in rows_of(get(f"/studies/{study.pk}/results.csv"))}
    assert kinds == {"means", "effects", "interactions"}
    document = json.loads(get(f"/studies/{study.pk}/results.json").content)
    assert document["channels"]["open"]["respondents"] == 120
    assert document["simulated"] is False
    for absent in ("open/mood.svg", "panel/tone.svg"):
        assert get(f"/studies/{study.pk}/results/{absent}").status_code == 404


def test_anybody_can_count_the_published_answers_anew() -> None:
    study = make_published()
    plan = Plan.of(study)
    rows = rows_of(get(f"/studies/{study.pk}/answers.csv"))
    assert "pseudonym" not in rows[0]
    again = estimate(
        plan,
        Gathered(
            np.array([plan.to_levels(row) for row in rows]),
            np.array([int(row["answer"]) for row in rows]),
            np.array([int(row["respondent"]) for row in rows]) - 1,
            [{} for _ in range(120)],
        ),
    )
    document = json.loads(get(f"/studies/{study.pk}/results.json").content)
    assert json.loads(json.dumps(again)) == document["channels"]["open"]


def test_a_study_with_one_respondent_gives_a_sentence_and_no_number() -> None:
    study = make_published(people=1)
    page = get(f"/studies/{study.pk}/results/").content.decode()
    assert "1 respondents gave an opinion here. Figures are given from 50 respondents on" in page
    assert 'class="picture"' not in page
    assert get(f"/studies/{study.pk}/room/").status_code == 404
    assert get(f"/studies/{study.pk}/room.svg").status_code == 404


def test_panel_and_open_channel_are_never_added_up() -> None:
    study = make_open()
    for number in range(3):
        answer_all(study, somebody(number), by_tone, {"gender": "woman"})
    study = close_study(study=study, actor=OPERATOR, now=NOW)
    assert set(estimate_study(study=study, now=NOW).figures) == {"open"}
    publish_study(study=study, actor=OPERATOR, now=NOW)
    assert Study.objects.get().state == "published"


def test_results_are_shown_once_they_are_published() -> None:
    study = make_closed(people=60)
    for page in ("results/", "results.json", "results.csv", "answers.csv", "room/", "room.csv"):
        assert get(f"/studies/{study.pk}/{page}").status_code == 404


def test_the_map_of_room_shows_the_two_attributes_that_were_chosen() -> None:
    study = make_published()
    page = get(f"/studies/{study.pk}/room/").content.decode()
    assert "Room by kind of organisation and" in page
    query = "down=employer_type&across=topic_distance&fix-tone=sharp&average=equal"
    page = get(f"/studies/{study.pk}/room/?{query}").content.decode()
    assert "Fixed: Tone: sharp." in page
    assert page.count('class="none"') == 1
    assert "does not occur" in page
    rows = rows_of(get(f"/studies/{study.pk}/room.csv?{query}"))
    assert len(rows) == 9
    assert all(float(row["low"]) <= float(row["share"]) for row in rows if row["share"])
    assert fromstring(get(f"/studies/{study.pk}/room.svg?{query}").content).tag.endswith("svg")


def test_a_map_over_all_studies_is_offered_where_there_are_several() -> None:
    study = make_published()
    assert "Whose answers" not in get(f"/studies/{study.pk}/room/").content.decode()
    make_published(study.organisation)
    page = get(f"/studies/{study.pk}/room/?over=alike").content.decode()
    assert "of all 2 studies that compare the same" in page
    assert "The average of all studies that compare the same" in page


@pytest.mark.parametrize("query", ["down=tone&across=tone", "down=mood", "fix-tone=purple"])
def test_a_map_that_cannot_be_is_refused_in_words(query: str) -> None:
    study = make_published()
    answer = get(f"/studies/{study.pk}/room/?{query}")
    assert answer.status_code == 400
    assert "This is not complete yet" in answer.content.decode()
    assert get(f"/studies/{study.pk}/room.csv?{query}").status_code == 404


def test_a_map_of_what_never_occurs_is_refused_in_words() -> None:
    study = make_published()
    query = "down=employer_type&across=topic_distance"
    study.forbidden = [
        {"employer_type": employer, "topic_distance": distance}
        for employer in VALUES["employer_type"]
        for distance in VALUES["topic_distance"]
    ]
    study.save()
    answer = get(f"/studies/{study.pk}/room/?{query}")
    assert answer.status_code == 400
    assert "leave nothing to show" in answer.content.decode()
    assert get(f"/studies/{study.pk}/room.svg?{query}").status_code == 404


def test_maps_are_listed_over_all_and_per_public_body() -> None:
    study = make_published()
    for page in ("/room/", "/organisations/waterdam/room/"):
        assert f"/studies/{study.pk}/room/" in get(page).content.decode()
    assert get("/organisations/nowhere/room/").status_code == 404


def test_what_is_simulated_says_so_on_pages_and_in_files() -> None:
    study = make_published()
    study.is_simulated = True
    study.save()
    assert "Demonstration." in get("/studies/").content.decode()
    assert "Demonstration." in get(f"/studies/{study.pk}/room/").content.decode()
    kept = get(f"/studies/{study.pk}/room.csv")
    assert "-simulated" in kept["Content-Disposition"]
    assert {row["simulated"] for row in rows_of(kept)} == {"yes"}
    assert "simulated" in get(f"/studies/{study.pk}/room.svg").content.decode()
    assert {row["simulated"] for row in rows_of(get(f"/studies/{study.pk}/answers.csv"))} == {"yes"}
