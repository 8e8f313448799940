"""Surveys of public servants, mandates and voices in a browser, by keyboard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.site import Visitor
from tests.guidelines.chill.surveyed import (
    close,
    fill,
    half_silent,
    make_judged,
    make_published,
    make_rules,
    make_survey,
)
from tests.guidelines.mandates.test_public_room import make_found
from tests.guidelines.voices.asked import Answer, make_question
from tests.guidelines.voices.asked import fill as answer_voices
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.guidelines.chill.models import Survey, SurveyAnswer
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.voices.models import VoicesAnswer
from spreekruimte.organisations.models import Organisation, Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_soon", "storage"),
]


def follow(visitor: Visitor, selector: str) -> Page:
    """Reach something by keyboard that leads to another page, and look at that page."""
    visitor.tab_to(selector)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.check()
    return visitor.page


def editor_of(visitor: Visitor, organisation: Organisation, language: str = "nl-NL") -> Visitor:
    editor = visitor.another(language)
    sign_in_browser(editor.context, editor.site, make_member(organisation, Role.EDITOR))
    return editor


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_a_survey_is_opened_answered_closed_and_published(
    visitor: Visitor, language: str, tmp_path: Path
) -> None:
    case = make_judged(90, 10)
    make_rules(case.organisation)
    editor = editor_of(visitor, case.organisation, language)
    editor.go(f"/desk/{case.organisation.slug}/surveys/")
    editor.check()
    page = follow(editor, "main a[href$='/surveys/new/']")
    follow(editor, "form[method=post]:not([action]) button[type=submit]")
    expect(page.locator(".errors")).to_be_visible()
    editor.tab_to("[name=cases]")
    page.keyboard.press("Space")
    follow(editor, "form[method=post]:not([action]) button[type=submit]")
    survey = Survey.objects.get()
    editor.tab_to("[name=count]")
    page.keyboard.type("1")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    path = tmp_path / "codes.csv"
    download.value.save_as(path)
    ((_head, _address), (code, address)) = csv.reader(path.read_text("utf-8").splitlines())

    servant = visitor.another(language)
    asked = servant.go(address.partition("invitation/")[0])
    servant.check()
    follow(servant, "main a[href$='/invitation/']")
    servant.tab_to("[name=code]")
    asked.keyboard.type(code)
    follow(servant, "main form button[type=submit]")
    follow(servant, "button[name=answer][value='-1']")
    assert SurveyAnswer.objects.get().answer == SurveyAnswer.Answer.SILENT

    page = editor.go(f"/desk/{case.organisation.slug}/surveys/{survey.pk}/")
    editor.check()
    follow(editor, "form[action$='/close/'] button")
    follow(editor, "form[action$='/publish/'] button")
    follow(editor, "main a[href$='/results/']")
    expect(page.locator("svg")).to_have_count(0)
    servant.go(f"/surveys/{survey.pk}/")
    follow(servant, "main a[href$='/results/']")


def test_what_came_out_of_a_survey_can_be_read_by_everybody(visitor: Visitor) -> None:
    survey = make_published(40)
    page = visitor.go(f"/surveys/{survey.pk}/results/")
    expect(page.locator("svg.bars").first).to_be_visible()
    visitor.tab_to("summary")
    page.keyboard.press("Enter")
    expect(page.locator("table")).to_be_visible()
    visitor.check()
    follow(visitor, "main a[href^='/organisations/']")
    follow(visitor, "main a[href$='/results/']")


def test_a_survey_that_closed_says_so(visitor: Visitor) -> None:
    survey = make_survey()
    fill(survey, 3, half_silent)
    close(survey)
    visitor.go(f"/surveys/{survey.pk}/")
    visitor.check()


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_mandates_are_filled_in_published_and_read(visitor: Visitor, language: str) -> None:
    organisation = make_found(90, 10).organisation
    editor = editor_of(visitor, organisation, language)
    page = editor.go(f"/desk/{organisation.slug}/mandates/")
    editor.check()
    editor.tab_to("[name=team_lead-own_file]")
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    follow(editor, "form.wide button[type=submit]")
    expect(page.locator("[name=team_lead-own_file]")).to_have_value("explain")
    follow(editor, "form[action$='/publish/'] button")
    assert MandateVersion.objects.get().cells == {"team_lead": {"own_file": "explain"}}
    follow(editor, "main a[href$='/mandates/']:not([href^='/desk/'])")
    visitor.go(f"/organisations/{organisation.slug}/mandates/")
    visitor.check()
    follow(visitor, "main a[href$='/mandates/1/']")


def test_what_two_editors_fill_in_is_not_lost(visitor: Visitor) -> None:
    organisation = make_judged(8, 2).organisation
    editor = editor_of(visitor, organisation)
    page = editor.go(f"/desk/{organisation.slug}/mandates/")
    page.select_option("[name=support-own_file]", "discuss")
    other = visitor.another()
    member = make_member(organisation, Role.EDITOR, email="second@waterdam.example")
    sign_in_browser(other.context, other.site, member)
    other.go(f"/desk/{organisation.slug}/mandates/")
    other.page.select_option("[name=support-own_file]", "inform")
    follow(other, "form.wide button[type=submit]")
    follow(editor, "form.wide button[type=submit]")
    expect(page.locator(".errors")).to_be_visible()
    expect(page.locator("[name=support-own_file]")).to_have_value("discuss")
    follow(editor, "form.wide button[type=submit]")
    expect(page.locator(".errors")).to_have_count(0)


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_voices_stand_side_by_side_and_the_public_says_what_they_do(
    visitor: Visitor, language: str
) -> None:
    question = make_question()
    answer_voices(question, 30, Answer.HELP)
    citizen = visitor.another(language)
    page = citizen.go(f"/organisations/{question.organisation.slug}/voices/")
    citizen.check()
    follow(citizen, "main a[href$='/voices/own_file/']")
    expect(page.locator("svg")).to_have_count(0)
    follow(citizen, "button[name=answer][value=harm]")
    expect(page.locator("svg.bars").first).to_be_visible()
    assert VoicesAnswer.objects.count() == 31
    editor = editor_of(visitor, question.organisation, language)
    editor.go(f"/desk/{question.organisation.slug}/voices/")
    editor.check()
    follow(editor, "form[action$='/close/'] button")
    visitor.go(f"/organisations/{question.organisation.slug}/voices/own_file/")
    expect(visitor.page.locator("svg.bars").first).to_be_visible()
    visitor.check()
