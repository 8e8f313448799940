from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from tests.guidelines.views.desk import LINE, at, editor
from tests.guidelines.written import make_draft, make_line, make_version
from tests.organisations.people import make_organisation

from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.models import DraftLine, Guideline
from spreekruimte.guidelines.stored import digest_lines, draft_lines_of
from spreekruimte.organisations.models import User

pytestmark = pytest.mark.django_db
Response = Any


def new_line(guideline: Guideline) -> str:
    return at(guideline.organisation, f"{guideline.pk}/new-line/")


def line_of(guideline: Guideline, name: str = "R1", rest: str = "") -> str:
    return at(guideline.organisation, f"{guideline.pk}/lines/{name}/{rest}")


def post(guideline: Guideline, path: str, **changes: object) -> Response:
    client = editor(guideline.organisation, email=f"{User.objects.count()}@waterdam.example")
    return client.post(path, {**LINE, **changes})


def seen_of(guideline: Guideline) -> str:
    return digest_lines(draft_lines_of(guideline)[:1])


def test_an_empty_form_holds_always_and_tells_both_languages() -> None:
    guideline = make_draft()
    page = editor(guideline.organisation).get(new_line(guideline)).content.decode()
    assert '<dd lang="nl">altijd</dd>' in page
    assert '<dd lang="en">always</dd>' in page
    assert "It holds in 38 closed cases." in page


def test_a_line_is_saved() -> None:
    guideline = make_draft()
    answer = post(guideline, new_line(guideline))
    assert answer["Location"] == at(guideline.organisation, f"{guideline.pk}/")
    (line,) = draft_lines_of(guideline)
    assert (line.name, line.text.en) == ("R1", "Do not threaten.")
    assert line.predicate == read_condition(json.loads(LINE["predicate"]))


def test_a_condition_is_composed_step_by_step() -> None:
    guideline = make_draft()
    path = new_line(guideline)
    client = editor(guideline.organisation)
    first = {**LINE, "predicate": '{"and": []}', "attribute": "act_type", "step": "look"}
    looked = client.post(path, first)
    assert looked.status_code == 200
    assert 'value="like"' in looked.content.decode()
    added = client.post(path, {**first, "values": ["like", "share"], "step": "add"})
    page = unescape(added.content.decode())
    assert "Kind of act is “shared” or “a like”" in page
    assert "Soort handeling is “gedeeld” of “een like”" in page
    assert "Do not threaten." in page
    predicate = json.dumps({"attribute": "act_type", "in": ["share", "like"]})
    assert f'value="{predicate}"' in page
    second = {**first, "predicate": predicate, "attribute": "tone", "values": ["neutral"]}
    except_ = unescape(
        client.post(path, {**second, "join": "except", "step": "add"}).content.decode()
    )
    assert "Kind of act is “shared” or “a like”, except if Tone is “neutral”" in except_
    removed = unescape(client.post(path, {**second, "step": "remove"}).content.decode())
    assert '<dd lang="en">always</dd>' in removed
    assert not DraftLine.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"step": "add"}, "Choose what has to be known"),
        ({"step": "add", "attribute": "colour", "values": ["red"]}, "Choose what has to be known"),
        ({"step": "add", "attribute": "tone", "values": ["red"]}, "Choose answers of this"),
        (
            {"step": "add", "attribute": "tone", "values": ["sharp"], "join": "xor"},
            "Choose one of the answers",
        ),
        (
            {"step": "add", "attribute": "tone", "values": ["sharp"], "part": "7"},
            "There is no such part",
        ),
        ({"step": "remove", "part": "7.1"}, "There is no such part"),
        (
            {"step": "add", "attribute": "tone", "values": ["sharp"], "join": "and"},
            "contradicts itself",
        ),
        ({"predicate": "no json"}, "did not come along"),
        ({"predicate": '{"attribute": "colour", "in": ["red"]}'}, "no attribute colour"),
        ({"text_nl": ""}, "Fill this in."),
        ({"effect": "ban"}, "Choose one of the answers."),
        ({"effect": "require"}, "Say what is required"),
        ({"duty": "label"}, "Say what is required"),
        ({"dated": "soon"}, "2026-05-31"),
        ({"effect": "require", "duty": "prior_permission"}, "below the rights floor"),
        (
            {"predicate": '{"attribute": "party_political", "in": ["candidate_own"]}'},
            "Standing for or holding elected office is never by itself a ground.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_is_kept(
    changes: dict[str, object], said: str
) -> None:
    guideline = make_draft()
    answer = post(guideline, new_line(guideline), **changes)
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert said in page
    assert "Do not threaten." in page
    assert not DraftLine.objects.exists()


def test_a_line_is_changed_with_what_was_on_the_screen() -> None:
    guideline = make_draft(make_line())
    page = editor(guideline.organisation).get(line_of(guideline)).content.decode()
    assert f'value="{seen_of(guideline)}"' in page
    assert "Be kind." in page
    answer = post(guideline, line_of(guideline), seen=seen_of(guideline), effect="caution")
    assert answer.status_code == 302
    assert draft_lines_of(guideline)[0].effect == "caution"


def test_the_second_of_two_editors_sees_both_and_loses_nothing() -> None:
    guideline = make_draft(make_line())
    seen = seen_of(guideline)
    post(guideline, line_of(guideline), seen=seen, text_en="The first was here.")
    answer = post(guideline, line_of(guideline), seen=seen, text_en="The second was here.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this line after you opened it." in page
    assert "The first was here." in page
    assert "The second was here." in page
    assert draft_lines_of(guideline)[0].text.en == "The first was here."
    # Having seen it, the second can decide.
    assert f'value="{seen_of(guideline)}"' in page
    again = post(
        guideline, line_of(guideline), seen=seen_of(guideline), text_en="The second was here."
    )
    assert again.status_code == 302
    assert draft_lines_of(guideline)[0].text.en == "The second was here."


def test_what_was_typed_into_a_line_that_is_gone_can_become_a_new_one() -> None:
    guideline = make_draft(make_line())
    seen = seen_of(guideline)
    removed = post(guideline, line_of(guideline, rest="remove/"), seen=seen)
    assert removed.status_code == 302
    answer = post(guideline, line_of(guideline), seen=seen)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'action="{new_line(guideline)}"' in page
    assert "Do not threaten." in page
    assert editor(guideline.organisation).get(line_of(guideline)).status_code == 404
    twice = post(guideline, line_of(guideline, rest="remove/"), seen=seen)
    assert twice.status_code == 409


def test_a_line_of_another_organisation_is_not_here() -> None:
    guideline = make_draft(make_line())
    other = make_version(make_line(), organisation=make_organisation("aasdorp")).guideline
    client = editor(guideline.organisation)
    wrong = at(guideline.organisation, f"{other.pk}/lines/R1/")
    assert client.get(wrong).status_code == 404


def test_a_published_guideline_takes_no_line() -> None:
    guideline = make_version(make_line()).guideline
    answer = post(guideline, new_line(guideline))
    assert answer.status_code == 409
    assert "This guideline is published" in answer.content.decode()
