"""The list of cases, and the desk of one."""

import pytest
from tests.cases.stored import (
    BY,
    LATER,
    TELLING,
    answer_gates,
    edit,
    in_state,
    make_draft,
    prepare,
    submit,
)
from tests.cases.views.desks import Desk, changed, read

from spreekruimte.cases import actions
from spreekruimte.cases.gates.ceiling import QUESTIONS, CeilingFacts
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import Actor, Role

pytestmark = pytest.mark.django_db
NEW = {
    "provenance": "own_case",
    "description_nl": "Een  ambtenaar schrijft iets.",
    "description_en": "A public servant writes something.",
}


def test_the_first_cases_can_come_from_the_case_bank() -> None:
    desk = Desk()
    assert "There are no cases yet" in read(desk.get())
    response = desk.client.post(desk.address(page="bank"), follow=True)
    assert "as drafts" in read(response)
    assert Case.objects.count() == 43
    assert not Case.objects.filter(is_simulated=True).exists()
    before = changed()
    desk.client.post(desk.address(page="bank"))
    assert changed() == before


def test_the_list_shows_what_each_case_needs_in_pages() -> None:
    desk = Desk()
    desk.client.post(desk.address(page="bank"))
    first = desk.get()
    assert "Fill in the parts below" in read(first)
    assert first.content.count(b'class="cases-row"') == 20
    following = desk.client.get(desk.address() + first.context["next"])
    last = desk.client.get(desk.address() + following.context["next"])
    assert last.content.count(b'class="cases-row"') == 3
    assert last.context["next"] == ""


def test_the_list_shows_the_kind_and_state_that_were_chosen() -> None:
    desk = Desk()
    draft = make_draft("own_case", desk.organisation)
    stopped = submit(make_draft("closed_case", desk.organisation))
    expected: list[tuple[dict[str, str], set[Case]]] = [
        ({}, {draft, stopped}),
        ({"state": "stopped"}, {stopped}),
        ({"kind": "own_case"}, {draft}),
        ({"kind": "own_case", "state": "stopped"}, set()),
    ]
    for query, shown in expected:
        rows = desk.client.get(desk.address(), query).context["rows"]
        assert {row.case for row in rows} == shown


def test_a_new_case_is_a_draft_with_its_description_tidied() -> None:
    desk = Desk()
    assert desk.get(page="new").status_code == 200
    response = desk.send(None, "new", **NEW)
    case = Case.objects.get()
    assert response["Location"] == desk.address(case)
    assert (case.state, case.provenance, case.is_simulated) == ("draft", "own_case", False)
    assert case.description_nl == "Een ambtenaar schrijft iets."
    assert case.organisation == desk.organisation


def test_a_form_for_a_new_case_that_is_sent_twice_makes_one_case() -> None:
    desk = Desk()
    sent = {"latest": 0, **NEW}
    desk.client.post(desk.address(page="new"), sent)
    again = desk.client.post(desk.address(page="new"), sent)
    assert again.status_code == 409
    assert "Look whether it is this one" in read(again)
    assert Case.objects.count() == 1
    # What was typed is still there, and can be sent on purpose.
    assert b"A public servant writes something." in again.content
    assert desk.send(None, "new", **NEW).status_code == 302


def test_the_desk_says_where_a_case_stands_at_each_gate() -> None:
    desk = Desk()
    case = make_draft("own_case", desk.organisation)
    case = answer_gates(
        case, ceiling=CeilingFacts({**dict.fromkeys(QUESTIONS, "no"), "libel": "yes"})
    )
    page = desk.get(case)
    standings = [gate.standing for gate in page.context["gates"]]
    assert standings == ["open", "stops", "open", "passes", "open", "open"]
    text = read(page)
    assert "2 different editors must sign the checklist; 0 did." in text
    assert "Yes to: Could the post accuse a person" in text
    assert "Write the mirror" in text
    assert "The public servant has not agreed" in text
    assert "Offer the public servant a reply first" in text
    for mends in ("identification", "ceiling", "tellings/bare", "agreement"):
        assert f'href="{desk.address(case, mends)}"'.encode() in page.content


def test_a_case_on_the_rights_floor_shows_that_it_protects() -> None:
    desk = Desk()
    case = in_state("protected", organisation=desk.organisation)
    text = read(desk.get(case))
    assert "protects" in text
    assert "Membership of a party or union is never a ground" in text
    assert "admissible whatever the vote" in text


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        ("draft", ["/submit/", "/withdraw/"], ["/rounds/", "/stop/"]),
        ("stopped", ["/submit/", "/withdraw/"], ["/rounds/", "/stop/"]),
        ("ready", ["/rounds/", "/stop/", "/withdraw/"], ["/submit/"]),
        ("open", ["/rounds/"], ["/submit/", "/stop/", "/withdraw/", "/moderation/"]),
        ("closed", ["/rounds/", "/verdict/", "/submit/", "/withdraw/"], ["/stop/"]),
        ("protected", ["/withdraw/"], ["/submit/", "/rounds/", "/stop/"]),
        ("withdrawn", [], ["/submit/", "/rounds/", "/stop/", "/withdraw/"]),
    ],
)
def test_the_desk_offers_what_the_state_allows(
    state: str, shown: list[str], hidden: list[str]
) -> None:
    desk = Desk()
    case = in_state(state, organisation=desk.organisation)
    content = desk.get(case).content.decode()
    assert all(f'{each}"' in content for each in shown)
    assert not any(f'{each}"' in content for each in hidden)


def test_an_editor_who_moderates_too_finds_the_reasons_of_an_open_case() -> None:
    desk = Desk()
    case = in_state("open", organisation=desk.organisation)
    both = desk.colleague(Role.EDITOR, Role.MODERATOR, email="both@waterdam.example")
    assert '/moderation/"' in both.get(case).content.decode()


def test_the_desk_says_who_did_what() -> None:
    desk = Desk()
    desk.send(None, "new", **NEW)
    case = Case.objects.get()
    edit(case)
    deeds = [(str(deed.what), str(deed.who)) for deed in desk.get(case).context["deeds"]]
    assert deeds == [("texts changed", "the operator"), ("case made", "you")]
    other = desk.colleague(email="second@waterdam.example")
    assert str(other.get(case).context["deeds"][1].who) == "editor@waterdam.example"
    desk.user.delete()
    assert str(other.get(case).context["deeds"][1].who) == "somebody who left"


def test_the_desk_says_what_the_system_did_by_itself() -> None:
    desk = Desk()
    case = in_state("open", organisation=desk.organisation)
    actions.close_case(case=case, actor=Actor("schedule"), now=LATER)
    deed = desk.get(case).context["deeds"][0]
    assert str(deed.who) == "the system"


def test_a_case_of_the_bank_that_nobody_touched_says_so() -> None:
    desk = Desk()
    desk.client.post(desk.address(page="bank"))
    assert "Nothing was changed" in read(desk.get(Case.objects.first()))


def test_an_auditor_reads_all_but_the_sources_and_finds_no_form() -> None:
    desk = Desk()
    case = prepare("closed_case", desk.organisation)
    auditor = desk.colleague(Role.AUDITOR, email="auditor@waterdam.example")
    page = auditor.get(case)
    assert page.status_code == 200
    assert b"A newspaper of May 2020" not in page.content
    assert b"<form" not in page.content.split(b"<main")[1]
    assert "1 source." in read(page)
    assert auditor.get().status_code == 200
    assert auditor.get(case, "preview").status_code == 200


def test_the_preview_is_what_citizens_see_in_the_language_of_the_text() -> None:
    desk = Desk()
    case = prepare(organisation=desk.organisation)
    actions.choose_public_facts(case=case, facts=["employer_type"], **BY)
    english = read(desk.get(case, "preview", framing="context", side="post", language="en"))
    assert "A public servant tells of a plan. That is all." in english
    assert "Kind of organisation a municipality" in english
    dutch = read(desk.get(case, "preview", framing="", side="post", language="nl"))
    assert "Soort organisatie een gemeente" in dutch
    bare = read(desk.get(case, "preview", framing="bare", side="mirror", language="nl"))
    assert "Een ambtenaar is tegen een plan." in bare
    assert "Soort organisatie" not in bare
    absent = read(desk.get(case, "preview", framing="fuss", side="post", language="nl"))
    assert "This text was not written yet" in absent
    assert TELLING.en in read(desk.get(case, "preview"))


def test_what_an_editor_wrote_is_shown_as_text() -> None:
    desk = Desk()
    case = make_draft(organisation=desk.organisation)
    edit(case, description=Bilingual("A & B < C", "A & B < C"))
    assert b"A &amp; B &lt; C" in desk.get(case).content
