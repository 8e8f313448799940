"""Votes on several texts of a case, by two groups of which the truth is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from spreekruimte.analysis.votes import Statement, VoteLog, VoteMatrix
from spreekruimte.verdicts.arms import ARM, ARM_NAMES, JUDGEMENT

WEIGHTS = {
    name: (6 if name.endswith("context") else 1) * (3 if name.startswith("post") else 1)
    for name in ARM_NAMES
}
# What each framing adds to the share of the first group, and takes from that of the second.
ADDED = {"bare": 0.0, "function": 0.1, "distance": 0.15, "context": 0.3, "fuss": 0.15}
MIRROR = -0.2
REASONS = tuple(f"reason-{number}" for number in range(1, 9))


def draw_divided(
    people: int = 4000, *, seed: int = 1, weights: Mapping[str, int] = WEIGHTS
) -> VoteMatrix:
    """Draw votes: one group of three fifths that context brings round, and one that it does not.

    The groups differ in what they think of every reason.
    """
    rng = np.random.default_rng(seed)
    arms = rng.choice(list(weights), size=people, p=np.array([*weights.values()]) / total(weights))
    group = (rng.random(people) > 0.6).astype(int)
    log = VoteLog()
    for person, (arm, own) in enumerate(zip(arms.tolist(), group.tolist(), strict=True)):
        side, framing = arm.split(".")
        share = (0.5, 0.4)[own] + (ADDED[framing] if own == 0 else 0.0)
        share += MIRROR if side == "mirror" and own == 0 else 0.0
        cast = {JUDGEMENT: 1 if rng.random() < share else -1}
        agree = rng.random(len(REASONS)) < np.where(np.arange(len(REASONS)) % 2 == own, 0.9, 0.15)
        cast |= dict(zip(REASONS, np.where(agree, 1, -1).tolist(), strict=True))
        name = f"p{person:05d}"
        log.append([name] * len(cast), list(cast), list(cast.values()), [person] * len(cast))
    statements = [Statement(name, name) for name in (JUDGEMENT, *REASONS)]
    shown = {f"p{person:05d}": str(arm) for person, arm in enumerate(arms)}
    return log.to_matrix(statements=statements, attributes={ARM: shown})


def total(weights: Mapping[str, int]) -> int:
    return sum(weights.values())
