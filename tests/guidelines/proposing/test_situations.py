from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.guidelines.found import make_finding
from tests.organisations.people import make_organisation
from tests.studies.studied import make_published
from tests.verdicts.results import ended, publish

from spreekruimte.guidelines.proposing.situations import gather_situations, join_situations
from spreekruimte.guidelines.queries.studied import read_studies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]


def test_situations_are_closed_cases_and_vignettes_of_published_studies() -> None:
    round_ = ended(people=40, panel=0)
    publish(round_)
    study = make_published(round_.case.organisation, people=60)
    found = gather_situations(round_.case.organisation)
    vignettes = {tuple(each.context.items()) for each in study.vignettes.all()}
    assert found.cases == 1
    assert found.names[0] == f"case {round_.case_id}"
    assert len(found.names) == len(set(found.names)) == 1 + len(vignettes)
    assert found.studies == (study.pk,)
    assert (found.admissible + found.inadmissible)[1:].sum() == 60 * 4
    assert not found.is_simulated


def test_of_cases_of_others_only_what_citizens_were_shown_is_known() -> None:
    round_ = ended(people=40, panel=0)
    publish(round_)
    own = gather_situations(round_.case.organisation)
    others = gather_situations(make_organisation("aasdorp"))
    assert (own.codes >= 0).sum() > (others.codes >= 0).sum() == 2
    assert own.digest != others.digest


def test_vignettes_that_say_the_same_have_one_name() -> None:
    organisation = make_organisation()
    for _study in range(2):
        make_published(organisation, people=60)
    found = gather_situations(organisation)
    half = len(found.names) // 2
    assert found.names[:half] == found.names[half:]
    assert len(found.studies) == 2


def test_without_anything_there_are_no_situations() -> None:
    found = gather_situations(make_organisation())
    assert (found.names, found.cases, len(found.against)) == ((), 0, 0)


def test_the_digest_names_all_that_lists_follow_from() -> None:
    findings = [make_finding(1), make_finding(2, 10, 90, tone="neutral")]
    found = join_situations(findings, read_studies())
    assert found.against.tolist() == [0.1, 0.9]
    assert found.digest == join_situations(findings, []).digest
    for changed in (
        {"codes": np.zeros_like(found.codes)},
        {"admissible": found.admissible + 1},
        {"inadmissible": found.inadmissible + 1},
        {"names": ("a", "b")},
        {"studies": (1,)},
        {"is_simulated": True},
    ):
        assert replace(found, **changed).digest != found.digest
