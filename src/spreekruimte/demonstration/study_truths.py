"""What is true of the simulated respondents of the study: what the engine has to find back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from spreekruimte.cases.sentences import Bilingual

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StudyTruth:
    """The study, and who answers it.

    Attributes
    ----------
    alike
        How much of the latent answers of one respondent is common to them, 0 to 1.
    telling
        Which part tells something about themselves.
    effects
        What each value adds to the logit, by attribute.
    together
        What several values add beyond that.
    groups
        Parts of the public, with what each tells about itself and adds to the logit.
    """

    seed: int
    people: int
    alike: float
    telling: float
    per_respondent: int
    blocks: int
    title: Bilingual
    introduction: Bilingual
    forbidden: list[dict[str, str]]
    pairs: list[tuple[str, str]]
    wording: Mapping[str, Mapping[str, Mapping[str, str]]]
    intercept: float
    effects: Mapping[str, Mapping[str, float]]
    together: list[dict[str, Any]]
    groups: list[dict[str, Any]]

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The values that the study compares, by attribute."""
        return {attribute: tuple(effects) for attribute, effects in self.effects.items()}

    def share_of(self, context: Mapping[str, str]) -> float:
        """Give which part of the public finds posting admissible in a context."""
        shares = self._shares([context])[:, 0]
        return float(np.dot([group["share"] for group in self.groups], shares))

    def group_of(self) -> Ints:
        """Give the group of each respondent, shape (people,)."""
        shares = [group["share"] for group in self.groups]
        rng = np.random.default_rng([self.seed, 1])
        return rng.choice(len(shares), size=self.people, p=shares)

    def answer(self, person: int, group: int, contexts: list[Mapping[str, str]]) -> list[int]:
        """Give what a respondent finds of contexts: 1 admissible, -1 not; now and then 0.

        Answers of one person hang together by a normal copula, so that shares stay exact.
        """
        rng = np.random.default_rng([self.seed, 2, person])
        latent = np.sqrt(self.alike) * rng.normal()
        latent = latent + np.sqrt(1.0 - self.alike) * rng.normal(size=len(contexts))
        found = np.where(ndtr(latent) < self._shares(contexts)[group], 1, -1)
        in_doubt = rng.random(len(contexts)) < IN_DOUBT
        return [int(answer) for answer in np.where(in_doubt, 0, found)]

    def _shares(self, contexts: list[Mapping[str, str]]) -> Floats:
        """Give the share of each group, shape (groups, contexts)."""
        heights = [self._height(context) for context in contexts]
        own = np.array([group["effect"] for group in self.groups])
        return np.asarray(expit(np.array(heights)[None, :] + own[:, None]))

    def _height(self, context: Mapping[str, str]) -> float:
        alone = sum(effects[context[name]] for name, effects in self.effects.items())
        beyond = sum(
            each["effect"]
            for each in self.together
            if each["values"].items() <= dict(context).items()
        )
        return self.intercept + alone + float(beyond)


IN_DOUBT = 0.03
"""Which part of the answers is that somebody does not know."""


@cache
def study_truth() -> StudyTruth:
    """Read what is true of the study of the demonstration."""
    text = files("spreekruimte.demonstration").joinpath("facts/study.json").read_text("utf-8")
    facts = json.loads(text)
    facts["title"] = Bilingual.read(facts["title"])
    facts["introduction"] = Bilingual.read(facts["introduction"])
    facts["pairs"] = [(first, second) for first, second in facts["pairs"]]
    return StudyTruth(**facts)
