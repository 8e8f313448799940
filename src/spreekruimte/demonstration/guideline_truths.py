"""What the made-up guideline says, and what is true of who is asked about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.demonstration.citizens import UNSURE
from spreekruimte.demonstration.truths import truths
from spreekruimte.guidelines.documents import read_lines
from spreekruimte.guidelines.lines import Line

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GuidelineTruth:
    """The guideline in two versions.

    Attributes
    ----------
    evidence_days
        For how many days the evidence of a line holds.
    first
        The lines of the first version.
    changed, removed, added
        What the second one makes of them; a line that is added gets its name when it is written.
    """

    title: Bilingual
    evidence_days: int
    first_ago: timedelta
    first: Lines
    second_ago: timedelta
    changed: Lines
    removed: tuple[str, ...]
    added: Lines


@dataclass(frozen=True, slots=True)
class SurveyTruth:
    """The simulated public servants of the survey.

    Attributes
    ----------
    invited, people
        How many get a code, and how many of these answer.
    alike
        How much of the latent answers of one of them is common to them, 0 to 1.
    silent
        Which part would stay silent in each case, by its entry in the case bank.
    """

    opened_ago: timedelta
    closed_ago: timedelta
    seed: int
    invited: int
    people: int
    alike: float
    silent: Mapping[str, float]

    def draw_silence(self) -> NDArray[np.int64]:
        """Draw who stays silent: 1, or -1 for who posts, or 0 for who does not know.

        Answers of one person hang together by a normal copula, so that shares stay exact.

        Returns
        -------
        ndarray
            Shape (people, cases), in the order of `silent`.
        """
        rng = np.random.default_rng(self.seed)
        shares = np.array(list(self.silent.values()))
        common = np.sqrt(self.alike) * rng.normal(size=(self.people, 1))
        own = np.sqrt(1.0 - self.alike) * rng.normal(size=(self.people, len(shares)))
        answers = np.where(ndtr(common + own) < shares, 1, -1)
        return np.where(rng.random(answers.shape) < UNSURE, 0, answers)

    def true_chill(self, entries: set[str]) -> float:
        """Give the share that stays silent where more than half of the public finds it admissible.

        Parameters
        ----------
        entries
            Of which cases.
        """
        admissible = {each.entry for each in truths() if each.true_shares()[0] > 0.5}
        return float(np.mean([self.silent[each] for each in entries & admissible]))


@dataclass(frozen=True, slots=True)
class VoicesTruth:
    """What simulated citizens answer about several voices on a topic; `shares` by answer."""

    opened_ago: timedelta
    closed_ago: timedelta
    seed: int
    people: int
    topic: str
    shares: Mapping[str, float]

    def draw_answers(self) -> list[str]:
        """Draw what each answers."""
        rng = np.random.default_rng(self.seed)
        drawn = rng.choice(list(self.shares), size=self.people, p=list(self.shares.values()))
        is_unsure = rng.random(self.people) < UNSURE
        return [str(each) for each in np.where(is_unsure, "unknown", drawn)]


@dataclass(frozen=True, slots=True)
class MandatesTruth:
    """How much room the organisation gives, as `mandates.cells.write_cells` writes it."""

    ago: timedelta
    cells: Mapping[str, Mapping[str, str]]


@cache
def guideline_truth() -> GuidelineTruth:
    """Give the guideline."""
    facts = _read_facts()
    first, second = facts["first"], facts["second"]
    return GuidelineTruth(
        title=Bilingual.read(facts["title"]),
        evidence_days=facts["evidence_days"],
        first_ago=timedelta(days=first["days_ago"]),
        first=read_lines(first["lines"]),
        second_ago=timedelta(days=second["days_ago"]),
        changed=read_lines(second["changed"]),
        removed=tuple(second["removed"]),
        added=read_lines(second["added"]),
    )


@cache
def survey_truth() -> SurveyTruth:
    """Give what is true of the survey among public servants."""
    return SurveyTruth(**_read_term(_read_facts()["survey"]))


@cache
def voices_truth() -> VoicesTruth:
    """Give what is true of the question about several voices."""
    return VoicesTruth(**_read_term(_read_facts()["voices"]))


@cache
def mandates_truth() -> MandatesTruth:
    """Give the mandates."""
    facts = _read_facts()["mandates"]
    return MandatesTruth(timedelta(days=facts["days_ago"]), facts["cells"])


def _read_term(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Read from when until when something was asked."""
    asked = {"opened_days_ago": "opened_ago", "closed_days_ago": "closed_ago"}
    return {
        asked.get(name, name): timedelta(days=given) if name in asked else given
        for name, given in facts.items()
    }


def _read_facts() -> Mapping[str, Any]:
    text = files("spreekruimte.demonstration").joinpath("facts/guideline.json").read_text("utf-8")
    facts: Mapping[str, Any] = json.loads(text)
    return facts
