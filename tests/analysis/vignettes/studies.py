"""Small studies that the tests of vignettes share."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from spreekruimte.analysis.vignettes.study import Answers, Attribute, make_answers

COLUMNS = {
    "Gender": "Gender",
    "Educational Attainment": "Education",
    "Language Skills": "LanguageSkills",
    "Country of Origin": "CountryOfOrigin",
    "Job": "Job",
    "Job Experience": "JobExperience",
    "Job Plans": "JobPlans",
    "Reason for Application": "ReasonForApplication",
    "Prior Entry": "PriorEntry",
}
RESTRICTED = ((1, 4), (3, 7))


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def read_immigration(folder: Path) -> Answers:
    rows = read_table(folder / "immigration.csv")
    levels: dict[str, list[str]] = {name: [] for name in COLUMNS}
    for row in read_table(folder / "cregg_amce_unconstrained.csv"):
        levels[row["feature"]].append(row["level"])
    shown = [[levels[name].index(row[COLUMNS[name]]) for name in COLUMNS] for row in rows]
    return make_answers(
        [Attribute(name, tuple(levels[name])) for name in COLUMNS],
        np.array(shown),
        np.array([float(row["ChosenImmigrant"]) for row in rows]),
        np.array([int(row["CaseID"]) for row in rows]),
    )


def read_groups(folder: Path) -> NDArray[np.int64]:
    """Each respondent: 0 for little ethnocentrism, 1 for much, -1 for unknown."""
    known: dict[int, int] = {}
    for row in read_table(folder / "immigration.csv"):
        value = row["ethnocentrism"]
        known[int(row["CaseID"])] = -1 if value in ("", "NA") else int(float(value) > 0.5)
    return np.array([known[number] for number in sorted(known)])


def name_attributes(*sizes: int) -> list[Attribute]:
    return [
        Attribute(f"attribute {place}", tuple(f"level {level}" for level in range(size)))
        for place, size in enumerate(sizes)
    ]


def draw_answers(seed: int, respondents: int = 200, sizes: tuple[int, ...] = (3, 2, 4)) -> Answers:
    """Answers in which the first attribute matters, and respondents differ."""
    rng = np.random.default_rng(seed)
    people = np.repeat(np.arange(respondents), 4)
    shown = np.stack([rng.integers(size, size=len(people)) for size in sizes], axis=1)
    chance = 0.3 + 0.15 * shown[:, 0] + 0.1 * rng.normal(size=respondents)[people]
    outcomes = (rng.random(len(people)) < chance).astype(np.float64)
    return make_answers(name_attributes(*sizes), shown, outcomes, people)


def draw_known(
    seed: int, spread: float, respondents: int = 150, draw: int = 0
) -> tuple[Answers, NDArray[np.float64]]:
    """Answers of which the true share of each combination is known, the last level fastest.

    Each draw of the same seed has the same truth.
    """
    rng, sizes = np.random.default_rng(seed), (5, 4, 5)
    people = np.repeat(np.arange(respondents), 6)
    levels = [spread * rng.normal(size=size) for size in sizes]
    truth = expit(levels[0][:, None, None] + levels[1][:, None] + levels[2])
    rng = np.random.default_rng([seed, draw])
    shown = np.stack([rng.integers(size, size=len(people)) for size in sizes], axis=1)
    outcomes = (rng.random(len(people)) < truth[tuple(shown.T)]).astype(np.float64)
    return make_answers(name_attributes(*sizes), shown, outcomes, people), truth.ravel()
