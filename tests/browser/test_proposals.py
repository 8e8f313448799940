"""A rule that is proposed becomes a line of the draft, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.site import Visitor
from tests.browser.test_guidelines import follow
from tests.guidelines.proposing.proposed import make_study
from tests.guidelines.written import make_draft, make_line
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.guidelines.proposing.tasks import find
from spreekruimte.guidelines.stored import draft_lines_of
from spreekruimte.organisations.models import Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_soon", "storage"),
]


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_a_proposal_becomes_a_line_of_the_draft(visitor: Visitor, language: str) -> None:
    guideline = make_draft(make_line())
    organisation = guideline.organisation
    make_study(organisation)
    editor = visitor.another(language)
    sign_in_browser(editor.context, editor.site, make_member(organisation, Role.EDITOR))
    page = editor.go(f"/desk/{organisation.slug}/guidelines/{guideline.pk}/")
    follow(editor, "a[href$='/proposals/']")
    follow(editor, "form[action$='/ask/'] button")
    expect(page.locator("[role=status].utrecht-alert")).to_be_visible()
    # What the worker does meanwhile.
    find.call(organisation.pk)
    follow(editor, "main a[href$='/proposals/']")
    assert page.locator("tbody tr").count() == 5
    expect(page.locator("dd[lang=nl]").first).to_have_text("Toon is “spottend”")
    expect(page.locator("dd[lang=en]").first).to_have_text("Tone is “mocking”")
    follow(editor, "form[action$='/take-over/'] button")
    expect(page.locator("#line-R2")).to_contain_text(
        "Toon is “spottend”" if language == "nl-NL" else "Tone is “mocking”"
    )
    assert [line.effect for line in draft_lines_of(guideline)] == ["forbid", "forbid"]
    follow(editor, "a[href$='/proposals/']")
    assert page.locator("form[action$='/take-over/']").count() == 0


def test_too_little_to_propose_from_can_be_read(visitor: Visitor) -> None:
    guideline = make_draft()
    organisation = guideline.organisation
    find.call(organisation.pk)
    sign_in_browser(visitor.context, visitor.site, make_member(organisation, Role.EDITOR))
    page = visitor.go(f"/desk/{organisation.slug}/guidelines/{guideline.pk}/proposals/")
    visitor.check()
    assert page.locator("table").count() == 0
