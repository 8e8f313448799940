"""Which texts of a case citizens are asked on, and how many of them see each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from spreekruimte.cases.bank import FRAMINGS, Framing, Side
from spreekruimte.cases.sentences import LANGUAGES, Language

Arm = tuple[Framing, Side]
"""One of the texts that a citizen can be asked on: a framing of the post or of its mirror."""
Weights = tuple[tuple[Arm, int], ...]
"""How often each arm comes, as whole numbers beside each other, in the order of the framings."""

FULL_CONTEXT: Arm = ("context", "post")
"""The arm that a verdict rests on, and the one that there always is."""
WHOLE = 100
"""Shares are per cent."""
MIRROR_SHARE = 25
SHARES: Mapping[Framing, int] = MappingProxyType(
    {"bare": 10, "function": 10, "distance": 10, "context": 60, "fuss": 10}
)


def name_arm(arm: tuple[str, str]) -> str:
    """Name an arm as the texts of a case are named: ``post.context``, ``mirror.bare``."""
    framing, side = arm
    return f"{side}.{framing}"


def default_shares() -> dict[Framing, int]:
    """Give the shares of the framings of a new case."""
    return dict(SHARES)


def can_be_shares(shares: Mapping[Framing, int]) -> bool:
    """Tell whether shares are of all framings, add up to the whole, and leave full context some."""
    return (
        shares.keys() == SHARES.keys()
        and min(shares.values()) >= 0
        and sum(shares.values()) == WHOLE
        and shares["context"] > 0
    )


def can_be_mirror_share(share: int) -> bool:
    """Tell whether a share of the mirror leaves the post some."""
    return 0 <= share < WHOLE


def find_written(tellings: Collection[tuple[Framing, Side, Language]]) -> frozenset[Arm]:
    """Give the arms of which there is a text in every language; a mirror only beside its post."""
    arms = {(framing, side) for framing, side, _language in tellings}
    whole = {arm for arm in arms if all((*arm, language) in tellings for language in LANGUAGES)}
    return frozenset((framing, side) for framing, side in whole if (framing, "post") in whole)


def weigh_arms(
    shares: Mapping[Framing, int], mirror_share: int, written: Collection[Arm]
) -> Weights:
    """Give how often each arm comes.

    The shares of framings that are not written go to the others in proportion. Full context is
    always there: it is told by the description where it has no text of its own.

    Parameters
    ----------
    shares, mirror_share
        Per cent.
    written
        What `find_written` gave.

    Returns
    -------
    Weights
        Those above zero; at least the one of full context.
    """
    weights: list[tuple[Arm, int]] = []
    for framing in FRAMINGS:
        if (framing, "post") not in written and framing != "context":
            continue
        mirror = mirror_share if (framing, "mirror") in written else 0
        weights.append(((framing, "post"), shares[framing] * (WHOLE - mirror)))
        weights.append(((framing, "mirror"), shares[framing] * mirror))
    return tuple((arm, weight) for arm, weight in weights if weight)
