import re
from datetime import timedelta
from typing import Literal

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cases.stored import (
    ANSWERS,
    BY,
    LATER,
    MIRROR,
    TELLING,
    TODAY,
    in_state,
    make_draft,
    open_now,
    prepare,
    submit,
)
from tests.organisations.people import NOW, make_organisation

from spreekruimte.cases import actions
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.gates.rights_floor import PUBLIC_GROUNDS
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import (
    case_as_asked,
    case_for_editor,
    case_for_public,
    cases_of,
    grounds_for_public,
    open_cases,
    preview_case,
)
from spreekruimte.cases.sentences import LANGUAGES
from spreekruimte.cases.shares import FULL_CONTEXT
from spreekruimte.cases.stored import digest_of

pytestmark = pytest.mark.django_db


def test_cases_come_in_pages_from_new_to_old(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    organisation = make_organisation()
    made = [make_draft(organisation=organisation) for _ in range(3)]
    make_draft(organisation=make_organisation("elsewhere"))
    with django_assert_num_queries(1):
        assert cases_of(organisation, size=2) == [made[2], made[1]]
    assert cases_of(organisation, before=made[1].pk) == [made[0]]


def test_an_editor_sees_a_case_with_what_the_gates_say(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    case = prepare("closed_case")
    with django_assert_num_queries(5):
        found = case_for_editor(case.organisation, case.pk, today=TODAY)
        assert found
        assert [each.citation for each in found.case.sources.all()] == ["A newspaper of May 2020"]
        assert len(found.case.signatures.all()) == 2
    assert found.digest == digest_of(case)
    assert found.moves == ("submit", "withdraw")
    assert [gate.passed for gate in found.gates] == [True] * 6


def test_an_editor_sees_no_case_of_another_organisation() -> None:
    case = make_draft()
    assert case_for_editor(make_organisation("elsewhere"), case.pk, today=TODAY) is None


def test_open_cases_are_those_that_can_be_judged_now(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    organisation = make_organisation()
    late = open_now(submit(prepare(organisation=organisation)))
    soon = actions.open_case(
        case=submit(prepare(organisation=organisation)),
        closes_at=NOW + timedelta(days=1),
        today=TODAY,
        **BY,
    )
    submit(prepare(organisation=organisation))
    with django_assert_num_queries(1):
        found = open_cases(now=NOW)
    assert [each.id for each in found] == [soon.pk, late.pk]
    assert (found[1].description, found[1].closes_at) == (TELLING, LATER)
    assert [each.id for each in open_cases(now=NOW + timedelta(days=1))] == [late.pk]
    assert open_cases(now=NOW - timedelta(days=1)) == open_cases(now=LATER) == []


def test_the_public_sees_one_text_and_the_chosen_facts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    case = in_state("open", "closed_case")
    with django_assert_num_queries(2):
        found = case_for_public(case.pk, framing="context", language="en")
    assert found
    assert found.text == f"{TELLING.en} That is all."
    assert [fact.label for fact in found.facts] == [
        attributes()[each].label for each in ("employer_type", "tone")
    ]
    assert found.facts[1].value == attributes()["tone"].label_of("critical")
    assert (found.state, found.opens_at, found.closes_at) == ("open", NOW, LATER)


def test_the_public_sees_the_description_where_no_framing_is_asked_for() -> None:
    case = in_state("open")
    found = case_for_public(case.pk, language="nl")
    assert found
    assert (found.text, len(found.facts)) == (TELLING.nl, 2)
    assert case_for_public(case.pk, side="mirror", language="nl") is None


def test_a_narrow_framing_comes_without_facts() -> None:
    case = in_state("open")
    found = case_for_public(case.pk, framing="bare", side="mirror", language="nl")
    assert found
    assert (found.text, found.facts) == (MIRROR.nl, ())


def test_a_text_that_is_not_there_is_not_shown() -> None:
    assert case_for_public(in_state("open").pk, framing="fuss", language="nl") is None


@pytest.mark.parametrize("state", ["draft", "stopped", "ready", "withdrawn"])
def test_the_public_does_not_see_a_case_that_is(state: str) -> None:
    assert case_for_public(in_state(state).pk, language="nl") is None


@pytest.mark.parametrize("state", ["open", "closed", "protected"])
def test_the_public_sees_a_case_that_is(state: str) -> None:
    assert case_for_public(in_state(state).pk, language="nl")


@pytest.mark.parametrize("framing", [None, "context"])
def test_the_public_sees_no_source_hidden_attribute_or_number(
    framing: Literal["context"] | None,
) -> None:
    case = in_state("open", "closed_case")
    hidden = [each for each in attributes().values() if not each.is_public]
    # Not even where they were chosen past the action; nor what is not known.
    Case.objects.filter(pk=case.pk).update(
        context={**ANSWERS, **{each.id: each.allowed[0] for each in hidden}},
        public_facts=[*(each.id for each in hidden), "tone", "reach_at_posting", "moment"],
    )
    found = case_for_public(case.pk, framing=framing, language="nl")
    assert found
    assert [fact.label for fact in found.facts] == [
        attributes()[each].label for each in ("tone", "reach_at_posting")
    ]
    shown = f"{found} {open_cases(now=NOW)}"
    assert "newspaper" not in shown
    assert not re.search(r"\b30\b", shown)


def test_citizens_read_on_what_ground_a_case_is_protected() -> None:
    case = in_state("protected")
    (ground,) = grounds_for_public(case)
    assert ground.in_english() == (
        "Membership of a party or union is never a ground (Civil Servants Act, 10.2)."
    )
    assert grounds_for_public(submit(make_draft(organisation=case.organisation))) == ()


def test_a_ground_says_nothing_about_the_case() -> None:
    assert not [ground for ground in PUBLIC_GROUNDS.values() if ground.values]


def test_cases_are_listed_by_state_and_kind() -> None:
    organisation = make_organisation()
    own = make_draft("own_case", organisation)
    stopped = submit(make_draft(organisation=organisation))
    assert cases_of(organisation, states=["stopped"]) == [stopped]
    assert cases_of(organisation, kinds=["own_case"]) == [own]
    assert cases_of(organisation, kinds=["own_case"], states=["stopped"]) == []


def test_a_case_can_be_previewed_before_it_is_open() -> None:
    case = prepare()
    shown = preview_case(case, framing="bare", side="mirror", language="nl")
    assert shown
    assert shown.text == MIRROR.nl
    assert preview_case(case, framing="fuss", side="post", language="nl") is None


def test_who_is_asked_with_all_context_reads_its_text_and_else_the_description() -> None:
    case = in_state("open")
    asked = case_as_asked(case, FULL_CONTEXT, language="en")
    assert asked
    assert (asked.text, len(asked.facts)) == (f"{TELLING.en} That is all.", 2)
    # A text in one language is none: readers of the other one would read something else.
    case.texts.filter(framing="context", language="nl").delete()
    for language in LANGUAGES:
        asked = case_as_asked(case, FULL_CONTEXT, language=language)
        assert asked
        assert (asked.text, len(asked.facts)) == (TELLING.in_language(language), 2)


def test_who_is_asked_on_another_text_reads_that_one() -> None:
    case = in_state("open")
    asked = case_as_asked(case, ("bare", "mirror"), language="nl")
    assert asked
    assert (asked.text, asked.facts) == (MIRROR.nl, ())
    assert case_as_asked(case, ("fuss", "post"), language="nl") is None
