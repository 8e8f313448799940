from __future__ import annotations

import pytest
from tests.guidelines.written import (
    holds_where,
    make_draft,
    make_line,
    make_version,
    publish,
    write,
)
from tests.organisations.people import NOW, make_organisation

from spreekruimte.cases.context import Context
from spreekruimte.guidelines.actions.publishing import revise_guideline, withdraw_guideline
from spreekruimte.guidelines.queries.versions import (
    current_version,
    find_applying_rules,
    find_version,
    guidelines_of,
    list_current_versions,
    versions_of,
)
from spreekruimte.organisations.models import OPERATOR

pytestmark = pytest.mark.django_db


def test_the_latest_version_is_current_until_the_guideline_is_withdrawn() -> None:
    first = make_version(make_line())
    guideline = first.guideline
    assert current_version(guideline) == first
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    write(guideline, make_line())
    assert current_version(guideline) == first
    second = publish(guideline)
    assert current_version(guideline) == second
    assert versions_of(guideline) == [second, first]
    assert find_version(guideline.pk, 1) == first
    assert find_version(guideline.pk, 3) is None
    withdraw_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    assert current_version(guideline) is None
    assert find_version(guideline.pk, 2) == second


def test_current_versions_are_those_of_all_or_of_one_organisation() -> None:
    here, there = make_organisation("waterdam"), make_organisation("aasdorp")
    mine = make_version(make_line(), organisation=here)
    theirs = make_version(make_line(), organisation=there)
    draft = make_draft(make_line(), organisation=here)
    assert list_current_versions() == [theirs, mine]
    assert list_current_versions(here) == [mine]
    assert guidelines_of(here) == [mine.guideline, draft]


def test_lines_apply_where_they_hold_or_may() -> None:
    version = make_version(
        make_line(predicate=holds_where(tone="threatening")),
        make_line(predicate=holds_where(tone="threatening", act_type="like")),
        make_line(predicate=holds_where(tone="neutral")),
    )
    applying = find_applying_rules(version, Context.of({"tone": "threatening"}))
    assert [(each.line.name, each.holds) for each in applying] == [("R1", True), ("R2", False)]
