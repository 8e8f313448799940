import pytest
from tests.organisations.people import NOW, make_member, make_organisation

from spreekruimte.demonstration.guideline_truths import guideline_truth
from spreekruimte.demonstration.guiding import make_guideline, make_mandates
from spreekruimte.guidelines.differences import find_changes
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.stored import lines_of
from spreekruimte.organisations.models import AuditEntry, Role

pytestmark = pytest.mark.django_db


def test_two_versions_differ_as_it_is_written_and_are_made_once() -> None:
    organisation = make_organisation()
    editor = make_member(organisation, Role.EDITOR)
    for _again in range(2):
        make_guideline(organisation, editor, NOW)
    truth = guideline_truth()
    assert Guideline.objects.get().evidence_days == truth.evidence_days
    first, second = Version.objects.order_by("number")
    assert first.published_at == NOW - truth.first_ago
    assert second.published_at == NOW - truth.second_ago
    assert "verzonnen" in second.title_nl
    assert "made up" in second.title_en
    changes = find_changes(lines_of(first), lines_of(second))
    assert {each.name: each.change for each in changes} == {
        **{line.name: "changed" for line in truth.changed},
        **dict.fromkeys(truth.removed, "removed"),
        **{line.name: "added" for line in truth.added},
    }
    assert AuditEntry.objects.filter(action="publish_version").count() == 2


def test_mandates_are_published_once() -> None:
    organisation = make_organisation()
    editor = make_member(organisation, Role.EDITOR)
    for _again in range(2):
        make_mandates(organisation, editor, NOW)
    assert MandateVersion.objects.get().number == 1
