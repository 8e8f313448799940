"""Lines and guidelines for tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.organisations.people import NOW, make_organisation

from spreekruimte.analysis.rules import AllOf, AnyOf, Except, OneOf, Predicate
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.actions.beginning import make_guideline
from spreekruimte.guidelines.actions.publishing import publish_version
from spreekruimte.guidelines.actions.writing import add_line
from spreekruimte.guidelines.documents import read_condition
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import DraftLine, Guideline, Version
from spreekruimte.guidelines.stored import digest_lines, draft_lines_of
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.organisations.models import OPERATOR, Organisation

TITLE = Bilingual(nl="Meedoen op sociale media", en="Taking part in social media")
TEXT = Bilingual(nl="Wees vriendelijk.", en="Be kind.")


def holds_where(**values: str) -> Predicate:
    """A condition that each of these attributes has its value."""
    return read_condition(
        {"and": [{"attribute": name, "in": [value]} for name, value in values.items()]}
    )


def make_line(name: str = "R1", **changes: object) -> Line:
    given: dict[str, Any] = {
        "text": TEXT,
        "predicate": holds_where(tone="threatening"),
        "effect": "forbid",
        **changes,
    }
    return Line(name, **given)


def make_draft(*lines: Line, organisation: Organisation | None = None) -> Guideline:
    guideline = make_guideline(
        organisation=organisation or make_organisation(), title=TITLE, actor=OPERATOR, now=NOW
    )
    for line in lines:
        write(guideline, line)
    return guideline


def write(guideline: Guideline, line: Line) -> DraftLine:
    return add_line(guideline=guideline, line=line, actor=OPERATOR, now=NOW)


def publish(guideline: Guideline) -> Version:
    seen = digest_lines(draft_lines_of(guideline))
    return publish_version(guideline=guideline, seen=seen, actor=OPERATOR, now=NOW)


def make_version(*lines: Line, organisation: Organisation | None = None) -> Version:
    return publish(make_draft(*lines, organisation=organisation))


def _values() -> st.SearchStrategy[Predicate]:
    columns = rule_attributes().columns

    def choose(column: int) -> st.SearchStrategy[Predicate]:
        codes = st.frozensets(st.integers(0, len(columns[column].values) - 1), min_size=1)
        return codes.map(lambda chosen: OneOf(column, chosen))

    return st.integers(0, len(columns) - 1).flatmap(choose)


def _combine(parts: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        several.map(AllOf),
        several.map(AnyOf),
        st.tuples(parts, parts).map(lambda two: Except(*two)),
    )


predicates = st.recursive(_values(), _combine, max_leaves=6)
