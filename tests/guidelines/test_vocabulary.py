from __future__ import annotations

from tests.guidelines.written import holds_where

from spreekruimte.analysis.rules import AllOf, AnyOf, Except
from spreekruimte.guidelines.vocabulary import list_asked


def test_what_a_condition_asks_is_found_wherever_it_stands() -> None:
    tone, act = holds_where(tone="sharp"), holds_where(act_type="like")
    whole = Except(AnyOf((tone, AllOf((act, tone)))), act)
    assert list(list_asked(whole)) == ["tone", "act_type", "tone", "act_type"]
    assert list(list_asked(AllOf(()))) == []
