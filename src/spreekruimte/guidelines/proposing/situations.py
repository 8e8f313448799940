"""What rule lists are learnt from and tested on: what the public found of whole situations.

A situation is a closed case with an official verdict, or a vignette of a published study. Each
counts alike, however many people judged it, so that what caused fuss weighs no more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import NO_OPINIONS, UNKNOWN, Opinions
from spreekruimte.guidelines.evidence import Finding
from spreekruimte.guidelines.queries.evidence import find_findings
from spreekruimte.guidelines.queries.studied import StudiedContexts, read_studies
from spreekruimte.guidelines.vocabulary import code_contexts, rule_attributes
from spreekruimte.organisations.models import Organisation

Ints = NDArray[np.int64]
METHOD = "proposals-2"


@dataclass(frozen=True)
class Situations:
    """Situations that the public judged, first the cases and then the vignettes.

    Attributes
    ----------
    names
        Of each situation. Vignettes that say the same have one name, whatever study they are of.
    codes
        What is known of each, shape (situations, attributes), -1 where nothing.
    admissible, inadmissible
        How many people found so, shape (situations,); together 1 or more.
    cases
        How many of them are cases.
    studies
        The numbers of the studies that vignettes are of.
    is_simulated
        Whether some of the people were.
    opinions
        Those on vignettes, of which each person judged several; the same as the counts say. Label 1
        is "not admissible".
    """

    names: tuple[str, ...]
    codes: Ints
    admissible: Ints
    inadmissible: Ints
    cases: int
    studies: tuple[int, ...]
    is_simulated: bool
    opinions: Opinions = NO_OPINIONS

    @property
    def against(self) -> NDArray[np.float64]:
        """The share that finds each not admissible, shape (situations,)."""
        shares: NDArray[np.float64] = self.inadmissible / (self.admissible + self.inadmissible)
        return shares

    @cached_property
    def digest(self) -> str:
        """What names the situations with the method: SHA-256, in hexadecimal."""
        numbers = np.column_stack((self.codes, self.admissible, self.inadmissible))
        content = [METHOD, self.names, numbers.tolist(), self.studies, self.is_simulated]
        return sha256(json.dumps(content).encode()).hexdigest()


def gather_situations(organisation: Organisation) -> Situations:
    """Gather what an organisation may read: see `find_findings` and `read_studies`."""
    findings = sorted(find_findings(organisation), key=lambda finding: finding.case_id)
    return join_situations(findings, read_studies())


def join_situations(findings: Sequence[Finding], studies: Sequence[StudiedContexts]) -> Situations:
    """Join cases and vignettes."""
    counts = [np.array([(each.admissible, each.inadmissible) for each in findings], dtype=np.int64)]
    counts += [_count(study) for study in studies]
    codes = [code_contexts([each.context for each in findings]), *(each.codes for each in studies)]
    whole = np.concatenate([each.reshape(-1, 2) for each in counts])
    names = [f"case {each.case_id}" for each in findings]
    names += [_name(row) for study in studies for row in study.codes]
    simulated = [each.is_simulated for each in findings]
    simulated += [each.study.is_simulated for each in studies]
    return Situations(
        names=tuple(names),
        codes=np.concatenate(codes),
        admissible=whole[:, 0],
        inadmissible=whole[:, 1],
        cases=len(findings),
        studies=tuple(each.study.pk for each in studies),
        is_simulated=any(simulated),
        opinions=_join_opinions(len(findings), studies),
    )


def _join_opinions(before: int, studies: Sequence[StudiedContexts]) -> Opinions:
    """Join the opinions of studies, whose contexts follow so many situations."""
    joined, people = [NO_OPINIONS], 0
    for each in studies:
        places, respondents = before + each.places, people + each.respondents
        joined.append(Opinions(places, ~each.admissible, respondents))
        before += len(each.codes)
        people += int(each.respondents.max(initial=-1)) + 1
    return Opinions(
        np.concatenate([each.places for each in joined]),
        np.concatenate([each.finds_one for each in joined]),
        np.concatenate([each.people for each in joined]),
    )


def _count(studied: StudiedContexts) -> Ints:
    """Count who found each context admissible, and who did not, shape (contexts, 2)."""
    size = len(studied.codes)
    admissible = np.bincount(studied.places[studied.admissible], minlength=size)
    return np.column_stack((admissible, np.bincount(studied.places, minlength=size) - admissible))


def _name(codes: Ints) -> str:
    known = (
        f"{attribute.name}={attribute.values[code]}"
        for attribute, code in zip(rule_attributes().columns, codes, strict=True)
        if code != UNKNOWN
    )
    return f"vignette {' '.join(known)}"
