"""The forms of the parts of a case: what they store, and what they refuse."""

from typing import Any

import pytest
from tests.cases.stored import MIRROR, TELLING, in_state, make_draft, prepare
from tests.cases.views.desks import Desk, changed, read, read_again

from spreekruimte.cases.actions.preparing import MOST_FACTS
from spreekruimte.cases.attributes import attributes, groups
from spreekruimte.cases.bank import FRAMINGS
from spreekruimte.cases.views.subjects import SUBJECTS
from spreekruimte.organisations.models import AuditEntry

pytestmark = pytest.mark.django_db
CEILING = dict.fromkeys(
    ("sedition", "group_insult", "incitement", "spreading", "libel", "insult"), "no"
)
FLOOR = {"corrects_facts": "no", "has_direction": "yes", "is_dutch": "yes"}
COOLING = {"investigation": "no", "objection": "no", "appeal": "no", "latest_day": "2020-12-31"}
SHARES = {"bare": "20", "function": "0", "distance": "0", "context": "70", "fuss": "10"}
# What each form can be sent with.
GIVEN: dict[str, dict[str, Any]] = {
    "description": {"description_nl": "Nieuw.", "description_en": "New."},
    "tellings/bare": {"post_nl": "Bericht.", "post_en": "Post."},
    "shares": {**SHARES, "mirror": "40"},
    "context/speaker": {"employer_type": "police"},
    "facts": {"fact_1": "tone"},
    "ceiling": CEILING,
    "rights-floor": FLOOR,
    "cooling-off": COOLING,
    "sources": {"sources": "A ruling of 2017"},
}


@pytest.mark.parametrize("page", SUBJECTS)
def test_each_form_opens_on_a_case_that_is_prepared_and_on_one_that_is_not(page: str) -> None:
    desk = Desk()
    for case in (
        make_draft("own_case", desk.organisation),
        prepare(organisation=desk.organisation),
    ):
        assert desk.get(case, page).status_code == 200


@pytest.mark.parametrize("page", GIVEN)
def test_each_form_stores_with_the_name_of_the_editor_and_goes_back(page: str) -> None:
    desk = Desk()
    case = prepare("closed_case", desk.organisation)
    response = desk.send(case, page, **GIVEN[page])
    assert response["Location"] == desk.address(case)
    assert AuditEntry.objects.latest("id").actor == desk.user.actor
    # What was stored is in the form when it is opened again.
    form = desk.get(case, page).context["form"]
    for name, value in GIVEN[page].items():
        assert str(form[name].value()) == value


@pytest.mark.parametrize("page", GIVEN)
def test_a_form_that_is_sent_twice_stores_once(page: str) -> None:
    desk = Desk()
    case = prepare("closed_case", desk.organisation)
    sent = {"version": desk.get(case).context["found"].version, **GIVEN[page]}
    assert desk.client.post(desk.address(case, page), sent).status_code == 302
    before = changed()
    again = desk.client.post(desk.address(case, page), sent)
    assert again.status_code == 409
    assert "This case changed after you opened the page" in read(again)
    assert changed() == before


@pytest.mark.parametrize("page", GIVEN)
@pytest.mark.parametrize("state", ["open", "closed", "protected", "withdrawn"])
def test_a_case_that_was_asked_is_not_changed(page: str, state: str) -> None:
    desk = Desk()
    case = in_state(state, organisation=desk.organisation)
    before = changed()
    response = desk.send(case, page, **GIVEN[page])
    assert response.status_code == 409
    assert "that does not allow this step" in read(response)
    assert changed() == before


def test_pages_about_one_thing_follow_each_other() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    for start, parts in (("tellings", FRAMINGS), ("context", tuple(groups()))):
        for part, following in zip(parts, (*parts[1:], None), strict=True):
            response = desk.send(case, f"{start}/{part}", go_on="1")
            page = f"{start}/{following}" if following else ""
            assert response["Location"] == desk.address(case, page)


def test_one_framing_is_stored_beside_the_others() -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    given = {"post_nl": "Een bericht.", "post_en": "A post."}
    desk.send(case, "tellings/bare", **given)
    texts = {
        (text.framing, text.side, text.language): text.content
        for text in read_again(case).texts.all()
    }
    assert texts == {
        ("bare", "post", "nl"): "Een bericht.",
        ("bare", "post", "en"): "A post.",
        ("context", "post", "nl"): f"{TELLING.nl} Dat is alles.",
        ("context", "post", "en"): f"{TELLING.en} That is all.",
    }


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"post_nl": "Een bericht."}, "The post in English: Write this text in both languages."),
        ({"mirror_nl": MIRROR.nl, "mirror_en": MIRROR.en}, "Write the post itself before"),
    ],
)
def test_a_framing_is_told_in_both_languages_and_begins_with_the_post(
    given: dict[str, str], reason: str
) -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    before = changed()
    response = desk.send(case, "tellings/bare", **given)
    assert response.status_code == 400
    assert reason in read(response)
    assert changed() == before


def test_the_words_of_a_text_are_counted() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    assert "6 of at most 80 words." in read(desk.get(case, "description"))
    assert "0 of at most 80 words." in read(desk.get(case, "tellings/bare"))
    response = desk.send(case, "tellings/bare", post_nl="w " * 81)
    assert "81 of at most 80 words." in read(response)


def test_a_framing_shows_what_the_one_before_it_tells() -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    assert TELLING.nl in read(desk.get(case, "tellings/function"))
    assert "What the framing before" not in read(desk.get(case, "tellings/bare"))


def test_one_group_of_the_context_is_stored_beside_the_others() -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    desk.send(case, "context/channel", **{"reach_at_posting-followers": "1200", "act_type": "like"})
    assert read_again(case).context == {
        "employer_type": "municipality",
        "rank_level": "team_lead",
        "tone": "critical",
        "reach_at_posting": {"value": "1k_10k", "followers": 1200},
        "act_type": "like",
    }


def test_what_becomes_unknown_is_stored_as_unknown_and_shown_no_more() -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    desk.send(case, "context/content")
    case = read_again(case)
    assert "tone" not in case.context
    assert case.public_facts == ["employer_type"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"reach_at_posting": "lt100", "reach_at_posting-followers": "500"}, "does not fit"),
        ({"repetition-months": "3"}, "Choose an answer as well"),
        ({"reach_at_posting-followers": "-1"}, "0"),
        ({"reach_at_posting-followers": "1000000001"}, "1000000000"),
        ({"reach_at_posting-followers": "veel"}, "whole number"),
    ],
)
def test_numbers_fit_the_answers_beside_them(given: dict[str, str], reason: str) -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    page = "context/pattern" if "repetition-months" in given else "context/channel"
    before = changed()
    response = desk.send(case, page, **given)
    assert response.status_code == 400
    assert reason in read(response)
    assert changed() == before


def test_the_context_asks_every_attribute_once_with_what_it_rests_on() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    rows = [
        row
        for group in groups()
        for row in desk.get(case, f"context/{group}").context["form"].rows()
    ]
    assert [row.attribute.id for row in rows] == list(attributes())
    page = read(desk.get(case, "context/pattern"))
    assert "Citizens never see this." in page
    assert "Kozyreva 2023" in page


def test_facts_are_chosen_in_their_order() -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    desk.send(case, "facts", fact_1="rank_level", fact_3="tone")
    assert read_again(case).public_facts == ["rank_level", "tone"]
    form = desk.get(case, "facts").context["form"]
    assert [form[f"fact_{place}"].value() for place in (1, 2)] == ["rank_level", "tone"]
    assert len([name for name in form.fields if name != "version"]) == MOST_FACTS


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"fact_1": "tone", "fact_2": "tone"}, "You chose this fact twice"),
        ({"fact_1": "political_sensitivity"}, "Select a valid choice"),  # not answered
        ({"fact_1": "prior_warning"}, "Select a valid choice"),  # never shown
    ],
)
def test_facts_are_answered_allowed_and_chosen_once(facts: dict[str, str], reason: str) -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    before = changed()
    response = desk.send(case, "facts", **facts)
    assert response.status_code == 400
    assert reason in read(response)
    assert changed() == before


def test_without_a_context_there_are_no_facts_to_choose() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    assert "Answer the context first" in read(desk.get(case, "facts"))


def test_a_day_can_be_typed_the_dutch_way_and_left_out() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    desk.send(case, "cooling-off", **{**COOLING, "latest_day": "31-12-2020"})
    assert str(read_again(case).latest_day) == "2020-12-31"
    desk.send(case, "cooling-off", **{**COOLING, "latest_day": ""})
    assert read_again(case).latest_day is None


def test_the_rights_floor_keeps_what_was_ticked() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    held = {"held_against": ["membership", "manner"], "along_legal_route": "no"}
    desk.send(case, "rights-floor", **{**FLOOR, **held, "is_dutch": "no"})
    assert read_again(case).rights_floor == {
        "held_against": ["manner", "membership"],
        "is_dutch": False,
        "along_legal_route": "no",
        "corrects_facts": "no",
        "has_direction": "yes",
    }


def test_sources_are_one_a_line() -> None:
    desk = Desk()
    case = make_draft("closed_case", desk.organisation)
    desk.send(case, "sources", sources="A ruling\n\n  A  newspaper\nA ruling")
    assert [each.citation for each in case.sources.order_by("id")] == ["A ruling", "A newspaper"]
    assert "Only editors see this" in read(desk.get(case, "sources"))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"bare": "21"}, "The framings add up to 101; make that 100."),
        ({"context": "0", "bare": "90"}, "1"),
        ({"mirror": "100"}, "99"),
        ({"fuss": "-1"}, "0"),
        ({"fuss": "veel"}, "whole number"),
        ({"fuss": ""}, "required"),
    ],
)
def test_the_shares_of_framings_add_up(given: dict[str, str], reason: str) -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    before = changed()
    response = desk.send(case, "shares", **{**SHARES, "mirror": "25", **given})
    assert response.status_code == 400
    assert reason in read(response)
    assert changed() == before


def test_the_desk_says_how_many_texts_take_part_and_what_the_verdict_rests_on() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    told = "1 text takes part; the verdict rests on 100% of the citizens."
    assert told in read(desk.get(case))
    case = prepare(organisation=desk.organisation)
    desk.send(case, "shares", **{**SHARES, "mirror": "25"})
    told = "3 texts take part; the verdict rests on 78% of the citizens."
    assert told in read(desk.get(case))
