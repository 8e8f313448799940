"""The page of a result, and what hangs on it."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.ballots.views.citizen import Response
from tests.cases.stored import in_state
from tests.verdicts.results import asked, ended, judge, publish, published
from tests.verdicts.rounds import citizen, erase, fill, reasons_of, start_round, vote

from spreekruimte.ballots.entering import let_in
from spreekruimte.ballots.models import Ballot, Participation, Reason, Round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.verdicts.models import Figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_soon", "storage")]

PICTURES = ("judgement", "measures", "reasons", "opinions", "people")


def visitor(round_: Round, respondent: Respondent | None = None, language: str = "nl") -> Client:
    """A browser, with the cookie of a respondent."""
    from django.http import HttpResponse

    client = Client(headers={"accept-language": language})
    if respondent is not None:
        given = let_in(HttpResponse(), respondent, case_id=round_.case_id, round_id=round_.pk)
        client.cookies = given.cookies
    return client


def see(client: Client, round_: Round, path: str = "") -> Response:
    return client.get(f"/cases/{round_.case_id}/result/{path}")


def words(response: Response) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]*>", " ", main[0]).split())


# Who may look


def test_a_newcomer_is_led_to_the_case_and_reads_no_figure() -> None:
    round_ = asked()
    response = see(visitor(round_), round_)
    assert response.status_code == 302
    assert response["Location"] == f"/cases/{round_.case_id}/"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.content


@pytest.mark.parametrize(
    "path",
    [
        *(f"1/open/pictures/{name}.{kind}" for name in PICTURES for kind in ("csv", "svg")),
        "files.json",
        "1/log.jsonl",
        "1/open/verdict.json",
    ],
)
def test_no_file_is_given_to_a_newcomer(path: str) -> None:
    round_ = asked()
    response = see(visitor(round_), round_, path)
    assert response.status_code == 403
    assert response["Cache-Control"] == "private, no-store"
    assert "%" not in words(response)


def test_who_judged_sees_the_result_which_no_cache_keeps_and_is_marked() -> None:
    round_ = asked()
    response = see(visitor(round_, citizen(3)), round_)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    seen = Participation.objects.filter(has_seen_results=True)
    assert seen.count() == 1


def test_a_closed_case_is_open_to_all_and_marks_nobody() -> None:
    round_ = ended()
    response = see(visitor(round_), round_)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"
    assert not Participation.objects.filter(has_seen_results=True).exists()


@pytest.mark.parametrize("state", ["draft", "stopped", "ready", "withdrawn"])
def test_a_case_that_is_not_public_has_no_result(state: str) -> None:
    case = in_state(state)
    assert Client().get(f"/cases/{case.pk}/result/").status_code == 404


def test_a_protected_case_tells_its_ground_and_no_vote() -> None:
    case = in_state("protected")
    response = Client().get(f"/cases/{case.pk}/result/")
    assert response.status_code == 200
    assert "beschermd" in words(response)
    assert "%" not in words(response)


# What it says


def test_the_page_tells_both_channels_apart_with_margin_and_number() -> None:
    said = words(see(visitor(round_ := ended(people=60)), round_))
    assert "Open stemming" in said
    assert "Steekproef" in said
    assert re.search(r"\d+% \(tussen \d+% en \d+%\) van \d+ mensen met een oordeel", said)


def test_divided_and_undecided_are_explained() -> None:
    round_ = start_round()
    fill(round_, 6)
    judge(round_)
    said = words(see(visitor(round_, citizen(1)), round_))
    assert "Niet beslist betekent" in said
    divided = start_round()
    fill(divided, 300)
    judge(divided)
    assert "Verdeeld betekent" in words(see(visitor(divided, citizen(1)), divided))


def test_each_picture_has_a_sentence_a_table_and_two_downloads() -> None:
    round_ = ended(people=60)
    page = see(visitor(round_), round_).content.decode()
    for name in PICTURES:
        for kind in ("csv", "svg"):
            path = f"/cases/{round_.case_id}/result/1/open/pictures/{name}.{kind}"
            if name == "people" and kind == "svg":
                continue
            assert path in page, path
            assert Client().get(path).status_code == 200, path
    assert page.count("<table") >= 5


def test_the_tables_hold_what_the_pictures_show() -> None:
    round_ = ended(people=60)
    content = see(visitor(round_), round_, "1/open/pictures/measures.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["step"] for row in rows] == [*"012345678", "unknown"]
    assert sum(int(row["people"]) for row in rows) == 60


def test_a_picture_stands_alone_with_its_own_style() -> None:
    round_ = ended(people=60)
    for name in ("judgement", "measures", "reasons", "opinions"):
        response = see(visitor(round_), round_, f"1/open/pictures/{name}.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert "attachment" in response["Content-Disposition"]
        ElementTree.fromstring(response.content)  # noqa: S314 - drawn by us
        assert b"var(--" not in response.content


@pytest.mark.parametrize(
    "path",
    [
        "1/open/pictures/nothing.svg",
        "9/open/pictures/judgement.svg",
        "1/panel/secret.txt",
        "1/open/verdict.json",
        "1/other/verdict.json",
        "99999999999999999999/log.jsonl",
        "1/../../settings.py",
    ],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    round_ = ended(panel=0)
    assert see(visitor(round_), round_, path).status_code == 404


def test_reasons_are_ranked_by_agreement_across_groups_and_hidden_ones_are_gone() -> None:
    round_ = ended(people=60)
    document = Figures.objects.get(snapshot__round=round_, snapshot__channel="open").document
    ranks = {result["id"]: result["rank"] for result in document["results"]}
    content = see(visitor(round_), round_, "1/open/pictures/reasons.csv").content.decode()
    listed = [row["id"] for row in csv.DictReader(io.StringIO(content))]
    assert listed == sorted(listed, key=lambda name: ranks[name])
    Reason.objects.filter(pk=reasons_of(round_)[0]).update(state=Reason.State.HIDDEN)
    # At once, before anything is computed again.
    page = see(visitor(round_), round_).content.decode()
    assert "Het plan is openbaar." not in page


def test_what_citizens_write_is_shown_as_text() -> None:
    round_ = start_round()
    code, formula, *_rest = reasons_of(round_)
    # Neither is let in; what came in some other way does no harm either.
    Reason.objects.filter(pk=code).update(content="<script>alert(1)</script> & 'meer'")
    Reason.objects.filter(pk=formula).update(content="=1+1 is twee, zegt men")
    fill(round_, 30)
    judge(round_)
    client = visitor(round_, citizen(3))
    assert "<script>alert" not in see(client, round_).content.decode()
    table = see(client, round_, "1/open/pictures/reasons.csv").content.decode()
    assert "'=1+1" in table
    drawn = see(client, round_, "1/open/pictures/reasons.svg").content
    assert b"<script" not in drawn


def test_the_page_is_there_in_english() -> None:
    round_ = ended()
    said = words(see(visitor(round_, language="en"), round_))
    assert "What the public finds" in said
    assert "Wat het publiek" not in said


def test_simulated_citizens_are_labelled() -> None:
    round_ = ended()
    Case.objects.filter(pk=round_.case_id).update(is_simulated=True)
    assert "nagebootst" in see(visitor(round_), round_).content.decode()


def test_a_result_that_is_not_there_yet_is_said_to_be_computed() -> None:
    round_ = start_round()
    fill(round_, 3)
    assert "wordt berekend" in words(see(visitor(round_, citizen(1)), round_))


def test_the_figures_follow_an_erasure() -> None:
    round_ = start_round()
    for number in range(5):
        vote(round_, citizen(number), judgement=1)
    judge(round_)
    assert "van 5 mensen" in words(see(visitor(round_, citizen(1)), round_))
    erase(round_, citizen(0))
    judge(round_)
    assert "van 4 mensen" in words(see(visitor(round_, citizen(1)), round_))


# Files


def test_the_list_of_files_leads_to_files_with_those_digests() -> None:
    import hashlib

    round_ = published()
    client = visitor(round_)
    (listed,) = json.loads(see(client, round_, "files.json").content)["rounds"]
    for file in listed["files"]:
        response = see(client, round_, file["path"])
        assert response.status_code == 200
        content = b"".join(response.streaming_content)
        assert len(content) == file["size"]
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert "attachment" in response["Content-Disposition"]


def test_before_a_verdict_is_official_there_are_no_files() -> None:
    round_ = ended()
    assert json.loads(see(visitor(round_), round_, "files.json").content)["rounds"] == []


def test_files_are_not_given_once_something_was_erased() -> None:
    round_ = published()
    erase(round_, citizen(3))
    assert see(visitor(round_), round_, "1/open/replay.jsonl.zst").status_code == 404
    assert "worden gemaakt" in words(see(visitor(round_), round_))


# Feeds


@pytest.mark.parametrize("path", ["/results.atom", "/results.rss"])
def test_feeds_tell_official_results_of_closed_cases_alone(path: str) -> None:
    asked()
    ended()
    round_ = ended()
    publish(round_)
    content = Client().get(path).content.decode()
    assert content.count(f"/cases/{round_.case_id}/result/") >= 1
    assert content.count("<entry>") + content.count("<item>") == 1
    assert "mensen met een oordeel" in content
    assert "people with a judgement" in Client().get(f"{path}?lang=en").content.decode()


def test_a_case_that_is_asked_again_leaves_the_feeds() -> None:
    round_ = ended()
    publish(round_)
    Case.objects.filter(pk=round_.case_id).update(state="open")
    assert "<entry>" not in Client().get("/results.atom").content.decode()


# One's own group


def test_respondents_see_which_group_they_answer_like_and_nothing_is_stored() -> None:
    round_ = start_round()
    fill(round_, 200)
    judge(round_)
    before = Ballot.objects.count(), Participation.objects.count()
    response = see(visitor(round_, citizen(3)), round_, "group/")
    assert response["Cache-Control"] == "private, no-store"
    said = words(response)
    assert re.search(r"U antwoordt het meest als groep [AB]|passen bij geen groep", said)
    assert (Ballot.objects.count(), Participation.objects.count()) == before


def test_the_group_is_the_one_that_most_of_the_alike_are_in() -> None:
    from spreekruimte.ballots.models import Channel
    from spreekruimte.ballots.queries.standing import pseudonym_of, standing_of
    from spreekruimte.ballots.queries.votes import collect_votes, name_participant
    from spreekruimte.verdicts.compute import judge_votes
    from spreekruimte.verdicts.queries.results import result_of
    from spreekruimte.verdicts.showing.own_group import place_among_groups

    round_ = start_round()
    fill(round_, 200)
    judge(round_)
    judgement = judge_votes(collect_votes(round_, Channel.OPEN))
    result = result_of(round_, Channel.OPEN)
    assert result is not None
    same = told = 0
    for number in range(200):
        pseudonym = pseudonym_of(round_.case_id, citizen(number))
        assert pseudonym
        row = judgement.matrix.participant_ids.index(name_participant(round_.log_name, pseudonym))
        label = int(judgement.groups.labels[row])
        placed = place_among_groups(result, standing_of(round_, citizen(number)))
        group = re.search(r"(?:group|groep) ([AB])", placed.sentence)
        if group and label >= 0:
            told += 1
            same += group[1] == "AB"[label]
    assert told > 150
    assert same / told > 0.95


def test_without_a_vote_there_is_no_group() -> None:
    round_ = ended()
    assert "niet in deze ronde gestemd" in words(see(visitor(round_), round_, "group/"))
    assert see(visitor(asked_ := asked()), asked_, "group/").status_code == 302
