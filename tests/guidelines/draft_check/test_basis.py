from __future__ import annotations

import pytest
from tests.guidelines.written import TITLE, make_draft, make_line, make_version
from tests.organisations.people import make_organisation
from tests.studies.studied import make_closed, make_published

from spreekruimte.guidelines.draft_check.basis import find_basis, list_organisations, list_packs
from spreekruimte.guidelines.packs import packs

pytestmark = pytest.mark.django_db


def test_without_anything_there_is_nothing_to_rest_on() -> None:
    make_organisation()
    basis = find_basis("")
    assert (basis.study, basis.guides, basis.is_chosen) == (None, (), False)
    assert list_organisations() == []


def test_the_newest_published_study_of_all_is_rested_on() -> None:
    make_published(make_organisation("aasdorp"))
    newest = make_published()
    make_closed(make_organisation("bergum"))
    assert find_basis("").study == newest


def test_an_organisation_brings_its_guidelines_and_its_own_study() -> None:
    organisation = make_organisation()
    own = make_published(organisation)
    other = make_published(make_organisation("aasdorp"))
    version = make_version(make_line(), organisation=organisation)
    make_draft(make_line(), organisation=organisation)
    basis = find_basis(f"own:{organisation.slug}")
    (guide,) = basis.guides
    assert (basis.study, guide.version, guide.title) == (own, version, TITLE)
    assert [line.name for line in basis.lines] == ["R1"]
    assert basis.is_chosen
    assert find_basis("own:aasdorp").study == other
    assert [each.key for each in list_organisations()] == ["own:aasdorp", "own:waterdam"]


def test_an_organisation_without_a_study_rests_on_the_newest_of_all() -> None:
    study = make_published(make_organisation("aasdorp"))
    organisation = make_organisation()
    basis = find_basis(f"own:{organisation.slug}")
    assert (basis.study, basis.guides, basis.is_chosen) == (study, (), True)


def test_a_guideline_of_others_can_be_chosen() -> None:
    assert [each.key for each in list_packs()] == [f"pack:{name}" for name in packs()]
    (guide,) = find_basis("pack:nl-rijk-2010").guides
    assert guide.version is None
    assert guide.lines == packs()["nl-rijk-2010"].lines


@pytest.mark.parametrize("key", ["own:nobody", "pack:nothing", "else"])
def test_what_is_not_there_is_refused(key: str) -> None:
    with pytest.raises(LookupError):
        find_basis(key)
