"""What the draft check asks: of the post before it is there, in the words of who writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spreekruimte.cases.attributes import Attribute, attributes
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.facts import read_draft_check
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.vocabulary import list_asked

MOST_FROM_RULES = 6
"""How many questions rules may add to those of a study: the whole form fits a few minutes."""


@dataclass(frozen=True, slots=True)
class Question:
    """One attribute, as the writer is asked for it."""

    attribute: Attribute
    text: Bilingual


@cache
def known_questions() -> Mapping[str, Question]:
    """Give every question that there is, by attribute, in the canonical order."""
    texts = read_draft_check()["questions"]
    return MappingProxyType(
        {
            each.id: Question(each, Bilingual.read(texts[each.id]))
            for each in attributes().values()
            if each.id in texts
        }
    )


def choose_questions(studied: Iterable[str], lines: Sequence[Line]) -> tuple[Question, ...]:
    """Choose what to ask, in the canonical order.

    Parameters
    ----------
    studied
        The attributes of the study; where there is none, a few that matter in most rules.
    lines
        Those of the guideline. Of what they ask beyond that, the attributes that most of them
        rest on are added.
    """
    basis = set(studied) or set(read_draft_check()["without_a_study"])
    asked = Counter(name for line in lines for name in set(list_asked(line.predicate)))
    order = list(known_questions())
    more = [name for name in asked if name in order and name not in basis]
    more.sort(key=lambda name: (-asked[name], order.index(name)))
    chosen = basis | set(more[:MOST_FROM_RULES])
    return tuple(each for name, each in known_questions().items() if name in chosen)
