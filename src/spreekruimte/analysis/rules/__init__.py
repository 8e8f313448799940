"""Do rules ask what the public asks? Predicates, guidelines, overreach, proposals of rules."""

from spreekruimte.analysis.rules.agreement import (
    NO_OPINIONS,
    Agreement,
    Opinions,
    hold_out,
    measure_agreement,
)
from spreekruimte.analysis.rules.antecedents import (
    combine_conditions,
    list_conditions,
    list_supported,
)
from spreekruimte.analysis.rules.attributes import UNKNOWN, Attribute, Attributes
from spreekruimte.analysis.rules.consistency import (
    Contradiction,
    Redundancy,
    find_contradictions,
    find_redundancies,
)
from spreekruimte.analysis.rules.overreach import Reach, measure_overreach, measure_underreach
from spreekruimte.analysis.rules.posterior import draw_shares
from spreekruimte.analysis.rules.predicate_json import parse_predicate, write_predicate
from spreekruimte.analysis.rules.predicates import (
    ALWAYS,
    FALSE,
    NEVER,
    TRUE,
    UNDECIDED,
    AllOf,
    AnyOf,
    Except,
    OneOf,
    Predicate,
    evaluate,
    evaluate_one,
    parts_of,
)
from spreekruimte.analysis.rules.reasoning import (
    canonicalise,
    find_example,
    implies,
    is_contradictory,
)
from spreekruimte.analysis.rules.room import (
    ChangeOfRoom,
    Coverage,
    Effect,
    Rule,
    compare,
    cover,
    decide,
    measure_strictness,
)
from spreekruimte.analysis.rules.rule_lists import Judgements, Proposal, RuleList, propose_rules

__all__ = [
    "ALWAYS",
    "FALSE",
    "NEVER",
    "NO_OPINIONS",
    "TRUE",
    "UNDECIDED",
    "UNKNOWN",
    "Agreement",
    "AllOf",
    "AnyOf",
    "Attribute",
    "Attributes",
    "ChangeOfRoom",
    "Contradiction",
    "Coverage",
    "Effect",
    "Except",
    "Judgements",
    "OneOf",
    "Opinions",
    "Predicate",
    "Proposal",
    "Reach",
    "Redundancy",
    "Rule",
    "RuleList",
    "canonicalise",
    "combine_conditions",
    "compare",
    "cover",
    "decide",
    "draw_shares",
    "evaluate",
    "evaluate_one",
    "find_contradictions",
    "find_example",
    "find_redundancies",
    "hold_out",
    "implies",
    "is_contradictory",
    "list_conditions",
    "list_supported",
    "measure_agreement",
    "measure_overreach",
    "measure_strictness",
    "measure_underreach",
    "parse_predicate",
    "parts_of",
    "propose_rules",
    "write_predicate",
]
