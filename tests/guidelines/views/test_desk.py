from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.guidelines.views.desk import at, editor
from tests.guidelines.written import make_draft, make_line, make_version
from tests.organisations.people import make_organisation

from spreekruimte.guidelines.documents import SCHEMA, write_lines
from spreekruimte.guidelines.forms import MOST_BYTES
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.stored import draft_lines_of
from spreekruimte.organisations.models import Role

pytestmark = pytest.mark.django_db


def document(*names: str, **changes: object) -> bytes:
    lines = write_lines([make_line(name) for name in names])
    title = {"nl": "Titel", "en": "Title"}
    return json.dumps({"schema": SCHEMA, "title": title, "lines": lines, **changes}).encode()


def test_only_editors_write_and_auditors_look() -> None:
    organisation = make_organisation()
    guideline = make_draft(make_line(), organisation=organisation)
    auditor = editor(organisation, Role.AUDITOR)
    assert auditor.get(at(organisation)).status_code == 200
    workshop = auditor.get(at(organisation, f"{guideline.pk}/"))
    assert b"Publish this version" not in workshop.content
    for page in ("new/", "copy/", "import/", f"{guideline.pk}/new-line/"):
        assert auditor.get(at(organisation, page)).status_code == 403
    assert editor(organisation, Role.MODERATOR).get(at(organisation)).status_code == 403
    assert Client().get(at(organisation)).status_code == 302


def test_the_list_shows_each_guideline_with_its_state() -> None:
    organisation = make_organisation()
    make_version(make_line(), organisation=organisation)
    make_draft(organisation=organisation)
    page = editor(organisation).get(at(organisation)).content.decode()
    assert "published" in page
    assert "a draft" in page


def test_a_guideline_is_begun_with_a_title() -> None:
    organisation = make_organisation()
    client = editor(organisation)
    refused = client.post(at(organisation, "new/"), {"title_nl": "Titel", "title_en": ""})
    assert refused.status_code == 400
    made = client.post(at(organisation, "new/"), {"title_nl": "Titel", "title_en": "Title"})
    guideline = Guideline.objects.get()
    assert made["Location"] == at(organisation, f"{guideline.pk}/")


def test_a_pack_is_copied_and_what_was_left_out_is_told() -> None:
    organisation = make_organisation()
    client = editor(organisation)
    page = client.post(at(organisation, "copy/"), {"pack": "uk-2014"}, follow=True)
    assert "Line UK-03 was left out: it goes below the rights floor." in page.content.decode()
    assert [line.name for line in draft_lines_of(Guideline.objects.get())] == [
        "UK-01",
        "UK-02",
        "UK-04",
    ]
    assert client.post(at(organisation, "copy/"), {"pack": "mars"}).status_code == 400


def test_a_file_is_taken_over() -> None:
    organisation = make_organisation()
    file = SimpleUploadedFile("g.json", document("A", "B"))
    made = editor(organisation).post(at(organisation, "import/"), {"file": file})
    assert made.status_code == 302
    assert len(draft_lines_of(Guideline.objects.get())) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file"),
        (b"{", "Look at line 1, character 2."),
        (b"\xff\xfe\xff", "This file is no JSON."),
        (b"[" * 100_000, "This file is no JSON."),
        (b" " * (MOST_BYTES + 1), "too large"),
        (b"[]", "There has to be an object here"),
        (document("A", schema="x"), "This is no guideline file"),
        (document("A", "A"), "Two lines are called A."),
        (document("A", lines=[{"name": "A"}]), "Line 1 (A): This line lacks"),
        (
            document(
                "A",
                lines=[
                    {
                        **write_lines([make_line("Z")])[0],
                        "predicate": {"attribute": "colour", "in": ["red"]},
                    }
                ],
            ),
            "Line 1 (Z): There is no attribute colour.",
        ),
        (
            document("A", lines=[{**write_lines([make_line("Z")])[0], "predicate": {"and": []}}]),
            "Z: This line goes below the rights floor.",
        ),
    ],
)
def test_a_file_with_errors_changes_nothing_and_says_where(content: bytes, said: str) -> None:
    organisation = make_organisation()
    file = SimpleUploadedFile("g.json", content)
    refused = editor(organisation).post(at(organisation, "import/"), {"file": file})
    assert refused.status_code == 400
    assert said in refused.content.decode()
    assert not Guideline.objects.exists()


def test_no_file_is_refused() -> None:
    organisation = make_organisation()
    refused = editor(organisation).post(at(organisation, "import/"), {})
    assert refused.status_code == 400
    assert "Choose a file with a guideline." in refused.content.decode()
