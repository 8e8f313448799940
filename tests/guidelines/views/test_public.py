from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from tests.guidelines.views.desk import editor
from tests.guidelines.written import holds_where, make_draft, make_line, make_version, publish
from tests.organisations.people import NOW
from tests.studies.studied import make_published
from tests.verdicts.results import asked, ended
from tests.verdicts.results import publish as publish_verdict

from spreekruimte.guidelines.actions.publishing import revise_guideline, withdraw_guideline
from spreekruimte.guidelines.actions.writing import add_line
from spreekruimte.guidelines.documents import read_guideline
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.stored import lines_of, title_of
from spreekruimte.look.printing import find_obstacle
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.studies.models import Study

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_soon", "storage")]
Response = Any
CRITICAL = make_line(predicate=holds_where(tone="critical"), text=make_line().text)


def get(path: str) -> Response:
    return Client(headers={"Accept-Language": "en"}).get(path)


def read(path: str) -> str:
    answer = get(path)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def address(version: Version, rest: str = "") -> str:
    return f"/guidelines/{version.guideline_id}/{rest}"


def test_guidelines_are_listed_once_published() -> None:
    draft = make_draft(make_line())
    assert draft.title_en not in read("/guidelines/")
    assert get(f"/guidelines/{draft.pk}/").status_code == 404
    publish(draft)
    assert draft.title_en in read("/guidelines/")
    assert "Flanders" in read("/guidelines/")


@pytest.mark.parametrize("path", ["", "{guideline}/", "packs/vl/"])
def test_who_wants_to_post_something_is_led_to_the_draft_check(path: str) -> None:
    version = make_version(make_line())
    page = read(f"/guidelines/{path.format(guideline=version.guideline_id)}")
    assert 'href="/draft/">See how much room you have.' in page


def test_a_line_without_evidence_says_so_and_offers_to_ask() -> None:
    version = make_version(make_line())
    page = read(address(version))
    assert "not asked yet" in page
    assert f"/desk/{version.guideline.organisation.slug}/cases/new/" in page
    assert "No case was judged yet." in page


def test_a_line_shows_what_was_found_and_leads_to_the_result() -> None:
    round_ = ended(people=40, panel=0)
    publish_verdict(round_)
    version = make_version(CRITICAL, organisation=round_.case.organisation)
    page = read(address(version))
    assert '<span class="state">asked</span>' in page
    assert f"/cases/{round_.case_id}/result/" in page
    assert re.search(r"\d+ judgements of cases. This counts until 23 November 2027.", page)
    assert "1 case was judged." in page
    version.guideline.evidence_days = 1
    version.guideline.save()
    assert "lapsed" not in read(address(version))


def test_a_line_shows_what_a_study_found_and_leads_to_it() -> None:
    study = make_published(people=60)
    lines = [make_line(predicate=holds_where(tone=each)) for each in ("sharp", "threatening")]
    version = make_version(*lines, organisation=study.organisation)
    page = read(address(version))
    assert '<span class="state">asked</span>' in page
    assert "1 study. This counts until 23 November 2027." in page
    assert f'href="/studies/{study.pk}/' in page
    assert re.search(
        r"of \d+ judgements of \d+ people, in \d contexts where this line holds.", page
    )
    assert "not asked yet" in page
    document = json.loads(get(address(version, "versions/1.json")).content)
    held, other = document["evidence"]
    assert (held["studies"][0]["study"], held["standing"]) == (study.pk, "founded")
    assert other["studies"] == []
    assert "DTSTART;VALUE=DATE:20271123" in get(address(version, "expiries.ics")).content.decode()


def test_lines_are_laid_over_the_contexts_of_a_study() -> None:
    study = make_published(people=120)
    lines = [
        make_line(predicate=holds_where(tone="neutral")),
        make_line(predicate=holds_where(act_type="like")),
    ]
    version = make_version(*lines, organisation=study.organisation)
    page = read(address(version))
    assert "Over the contexts of a study" in page
    assert "120 people answered, on 16 contexts." in page
    assert re.search(r"it takes room where the public finds speaking admissible", page)
    assert page.count("of the contexts of the study.") == 1
    other = make_version(lines[1], organisation=study.organisation)
    assert "Over the contexts of a study" not in read(address(other))


def test_the_change_of_room_is_told_over_a_study() -> None:
    study = make_published(people=120)
    first = make_version(
        make_line(predicate=holds_where(tone="neutral")), organisation=study.organisation
    )
    guideline = first.guideline
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    sharp = make_line(predicate=holds_where(tone="sharp"))
    add_line(guideline=guideline, line=sharp, actor=OPERATOR, now=NOW)
    desk = editor(study.organisation)
    draft = desk.get(f"/desk/{study.organisation.slug}/guidelines/{guideline.pk}/differences/")
    version = publish(guideline)
    for page in (draft.content.decode(), read(address(version, "versions/2/differences/"))):
        assert "Change of room over a study" in page
        assert "Of all contexts 0% get more room" in page
        assert re.search(r"Of all contexts \d\d% get less room; \d+% \(\d+ to \d+%\) lose it", page)
    Study.objects.update(is_simulated=True)
    workshop = desk.get(f"/desk/{study.organisation.slug}/guidelines/{guideline.pk}/")
    assert "Over the contexts of a study" in workshop.content.decode()
    assert "The citizens were simulated." in workshop.content.decode()


def test_the_pdf_tells_of_studies_and_says_when_citizens_were_simulated() -> None:
    if find_obstacle() is not None:
        pytest.skip("the library that draws text is not here")
    study = make_published(people=60)
    Study.objects.update(is_simulated=True)
    version = make_version(
        make_line(predicate=holds_where(tone="sharp")), organisation=study.organisation
    )
    assert "The people here are simulated" in read(address(version))
    reader = PdfReader(io.BytesIO(get(address(version, "versions/1.pdf")).content))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert "Study: About tone and distance." in text
    assert re.search(r"judgements of \d+ people, in \d contexts", text)
    assert "The citizens were simulated." in text


def test_evidence_that_lapsed_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = ended(people=40, panel=0)
    publish_verdict(round_)
    version = make_version(CRITICAL, organisation=round_.case.organisation)
    later = NOW + timedelta(days=365)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert "lapsed: ask again" in read(address(version))


def test_who_sees_it_differently_is_led_to_the_ballot() -> None:
    round_ = asked(people=2, panel=0)
    version = make_version(CRITICAL, organisation=round_.case.organisation)
    page = read(address(version))
    assert f'href="/cases/{round_.case_id}/">I see this differently' in page


def test_versions_can_be_read_and_compared_for_good() -> None:
    first = make_version(make_line())
    guideline = first.guideline
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    add_line(guideline=guideline, line=CRITICAL, actor=OPERATOR, now=NOW)
    second = publish(guideline)
    assert "A later version holds now." in read(address(first, "versions/1/"))
    assert "A later version" not in read(address(second, "versions/2/"))
    page = read(address(second, "versions/2/differences/"))
    assert "Line R2" in page
    assert get(address(second, "versions/1/differences/")).status_code == 404
    assert get(address(second, "versions/9/")).status_code == 404
    withdraw_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    assert "This guideline was withdrawn" in read(address(second))
    assert get(address(second, "expiries.ics")).status_code == 404


def test_a_version_is_given_as_json_that_can_be_taken_over() -> None:
    round_ = ended(people=40, panel=0)
    publish_verdict(round_)
    version = make_version(CRITICAL, organisation=round_.case.organisation)
    answer = get(address(version, "versions/1.json"))
    assert answer["Content-Type"] == "application/json"
    document = json.loads(answer.content)
    assert read_guideline(document) == (title_of(version), lines_of(version))
    (evidence,) = document["evidence"]
    assert (evidence["line"], evidence["standing"]) == ("R1", "founded")
    assert evidence["cases"][0]["case"] == round_.case_id


def test_a_version_is_given_as_a_tagged_pdf() -> None:
    if find_obstacle() is not None:
        pytest.skip("the library that draws text is not here")
    answer = get(address(make_version(make_line()), "versions/1.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    root: Any = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_without_that_library_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("files", "public"):
        name = f"spreekruimte.guidelines.views.{module}.find_obstacle"
        monkeypatch.setattr(name, lambda: "no libpango")
    version = make_version(make_line())
    assert get(address(version, "versions/1.pdf")).status_code == 404
    assert "PDF" not in read(address(version))


def test_a_calendar_tells_when_evidence_lapses() -> None:
    round_ = ended(people=40, panel=0)
    publish_verdict(round_)
    version = make_version(CRITICAL, make_line(), organisation=round_.case.organisation)
    answer = get(address(version, "expiries.ics"))
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20271123" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize("pack", packs(), ids=str)
def test_each_pack_can_be_read_and_downloaded(pack: str) -> None:
    assert str(packs()[pack].title) in read(f"/guidelines/packs/{pack}/")
    document = json.loads(get(f"/guidelines/packs/{pack}.json").content)
    assert read_guideline(document)[1] == packs()[pack].lines


def test_packs_are_read_and_compared_over_a_study_as_well() -> None:
    heading = "Over the contexts of a study"
    paths = ("/guidelines/packs/au-2020/", "/guidelines/compare/")
    assert all(heading not in read(path) for path in paths)
    study = make_published(people=60)
    for path in paths:
        page = read(path)
        assert heading in page
        assert f"/studies/{study.pk}/" in page
        assert "60 people answered, on 16 contexts." in page
    document = json.loads(get("/guidelines/packs/au-2020.json").content)
    assert document["over_study"]["study"] == study.pk


def test_what_is_not_there_is_not_found() -> None:
    for path in ("packs/mars/", "packs/mars.json", "7/", "7/versions/1.json", "7/expiries.ics"):
        assert get(f"/guidelines/{path}").status_code == 404


def test_guidelines_are_compared() -> None:
    page = read("/guidelines/compare/")
    assert "Flanders" in page
    assert "Australia, 2020, line AU-02: stricter than Flanders" in page
    version = make_version(make_line())
    page = read(f"/guidelines/compare/?side=vl&side=guideline-{version.guideline_id}")
    assert f"{title_of(version).en}, line R1: stricter than Flanders" in page


@pytest.mark.parametrize(
    "query", ["side=vl", "side=vl&side=de&side=ca&side=nz&side=us-hatch", "side=vl&side=vl"]
)
def test_two_to_four_guidelines_are_compared(query: str) -> None:
    answer = get(f"/guidelines/compare/?{query}")
    assert answer.status_code == 400
    assert "Choose two, three or four guidelines." in answer.content.decode()


def test_only_what_is_there_is_compared() -> None:
    assert get("/guidelines/compare/?side=vl&side=mars").status_code == 400
