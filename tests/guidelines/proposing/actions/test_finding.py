from __future__ import annotations

from datetime import timedelta

import pytest
from tests.guidelines.proposing.proposed import propose_by_study
from tests.organisations.people import NOW, make_organisation

from spreekruimte.guidelines.proposing.actions import finding
from spreekruimte.guidelines.proposing.actions.finding import (
    keep_lists,
    take_up_silent,
)
from spreekruimte.guidelines.proposing.models import ProposedLists
from spreekruimte.guidelines.proposing.tasks import find, order_silent
from spreekruimte.organisations.background import PATIENCE

pytestmark = pytest.mark.django_db


def test_what_is_found_is_kept_in_place_of_what_was_before() -> None:
    organisation = make_organisation()
    first = keep_lists(organisation=organisation, now=NOW)
    assert (first.stage, first.document["counts"]["cases"]) == ("done", 0)
    second = propose_by_study(organisation)
    assert ProposedLists.objects.get() == second
    assert len(second.document["lists"]) == 5
    assert second.input_digest != first.input_digest


def test_the_same_situations_give_the_same_lists() -> None:
    kept = propose_by_study(make_organisation())
    again = keep_lists(organisation=kept.organisation, now=NOW + timedelta(days=1))
    assert (again.document, again.input_digest) == (kept.document, kept.input_digest)


def test_what_fails_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = make_organisation()
    ProposedLists.objects.create(organisation=organisation, seen_at=NOW)
    with monkeypatch.context() as patch:
        patch.setattr(finding, "find_lists", None)
        with pytest.raises(TypeError):
            keep_lists(organisation=organisation, now=NOW)
    assert ProposedLists.objects.get().stage == "failed"
    assert take_up_silent(now=NOW + PATIENCE) == []
    later = NOW + PATIENCE + timedelta(seconds=1)
    assert take_up_silent(now=later) == [organisation.pk]
    assert ProposedLists.objects.get().stage == "waiting"
    assert take_up_silent(now=later) == []


def test_the_worker_finds_lists_and_orders_those_that_fell_silent() -> None:
    organisation = make_organisation()
    ProposedLists.objects.create(organisation=organisation, seen_at=NOW)
    assert order_silent(now=NOW) == 0
    assert order_silent(now=NOW + timedelta(hours=1)) == 1
    find.call(organisation.pk)
    assert ProposedLists.objects.get().stage == "done"
    assert order_silent(now=NOW + timedelta(hours=2)) == 0
