"""A guideline is written, tested, published, revised, compared and exported by keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.site import Visitor
from tests.guidelines.written import holds_where, make_draft, make_line, make_version
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in_browser
from tests.verdicts.results import ended, publish

from spreekruimte.cases.attributes import attributes
from spreekruimte.guidelines.documents import read_guideline
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.organisations.models import Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("at_soon", "storage"),
]

SENTENCES = {"nl": "Toon is “vol minachting”", "en": "Tone is “contemptuous”"}


def press(visitor: Visitor, selector: str, key: str = "Enter") -> None:
    """Reach something by keyboard and press it."""
    visitor.tab_to(selector)
    visitor.page.keyboard.press(key)


def follow(visitor: Visitor, selector: str) -> Page:
    """Press something that leads to another page, and look at that page."""
    with visitor.page.expect_navigation():
        press(visitor, selector)
    visitor.check()
    return visitor.page


def write(visitor: Visitor, field: str, text: str) -> None:
    visitor.tab_to(f"[name={field}]")
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.type(text)


def choose_down(visitor: Visitor, field: str, steps: int) -> None:
    """Go down in a list by so many places."""
    visitor.tab_to(f"[name={field}]")
    for _step in range(steps):
        visitor.page.keyboard.press("ArrowDown")


def write_line(visitor: Visitor) -> None:
    """Compose a condition, see where it holds, and save the line."""
    page = follow(visitor, "a[href$='/new-line/']")
    choose_down(visitor, "attribute", list(attributes()).index("tone"))
    follow(visitor, "button[value=look]")
    press(visitor, "[name=values][value=contemptuous]", "Space")
    follow(visitor, "button[value=add]")
    for language, sentence in SENTENCES.items():
        expect(page.locator(f"dd[lang={language}]")).to_have_text(sentence)
    press(visitor, "details:has(li) > summary")
    expect(page.locator("details[open] li").first).to_be_visible()
    write(visitor, "text_nl", "Dreig niet.")
    write(visitor, "text_en", "Do not threaten.")
    follow(visitor, "button[value=save]")


def change_line(visitor: Visitor) -> None:
    """Let the line ask for care instead, and see what that changes."""
    follow(visitor, "a[href$='/lines/R1/']")
    choose_down(visitor, "effect", 2)
    follow(visitor, "button[value=save]")
    page = follow(visitor, "a[href$='/differences/']")
    expect(page.locator("#change-R1")).to_be_visible()
    follow(visitor, ".trail li:last-child a")


def compare(visitor: Visitor, key: str) -> None:
    """Compare the guideline with what is compared otherwise."""
    page = follow(visitor, "a[href='/guidelines/compare/']")
    press(visitor, "summary")
    press(visitor, f"[name=side][value={key}]", "Space")
    follow(visitor, "form[method=get] button")
    expect(page.locator(f"[value={key}]")).to_be_checked()
    assert page.locator("thead th").count() == 5


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_a_guideline_is_written_tested_published_revised_compared_and_exported(
    visitor: Visitor, language: str, tmp_path: Path
) -> None:
    organisation = make_organisation()
    editor = visitor.another(language)
    sign_in_browser(editor.context, editor.site, make_member(organisation, Role.EDITOR))
    page = editor.go(f"/desk/{organisation.slug}/guidelines/")
    expect(page.locator("html")).to_have_attribute("lang", language[:2])
    editor.check()
    follow(editor, "a[href$='/guidelines/new/']")
    write(editor, "title_nl", "Meedoen")
    write(editor, "title_en", "Taking part")
    follow(editor, "main button")
    write_line(editor)
    follow(editor, "form[action$='/publish/'] button")
    follow(editor, "form[action$='/revise/'] button")
    change_line(editor)
    follow(editor, "form[action$='/publish/'] button")
    guideline = Guideline.objects.get()
    assert [version.lines[0]["effect"] for version in guideline.versions.order_by("number")] == [
        "forbid",
        "caution",
    ]
    follow(editor, f"a[href='/guidelines/{guideline.pk}/']")
    with page.expect_download() as download:
        press(editor, "a[href$='/versions/2.json']")
    path = tmp_path / "guideline.json"
    download.value.save_as(path)
    title, lines = read_guideline(json.loads(path.read_text("utf-8")))
    assert (title.en, lines) == ("Taking part", lines_of(Version.objects.get(number=2)))
    compare(editor, f"guideline-{guideline.pk}")


def test_two_editors_on_one_line_both_see_what_was_written(visitor: Visitor) -> None:
    guideline = make_draft(make_line())
    organisation = guideline.organisation
    line = f"/desk/{organisation.slug}/guidelines/{guideline.pk}/lines/R1/"
    first, second = visitor, visitor.another()
    for number, each in enumerate((first, second)):
        member = make_member(organisation, Role.EDITOR, email=f"{number}@waterdam.example")
        sign_in_browser(each.context, each.site, member)
        each.go(line)
    write(first, "text_nl", "De eerste.")
    follow(first, "button[value=save]")
    write(second, "text_nl", "De tweede.")
    page = follow(second, "button[value=save]")
    expect(page.locator(".errors")).to_be_visible()
    expect(page.locator("section")).to_contain_text("De eerste.")
    expect(page.locator("[name=text_nl]")).to_have_value("De tweede.")


@pytest.mark.parametrize("path", ["", "packs/au-2020/", "compare/"])
def test_what_others_wrote_can_be_read(visitor: Visitor, path: str) -> None:
    visitor.go(f"/guidelines/{path}")
    visitor.check()


def test_a_guideline_shows_what_its_lines_rest_on(visitor: Visitor) -> None:
    round_ = ended()
    publish(round_)
    version = make_version(
        make_line(predicate=holds_where(tone="critical")),
        make_line(),
        organisation=round_.case.organisation,
    )
    page = visitor.go(f"/guidelines/{version.guideline_id}/")
    visitor.check()
    press(visitor, "#line-R1 summary")
    expect(page.locator("#line-R1 details li")).to_be_visible()
    visitor.check()
