from __future__ import annotations

import pytest
from tests.guidelines.written import (
    TITLE,
    make_draft,
    make_line,
    make_version,
    publish,
    write,
)
from tests.organisations.people import NOW

from spreekruimte.guidelines.actions.publishing import (
    discard_revision,
    publish_version,
    revise_guideline,
    withdraw_guideline,
)
from spreekruimte.guidelines.models import Guideline
from spreekruimte.guidelines.stored import draft_lines_of, lines_of, title_of
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


def state_of(guideline: Guideline) -> str:
    return Guideline.objects.get(pk=guideline.pk).state


def test_a_version_holds_what_the_draft_said() -> None:
    guideline = make_draft(make_line(), make_line(effect="weigh", weighs=("tone",)))
    drafted = draft_lines_of(guideline)
    version = publish(guideline)
    version.refresh_from_db()
    assert (version.number, version.published_at, title_of(version)) == (1, NOW, TITLE)
    assert lines_of(version) == drafted
    assert draft_lines_of(guideline) == ()
    assert state_of(guideline) == "current"
    entry = AuditEntry.objects.get(action="publish_version")
    assert entry.details == {"version": 1}


def test_a_draft_without_lines_is_not_published() -> None:
    guideline = make_draft()
    with pytest.raises(RefusedError, match="at least one line"):
        publish(guideline)
    assert state_of(guideline) == "draft"


def test_nobody_publishes_what_was_not_on_the_screen() -> None:
    guideline = make_draft(make_line())
    with pytest.raises(RefusedError, match="Somebody changed this draft"):
        publish_version(guideline=guideline, seen="older", actor=OPERATOR, now=NOW)
    assert not guideline.versions.exists()


def test_a_revision_begins_with_the_current_lines_and_becomes_the_next_version() -> None:
    first = make_version(make_line())
    guideline = first.guideline
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    assert state_of(guideline) == "revising"
    assert draft_lines_of(guideline) == lines_of(first)
    with pytest.raises(RefusedError, match="Nothing differs"):
        publish(guideline)
    write(guideline, make_line(effect="caution"))
    second = publish(guideline)
    assert second.number == 2
    assert lines_of(second)[:1] == lines_of(first)
    assert state_of(guideline) == "current"


def test_a_revision_can_be_dropped() -> None:
    version = make_version(make_line())
    revise_guideline(guideline=version.guideline, actor=OPERATOR, now=NOW)
    discard_revision(guideline=version.guideline, actor=OPERATOR, now=NOW)
    assert draft_lines_of(version.guideline) == ()
    assert state_of(version.guideline) == "current"


def test_a_withdrawn_guideline_keeps_its_versions_and_nothing_else_can_be_done() -> None:
    version = make_version(make_line())
    guideline = version.guideline
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    withdraw_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    assert draft_lines_of(guideline) == ()
    assert guideline.versions.count() == 1
    for act in (revise_guideline, discard_revision, withdraw_guideline):
        with pytest.raises(RefusedError, match="This guideline is withdrawn"):
            act(guideline=guideline, actor=OPERATOR, now=NOW)
    with pytest.raises(RefusedError, match="This guideline is withdrawn"):
        publish(guideline)
