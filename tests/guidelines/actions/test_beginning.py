from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.guidelines.written import TITLE, make_draft, make_line
from tests.organisations.people import NOW, make_organisation

from spreekruimte.analysis.rules import ALWAYS
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.actions.beginning import (
    copy_pack,
    describe_guideline,
    import_guideline,
    make_guideline,
)
from spreekruimte.guidelines.documents import SCHEMA, write_lines
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.stored import draft_lines_of, title_of
from spreekruimte.organisations.models import OPERATOR, AuditEntry

pytestmark = pytest.mark.django_db


def test_a_guideline_begins_as_a_draft_without_lines() -> None:
    guideline = make_guideline(
        organisation=make_organisation(), title=TITLE, actor=OPERATOR, now=NOW
    )
    assert guideline.state == "draft"
    assert title_of(guideline) == TITLE
    assert draft_lines_of(guideline) == ()
    entry = AuditEntry.objects.get(kind="guideline")
    assert (entry.action, entry.identifier) == ("make_guideline", str(guideline.pk))


@pytest.mark.parametrize("title", [Bilingual("", "Title"), Bilingual("Titel", "x" * 121)])
def test_a_title_is_there_and_short(title: Bilingual) -> None:
    organisation = make_organisation()
    with pytest.raises(ValidationError):
        make_guideline(organisation=organisation, title=title, actor=OPERATOR, now=NOW)
    assert not Guideline.objects.exists()


@pytest.mark.parametrize("pack", packs(), ids=str)
def test_each_pack_can_be_copied_without_what_goes_below_the_floor(pack: str) -> None:
    guideline, left_out = copy_pack(
        organisation=make_organisation(), pack=packs()[pack], actor=OPERATOR, now=NOW
    )
    names = {each.name for each in left_out}
    assert names == {"NLD-01", "UK-03"} & {line.name for line in packs()[pack].lines}
    assert all(each.grounds for each in left_out)
    assert draft_lines_of(guideline) == tuple(
        line for line in packs()[pack].lines if line.name not in names
    )
    assert guideline.pack == pack


def test_a_file_becomes_a_draft() -> None:
    lines = (make_line("A"), make_line("B", effect="permit"))
    document = {
        "schema": SCHEMA,
        "title": {"nl": TITLE.nl, "en": TITLE.en},
        "lines": write_lines(lines),
    }
    guideline = import_guideline(
        organisation=make_organisation(), document=document, actor=OPERATOR, now=NOW
    )
    assert draft_lines_of(guideline) == lines


def test_a_file_with_a_line_below_the_floor_changes_nothing() -> None:
    lines = (make_line("A"), make_line("B", predicate=ALWAYS))
    document = {"schema": SCHEMA, "title": {"nl": "T", "en": "T"}, "lines": write_lines(lines)}
    organisation = make_organisation()
    before = AuditEntry.objects.count()
    with pytest.raises(ValidationError) as caught:
        import_guideline(organisation=organisation, document=document, actor=OPERATOR, now=NOW)
    assert all(message.startswith("B: ") for message in caught.value.messages)
    assert not Guideline.objects.exists()
    assert AuditEntry.objects.count() == before


def test_title_and_term_can_be_changed() -> None:
    guideline = make_draft()
    title = Bilingual(nl="Nieuw", en="New")
    described = describe_guideline(
        guideline=guideline, title=title, evidence_days=90, actor=OPERATOR, now=NOW
    )
    described.refresh_from_db()
    assert (title_of(described), described.evidence_days) == (title, 90)


@pytest.mark.parametrize("days", [0, 3651])
def test_a_term_is_a_number_of_days_up_to_ten_years(days: int) -> None:
    guideline = make_draft()
    with pytest.raises(ValidationError, match="3,650"):
        describe_guideline(
            guideline=guideline, title=TITLE, evidence_days=days, actor=OPERATOR, now=NOW
        )
