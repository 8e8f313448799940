from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from spreekruimte.analysis.rules import FALSE, TRUE, UNDECIDED, Effect, evaluate
from spreekruimte.cases.bank import closed_cases
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.documents import read_lines, write_lines
from spreekruimte.guidelines.floor import find_grounds
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.queries.versions import apply_lines
from spreekruimte.guidelines.room import Contexts, closed_contexts, decide_contexts


def effects_in(pack: str, **values: str) -> set[tuple[str, str]]:
    """Which lines of a pack hold in a context, with what they do."""
    applied = apply_lines(packs()[pack].lines, Context.of(values))
    return {(each.line.name, each.line.effect) for each in applied if each.holds}


def decide_one(pack: str, context: Context) -> int:
    contexts = Contexts.count([context])
    return int(decide_contexts(packs()[pack].lines, contexts)[0])


def line_of(name: str) -> Line:
    return next(line for pack in packs().values() for line in pack.lines if line.name == name)


def test_there_are_58_rules_in_21_packs_with_names_of_their_own() -> None:
    names = [line.name for pack in packs().values() for line in pack.lines]
    assert len(packs()) == 21
    assert len(names) == len(set(names)) == 58


def test_every_rule_evaluates_on_every_closed_case() -> None:
    codes = closed_contexts().codes
    for pack in packs().values():
        for line in pack.lines:
            truth = evaluate(line.predicate, codes)
            assert truth.shape == (len(codes),)
            assert set(np.unique(truth)) <= {FALSE, UNDECIDED, TRUE}
            assert line.rule.effect in {Effect.FREE, Effect.CAUTION, Effect.FORBID}


def test_packs_survive_being_written_and_read() -> None:
    for pack in packs().values():
        assert read_lines(write_lines(pack.lines)) == pack.lines


LIKE: dict[str, Any] = {
    "act_type": "like",
    "duty_status": "off_duty",
    "employer_type": "police",
    "party_political": "for_or_against_party",
    "account_type": "personal_named",
    "group_insult": "none",
    "disclaimer": "none",
    "loyalty_target": "own_organisation",
}


def test_packs_part_on_a_like() -> None:
    like = Context.of(LIKE)
    # Australia counts it as any act, the Hatch Act leaves it free off duty, Germany too.
    assert decide_one("au-2017", like) == Effect.FORBID
    assert decide_one("us-hatch", like) == Effect.FREE
    assert decide_one("de", Context.of({**LIKE, "line_relation": "unrelated"})) == Effect.FREE
    # The same is not free on duty, nor as an own post.
    for change in ({"duty_status": "on_duty"}, {"act_type": "own_post"}):
        assert decide_one("us-hatch", Context.of({**LIKE, **change})) == Effect.FORBID


def test_packs_part_on_the_closed_case_of_a_like() -> None:
    case = next(each for each in closed_cases() if each.id == "NL-02")
    assert case.context.get("act_type") == "like"
    assert decide_one("nl-bz-2012", case.context) == Effect.FORBID
    assert decide_one("au-2017", case.context) == Effect.FREE


def test_packs_part_on_a_disclaimer() -> None:
    labelled = {"line_relation": "opposes", "disclaimer": "in_bio"}
    bare = {"line_relation": "opposes", "disclaimer": "none"}
    # Flanders requires one, to Australia it changes nothing, to Lindke it weighs.
    assert effects_in("vl", **bare) == {("VL-01", "require")}
    assert effects_in("vl", **labelled) == set()
    assert ("AU-04", "caution") in effects_in("au-2020", **labelled)
    assert ("AU-04", "caution") not in effects_in("au-2020", **bare)
    assert effects_in("us-lindke", **labelled) == {("US-06", "weigh")}
    assert "disclaimer" in line_of("US-06").weighs


def test_packs_part_on_the_closed_case_that_was_made_to_look_official() -> None:
    case = next(each for each in closed_cases() if each.id == "DE-1")
    assert case.context.get("disclaimer") == "claims_official"
    assert decide_one("vl", case.context) == Effect.UNDECIDED
    held = {each.line.name for each in apply_lines(packs()["au-2020"].lines, case.context)}
    assert "AU-04" in held


def test_packs_part_on_advice_before_speaking() -> None:
    spoken = {"employer_type": "defence", "capacity": "as_named_official"}
    assert effects_in("nl-defensie-2020", **spoken) == {("NLD-01", "require")}
    assert ("NLR-03", "permit") in effects_in("nl-rijk-2010", **spoken)
    assert line_of("NLD-01").duty == "prior_advice"
    assert any(
        "ask permission" in ground.in_english() for ground in find_grounds(line_of("NLD-01"))
    )


def test_two_rules_of_others_go_below_the_rights_floor() -> None:
    below = [line.name for pack in packs().values() for line in pack.lines if find_grounds(line)]
    assert below == ["NLD-01", "UK-03"]


@pytest.mark.parametrize("pack", packs(), ids=str)
def test_each_rule_says_what_it_rests_on(pack: str) -> None:
    for line in packs()[pack].lines:
        assert line.source
        assert line.confidence in {"read", "partly_read"}
