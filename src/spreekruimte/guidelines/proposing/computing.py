"""Find the rule lists that agree best with the public, and measure them on what was held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.rules import (
    Judgements,
    Proposal,
    RuleList,
    hold_out,
    list_supported,
    measure_agreement,
    propose_rules,
    write_predicate,
)
from spreekruimte.cases.attributes import attributes
from spreekruimte.guidelines.proposing.situations import Situations
from spreekruimte.guidelines.proposing.sparing import add_spared, allow_labels
from spreekruimte.guidelines.vocabulary import rule_attributes

Document = dict[str, Any]
Flags = NDArray[np.bool_]

SEED = "spreekruimte-proposals-1"
ONE_IN = 3
"""One situation in so many is held out."""
LONGEST = 4
PRICE = 0.005
"""What a rule more has to gain in agreement."""
FEWEST_LEARNT, FEWEST_HELD_OUT = 20, 10
FEWEST_UNDER_RULE = 5
"""In how many situations that are learnt from a rule holds at least, so that none is about one."""
MOST_NODES = 300_000
PARTS = 1_000
"""In how many parts each situation is cut, so that the search adds up small whole numbers."""


def find_lists(situations: Situations, *, most_nodes: int = MOST_NODES) -> Document:
    """Find the best list of no rules, and of at most 1, 2, 3 and 4.

    Returns
    -------
    dict
        ``counts``; and ``lists``, unless there are too few situations.
    """
    is_held = hold_out(situations.names, seed=SEED, one_in=ONE_IN)
    held_out, learnt = int(is_held.sum()), int((~is_held).sum())
    counts = {
        "cases": situations.cases,
        "vignettes": len(situations.names) - situations.cases,
        "studies": list(situations.studies),
        "judgements": int((situations.admissible + situations.inadmissible).sum()),
        "learnt": learnt,
        "held_out": held_out,
    }
    document: Document = {"counts": counts, "simulated": situations.is_simulated}
    if learnt < FEWEST_LEARNT or held_out < FEWEST_HELD_OUT:
        return document
    found = _propose(situations, ~is_held, most_nodes)
    document["lists"] = [
        _write(proposal, longest, situations, is_held) for longest, proposal in enumerate(found)
    ]
    return document


def list_askable() -> list[int]:
    """Give the columns of what a rule can ask: what is public, and known before posting."""
    return [
        column
        for column, attribute in enumerate(attributes().values())
        if attribute.is_public and attribute.group != "effect" and attribute.id != "aftermath"
    ]


def _propose(situations: Situations, is_learnt: Flags, most_nodes: int) -> list[Proposal]:
    """Search by length; where a search is cut, a shorter list may still be the best known."""
    cases, shares = situations.codes[is_learnt], situations.against[is_learnt]
    parts = np.rint(PARTS * shares)
    judgements = Judgements(cases, parts, PARTS - parts)
    antecedents = add_spared(list_supported(cases, list_askable(), fewest=FEWEST_UNDER_RULE))
    found: list[Proposal] = []
    for longest in range(LONGEST + 1):
        proposal = propose_rules(
            judgements,
            antecedents,
            price=PRICE,
            longest=longest,
            allow=allow_labels,
            most_nodes=most_nodes,
        )
        if found and found[-1].objective < proposal.objective:
            proposal = replace(found[-1], lower_bound=proposal.lower_bound, nodes=proposal.nodes)
        found.append(proposal)
    return found


def _write(proposal: Proposal, longest: int, situations: Situations, is_held: Flags) -> Document:
    said, shares = proposal.rules.predict(situations.codes), situations.against
    learnt = measure_agreement(said[~is_held], shares[~is_held])
    # By this much at most can another list of no more rules agree better.
    spare = PRICE * (longest - len(proposal.rules.antecedents))
    gap = min(proposal.objective - proposal.lower_bound + spare, learnt.most - learnt.estimate)
    return {
        "rules": _write_rules(proposal.rules),
        "learnt": asdict(learnt),
        "held_out": asdict(
            measure_agreement(said[is_held], shares[is_held], situations.opinions.only(is_held))
        ),
        "certified": proposal.is_certified,
        "gap": max(0.0, gap),
    }


def _write_rules(rules: RuleList) -> Sequence[Document]:
    return [
        {"predicate": write_predicate(antecedent, rule_attributes()), "forbids": label}
        for antecedent, label in zip(rules.antecedents, rules.labels, strict=True)
    ]
