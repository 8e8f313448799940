"""Keep the register of fuss at the desk, and count a call at the phone."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.browser.site import Visitor
from tests.ophef.register import make_incident
from tests.organisations.people import make_member
from tests.organisations.signing_in import sign_in_browser

from spreekruimte.ophef.models import Import, Incident, Kind, Signal, Withdrawal
from spreekruimte.ophef.tasks import read
from spreekruimte.organisations.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def incident(site: str) -> Incident:  # noqa: ARG001 - with the database of the site
    return make_incident(starts_at=timezone.now() - timedelta(days=2))


@pytest.fixture
def editor(visitor: Visitor, incident: Incident) -> Visitor:
    user = make_member(incident.organisation, Role.EDITOR)
    sign_in_browser(visitor.context, visitor.site, user)
    return visitor


def register(incident: Incident) -> str:
    return f"/desk/{incident.organisation.slug}/ophef/{incident.pk}/"


def test_an_editor_opens_an_incident_and_adds_a_signal_and_an_act(
    editor: Visitor, incident: Incident
) -> None:
    page = editor.go(f"/desk/{incident.organisation.slug}/ophef/")
    editor.check()
    page.click("a:text-is('Open een incident')")
    page.fill("[name=title_nl]", "Bericht van mevrouw Jansen")
    page.click("button:text-is('Open het incident')")
    page.wait_for_selector(".errors")
    editor.check()
    page.fill("[name=title_nl]", "Een bericht over water")
    page.fill("[name=title_en]", "A post about water")
    page.click("button:text-is('Open het incident')")
    page.wait_for_selector("#messages :text('Het incident is open.')")
    editor.check()
    page.click("a:text-is('Voeg een signaal toe')")
    editor.check()
    page.click("button:text-is('Zet het in het register')")
    page.wait_for_selector("#messages :text('Het signaal staat in het register.')")
    page.click("a:text-is('Leg vast wat de werkgever deed')")
    editor.check()
    page.check("[name=kind][value=measure]")
    page.select_option("[name=measure]", "3")
    page.click("button:text-is('Zet het in het register')")
    page.wait_for_selector("#messages :text('Dit staat in het register.')")
    editor.check()
    editor.tab_to("td button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#messages :text('Dit signaal telt niet meer.')")
    editor.check()
    assert Withdrawal.objects.count() == 1


def test_an_editor_imports_a_file_and_reads_what_was_refused(
    editor: Visitor, incident: Incident, settings: Settings, tmp_path: Path
) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    file = tmp_path / "calls.csv"
    day = f"{timezone.localdate():%d-%m-%Y}"
    file.write_text(f"Datum;Tijd;Beller\n{day};00:00;020-1234567\n{day};25:00;\n", "utf-8")
    page = editor.go(f"{register(incident)}imports/new/")
    editor.check()
    page.set_input_files("[name=file]", file)
    page.click("button:text-is('Stuur het bestand')")
    page.wait_for_selector("h1:text-is('Welke kolom is wat?')")
    editor.check()
    page.select_option("[name=kind_of_all]", "call")
    page.click("button:text-is('Importeer')")
    page.wait_for_selector("progress")
    editor.check()
    read.call(str(Import.objects.get().pk))
    page.goto(page.url)
    page.wait_for_selector("table")
    editor.check()
    assert "Dit is geen datum of tijd" in page.inner_text("table")


def test_who_picks_up_the_phone_counts_with_one_tap_and_undoes_it(
    editor: Visitor, incident: Incident
) -> None:
    page = editor.go(f"/desk/{incident.organisation.slug}/ophef/access/")
    editor.check()
    page.check("[name=use][value=phone]")
    page.fill("[name=purpose]", "receptie")
    page.click("button:text-is('Maak het')")
    page.wait_for_selector(".code")
    editor.check()
    link = re.sub(r"^https?://[^/]+", "", page.inner_text(".code"))
    phone = editor.another()
    page = phone.go(link)
    assert link not in page.url
    phone.check()
    phone.tab_to("button:text-is('Telefoontje')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Geteld: telefoontje")
    phone.check()
    assert [signal.kind for signal in Signal.objects.all()] == [Kind.CALL]
    page.click("button:text-is('Maak ongedaan')")
    page.wait_for_selector("#messages :text('Ongedaan gemaakt.')")
    phone.check()
    assert Withdrawal.objects.count() == 1
