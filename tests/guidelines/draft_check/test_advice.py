from __future__ import annotations

from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.context import Context
from spreekruimte.guidelines.draft_check.advice import changes, choose_tips, tips


def ids_of(**answers: str) -> set[str]:
    return {tip.id for tip in choose_tips(Context.of(answers))}


def test_what_can_be_changed_has_values_and_a_reason() -> None:
    for name, change in changes().items():
        assert change.to <= set(attributes()[name].allowed)
        assert change.reason.nl
        assert change.reason.en


def test_who_somebody_is_and_what_they_think_is_not_up_for_change() -> None:
    fixed = {"rank_level", "capacity", "topic_distance", "line_relation", "party_political"}
    assert not fixed & set(changes())


def test_each_tip_has_a_source_and_both_languages() -> None:
    assert len({tip.id for tip in tips()}) == len(tips())
    assert all(tip.source and tip.text.nl and tip.text.en for tip in tips())


def test_tips_follow_from_the_answers() -> None:
    always = ids_of()
    assert always == {"answer", "loud_few"}
    assert ids_of(tone="mocking") == {"no_attack", *always}
    assert ids_of(tone="mocking", act_type="reply") == {"no_attack", "no_pile", *always}
    assert ids_of(disclaimer="none") == always
    assert ids_of(disclaimer="none", employer_recognisable="stated") == {"own_view", *always}
