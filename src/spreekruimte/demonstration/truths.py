"""What is true of the simulated citizens: what the engine has to find back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from spreekruimte.cases.bank import Framing
from spreekruimte.cases.gates.result import Reply
from spreekruimte.cases.gates.rights_floor import Held
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.shares import Arm


@dataclass(frozen=True, slots=True)
class GroupTruth:
    """One group of citizens.

    Attributes
    ----------
    share
        Its part of the public, 0 to 1.
    admissible
        Which part of it finds the post admissible, among those with an opinion.
    measure
        Which part chooses each step of the ladder, 0 to 8.
    framings
        What each framing but all context adds to `admissible`.
    mirror
        What the mirror adds to it.
    """

    share: float
    admissible: float
    measure: tuple[float, ...]
    framings: Mapping[str, float]
    mirror: float

    def admissible_in(self, arm: Arm) -> float:
        """Give which part finds admissible what it is asked on."""
        framing, side = arm
        added = self.framings.get(framing, 0.0) + (self.mirror if side == "mirror" else 0.0)
        return self.admissible + added


@dataclass(frozen=True, slots=True)
class ReasonTruth:
    """One reason; `agree` is the part of each group that agrees, among those with an opinion."""

    text: str
    agree: tuple[float, ...]
    is_seed: bool


@dataclass(frozen=True, slots=True)
class MessageTruth:
    """One message of the dialogue.

    Attributes
    ----------
    answers
        The place of the message that it answers; None for none.
    by_organisation
        Whether the organisation says it, on which nobody votes.
    agree
        The part of each group that agrees, among those with an opinion.
    """

    text: str
    answers: int | None
    by_organisation: bool
    agree: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that is true about the public of one case.

    Attributes
    ----------
    entry
        The entry of the case bank.
    seed
        From which all chance follows.
    people, invited
        How many answer in the open channel and in the panel.
    days
        How long it is asked.
    closed_days_ago
        How many days ago it was closed and its verdict published; None for what is still open.
    framing_shares, mirror_share
        How many are asked on each framing, and of those on the mirror, in per cent; none for a
        case in which all are asked on the same text.
    """

    entry: str
    seed: int
    people: int
    invited: int
    days: int
    closed_days_ago: int | None
    held_against: frozenset[Held]
    public_facts: tuple[str, ...]
    groups: tuple[GroupTruth, ...]
    reasons: tuple[ReasonTruth, ...]
    messages: tuple[MessageTruth, ...]
    framing_shares: Mapping[Framing, int]
    mirror_share: int

    def true_effect(self, base: Framing, to: Framing) -> list[float]:
        """Give what one framing adds to another: over all groups, then in each."""
        by_group = [
            group.admissible_in((to, "post")) - group.admissible_in((base, "post"))
            for group in self.groups
        ]
        return self._over_all(by_group)

    def true_mirror_gap(self) -> list[float]:
        """Give what the mirror adds: over all groups, then in each."""
        return self._over_all([group.mirror for group in self.groups])

    def _over_all(self, by_group: list[float]) -> list[float]:
        shares = [group.share for group in self.groups]
        return [sum(a * s for a, s in zip(by_group, shares, strict=True)), *by_group]

    def true_shares(self) -> list[float]:
        """Give the true share of the post, and of each reason in order, over all groups."""
        shares = [group.share for group in self.groups]
        by_group = [[group.admissible for group in self.groups]]
        by_group += [list(reason.agree) for reason in self.reasons]
        return [sum(a * s for a, s in zip(each, shares, strict=True)) for each in by_group]


@dataclass(frozen=True, slots=True)
class Example:
    """A case that shows what a gate does."""

    id: str
    description: Bilingual
    held_against: frozenset[Held]
    has_direction: Reply


@cache
def truths() -> tuple[Truth, ...]:
    """Give what is true of each case that simulated citizens judge."""
    return tuple(_read_truth(each) for each in _read_facts()["cases"])


@cache
def examples() -> tuple[Example, ...]:
    """Give the cases that show what gates do."""
    return tuple(
        Example(
            each["id"],
            Bilingual.read(each["description"]),
            frozenset(each["held_against"]),
            each["has_direction"],
        )
        for each in _read_facts()["examples"]
    )


def _read_facts() -> Mapping[str, Any]:
    text = files("spreekruimte.demonstration").joinpath("facts/truths.json").read_text("utf-8")
    facts: Mapping[str, Any] = json.loads(text)
    return facts


def _read_truth(facts: Mapping[str, Any]) -> Truth:
    return Truth(
        entry=facts["entry"],
        seed=facts["seed"],
        people=facts["people"],
        invited=facts.get("invited", 0),
        days=facts["days"],
        closed_days_ago=facts.get("closed_days_ago"),
        held_against=frozenset(facts["held_against"]),
        public_facts=tuple(facts["public_facts"]),
        groups=tuple(
            GroupTruth(
                each["share"],
                each["admissible"],
                tuple(each["measure"]),
                each.get("framings", {}),
                each.get("mirror", 0.0),
            )
            for each in facts["groups"]
        ),
        reasons=tuple(
            ReasonTruth(each["text"], tuple(each["agree"]), each.get("is_seed", False))
            for each in facts["reasons"]
        ),
        messages=tuple(
            MessageTruth(
                each["text"],
                each.get("answers"),
                each.get("by_organisation", False),
                tuple(each.get("agree", ())),
            )
            for each in facts.get("messages", ())
        ),
        framing_shares=facts.get("framing_shares", {}),
        mirror_share=facts.get("mirror_share", 0),
    )
