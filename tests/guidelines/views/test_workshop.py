from __future__ import annotations

from datetime import timedelta

import pytest
from tests.guidelines.views.desk import at, editor
from tests.guidelines.written import (
    holds_where,
    make_draft,
    make_line,
    make_version,
    publish,
    write,
)
from tests.organisations.people import NOW
from tests.verdicts.results import asked, ended
from tests.verdicts.results import publish as publish_verdict

from spreekruimte.guidelines.actions.publishing import revise_guideline
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.stored import digest_lines, draft_lines_of
from spreekruimte.organisations.models import OPERATOR, Role

pytestmark = pytest.mark.django_db


def workshop(guideline: Guideline, rest: str = "") -> str:
    return at(guideline.organisation, f"{guideline.pk}/{rest}")


def test_the_workshop_shows_lines_and_what_is_wrong_between_them() -> None:
    guideline = make_draft(
        make_line(predicate=holds_where(tone="sharp")),
        make_line(predicate=holds_where(tone="sharp"), effect="permit"),
        make_line(predicate=holds_where(tone="sharp", act_type="like")),
    )
    page = editor(guideline.organisation).get(workshop(guideline)).content.decode()
    assert "Line R1 forbids what line R2 allows, for example here: Tone: sharp." in page
    assert "Line R3 says nothing that line R1 does not say already." in page
    assert "on a scale from 0" in page


@pytest.mark.usefixtures("at_soon", "storage")
def test_what_a_line_rests_on_stands_beside_it_in_the_draft(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    round_ = ended(people=40, panel=0)
    publish_verdict(round_)
    guideline = make_draft(
        make_line(predicate=holds_where(tone="critical")), organisation=round_.case.organisation
    )
    client = editor(guideline.organisation)
    page = client.get(workshop(guideline)).content.decode()
    assert '<span class="state">asked</span>' in page
    assert f"/cases/{round_.case_id}/result/" in page
    assert "Ask it" not in page
    later = NOW + timedelta(days=365)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    # By then everybody has to sign in again.
    client = editor(guideline.organisation, email="later@example.org")
    page = client.get(workshop(guideline)).content.decode()
    assert "lapsed: ask again" in page
    assert "Ask it: make a case" in page


@pytest.mark.usefixtures("at_soon", "storage")
def test_a_line_that_was_not_asked_is_asked_from_the_workshop() -> None:
    round_ = asked(people=2, panel=0)
    guideline = make_draft(
        make_line(predicate=holds_where(tone="critical")),
        make_line(predicate=holds_where(tone="threatening")),
        organisation=round_.case.organisation,
    )
    address = f"/desk/{guideline.organisation.slug}/cases/new/"
    page = editor(guideline.organisation).get(workshop(guideline)).content.decode()
    asked_now, not_asked = page.split('id="line-')[1:3]
    assert "not asked yet" in asked_now
    assert f'href="/cases/{round_.case_id}/">Case {round_.case_id} asks it now' in asked_now
    assert address not in asked_now
    assert f'href="{address}">Ask it: make a case in which this line holds' in not_asked
    auditor = editor(guideline.organisation, Role.AUDITOR)
    assert address not in auditor.get(workshop(guideline)).content.decode()


def test_a_guideline_is_published_revised_and_withdrawn() -> None:
    guideline = make_draft(make_line())
    client = editor(guideline.organisation)
    seen = digest_lines(draft_lines_of(guideline))
    assert f'value="{seen}"' in client.get(workshop(guideline)).content.decode()
    older = client.post(workshop(guideline, "publish/"), {"seen": "older"})
    assert older.status_code == 409
    published = client.post(workshop(guideline, "publish/"), {"seen": seen}, follow=True)
    page = published.content.decode()
    assert "This version is published." in page
    assert "Begin a revision" in page
    assert "Write a new line" not in page
    for step, told in (
        ("revise/", "You can change the lines now."),
        ("discard/", "The revision was dropped."),
        ("withdraw/", "This guideline holds no more."),
    ):
        moved = client.post(workshop(guideline, step), follow=True)
        assert told in moved.content.decode()
    assert client.post(workshop(guideline, "revise/")).status_code == 409
    assert client.get(workshop(guideline, "revise/")).status_code == 405


def test_title_and_term_are_changed() -> None:
    guideline = make_draft()
    client = editor(guideline.organisation)
    assert 'value="365"' in client.get(workshop(guideline, "describe/")).content.decode()
    given = {"title_nl": "Nieuw", "title_en": "New", "evidence_days": "0"}
    assert client.post(workshop(guideline, "describe/"), given).status_code == 400
    given["evidence_days"] = "90"
    assert client.post(workshop(guideline, "describe/"), given).status_code == 302
    guideline.refresh_from_db()
    assert (guideline.title_en, guideline.evidence_days) == ("New", 90)


def test_a_draft_is_compared_with_the_version_that_holds() -> None:
    guideline = make_draft(make_line(predicate=holds_where(tone="sharp")))
    client = editor(guideline.organisation)
    first = client.get(workshop(guideline, "differences/")).content.decode()
    assert "Line R1" in first
    publish(guideline)
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    assert "No line differs." in client.get(workshop(guideline, "differences/")).content.decode()
    write(guideline, make_line(predicate=holds_where(act_type="like")))
    page = client.get(workshop(guideline, "differences/")).content.decode()
    assert "Line R2" in page
    assert "get less room" in page


def test_what_is_not_of_the_organisation_is_not_here() -> None:
    guideline = make_version(make_line()).guideline
    client = editor(guideline.organisation)
    for rest in ("", "describe/", "differences/"):
        assert client.get(at(guideline.organisation, f"999/{rest}")).status_code == 404
