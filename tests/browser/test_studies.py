"""Studies and the map of room in a browser: by citizens on a phone, and by editors at a desk."""

import pytest
from playwright.sync_api import expect
from tests.browser.site import Visitor
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in_browser
from tests.studies.studied import VALUES, make_closed, make_designed, make_open, make_published

from spreekruimte.organisations.models import Role
from spreekruimte.studies.models import Study, StudyAnswer

pytestmark = pytest.mark.browser


def test_a_citizen_answers_a_study_by_keyboard(visitor: Visitor) -> None:
    study = make_open()
    page = visitor.go("/studies/")
    visitor.check()
    page.get_by_role("link", name="Doe mee").or_(page.get_by_role("link", name="Take part")).click()
    visitor.check()
    page.locator(".buttons a").first.click()
    for number in range(1, study.per_respondent + 1):
        expect(page.locator("progress")).to_have_attribute("value", str(number))
        visitor.check()
        visitor.tab_to(".answers button")
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visitor.site}/studies/{study.pk}/about/?note=saved")
    visitor.check()
    page.locator("form[method=post] .buttons button").click()
    visitor.check()
    assert StudyAnswer.objects.count() == study.per_respondent


def test_an_invitation_is_entered(visitor: Visitor) -> None:
    study = make_open()
    page = visitor.go(f"/studies/{study.pk}/invitation/")
    page.locator("#id_code").fill("7K3D")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".errors")).to_be_visible()
    visitor.check()


def test_results_and_maps_can_be_read_by_everybody(visitor: Visitor) -> None:
    study = make_published()
    page = visitor.go(f"/studies/{study.pk}/results/")
    assert page.locator(".picture").count() == len(VALUES)
    visitor.check()
    page = visitor.go("/room/")
    visitor.check()
    page.locator(".card a").last.click()
    visitor.check()
    page.locator("#id_down").select_option("employer_type")
    page.locator("#id_across").select_option("topic_distance")
    visitor.tab_to("main form button")
    page.keyboard.press("Enter")
    expect(page.locator("svg.heat .none")).to_have_count(1)
    page.locator("section details summary").click()
    visitor.check()
    page = visitor.go(f"/studies/{study.pk}/room/?down=tone&across=tone")
    expect(page.locator(".errors")).to_be_visible()
    visitor.check()


def test_a_closed_study_says_so(visitor: Visitor) -> None:
    visitor.go(f"/studies/{make_closed().pk}/")
    visitor.check()


def test_an_editor_designs_a_study(visitor: Visitor) -> None:
    organisation = make_organisation()
    editor = make_member(organisation, Role.EDITOR)
    sign_in_browser(visitor.context, visitor.site, editor)
    visitor.go("/desk/waterdam/studies/")
    visitor.check()
    page = visitor.go("/desk/waterdam/studies/new/")
    visitor.check()
    for name in ("title_nl", "title_en", "introduction_nl", "introduction_en"):
        page.locator(f"#id_{name}").fill("Over toon")
    page.locator("main form button[type=submit]").click()
    visitor.check()
    study = Study.objects.get()
    desk = f"/desk/waterdam/studies/{study.pk}/"
    page = visitor.go(f"{desk}attributes/")
    visitor.check()
    for summary in page.locator("details > summary").all():
        summary.click()
    for attribute, values in VALUES.items():
        for value in values:
            page.locator(f"input[name={attribute}][value={value}]").check()
    visitor.check()
    page.locator("main form button[type=submit]").click()
    page = visitor.go(f"{desk}combinations/")
    page.locator("#id_never_0_0").select_option("employer_type:police")
    visitor.check()
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".errors")).to_be_visible()
    visitor.check()
    visitor.go(f"{desk}wording/")
    visitor.check()
    page = visitor.go(desk)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("dl.facts")).to_be_visible()
    visitor.check()
    page.locator(".buttons a").last.click()
    visitor.check()
    page.locator("main form button[type=submit]").click()
    visitor.check()
    assert Study.objects.get().state == "open"


def test_an_editor_looks_at_results_before_they_are_published(visitor: Visitor) -> None:
    study = make_closed(make_designed().organisation, people=60)
    editor = make_member(study.organisation, Role.EDITOR)
    sign_in_browser(visitor.context, visitor.site, editor)
    visitor.go(f"/desk/waterdam/studies/{study.pk}/results/")
    visitor.check()
    visitor.go(f"/desk/waterdam/studies/{study.pk}/")
    visitor.check()
