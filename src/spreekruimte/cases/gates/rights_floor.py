"""The rights floor: what no majority can vote away, evaluated before and apart from any vote.

Ten statements, of three kinds (``docs/decisions/0008-rights-floor.md``):

- 1 to 5 take away something that is held against the post, and 10 protects what the post is. A
  post against which nothing else is held is `protected`, on that ground.
- 6 and 7 limit measures, as a highest step of the ladder. They do not decide about the post.
- 8 and 9 are duties of procedure.

The articles named come from the research behind the project, part of it general knowledge; a lawyer
has to confirm them before the first real case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.result import GateResult, Reason, Reply
from spreekruimte.cases.sentences import Listing, Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

# What can be held against a post. The first five are never a ground, or never by themselves.
Held = Literal[
    "no_prior_permission",
    "membership",
    "candidacy_or_office",
    "report_of_wrongdoing",
    "union_or_works_council",
    "volume_of_reaction",
    "content",
    "manner",
    "secrecy",
    "harm_to_service",
    "something_else",
]
# The committee that must advise before a punishment for speech; it is not there for local bodies.
ADVICE_FIRST = ("ministry", "executive_agency", "court_or_prosecution", "police", "defence")
LOW_RANKS = ("support", "operational")
SECRET = ("confidential", "secret", "personal_data_of_citizen")
# A written reprimand. What is heavier touches income, post or job; our reading of "severe".
BELOW_SEVERE = 3


@dataclass(frozen=True, slots=True)
class FloorFacts:
    """What the rights floor has to know beside the context.

    Attributes
    ----------
    held_against
        Everything that anybody holds against the post; empty where nobody does.
    is_dutch
        Whether Dutch procedure applies.
    along_legal_route
        Whether wrongdoing was reported along the legal routes.
    corrects_facts
        Whether the whole post is a relevant correction of facts about public service.
    has_direction
        Whether the post has a political direction, so that it can be turned round.
    """

    held_against: frozenset[Held] = frozenset()
    is_dutch: bool = True
    along_legal_route: Reply = "unknown"
    corrects_facts: Reply = "unknown"
    has_direction: Reply = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that takes away what is held against a post, and what the context must say."""

    code: str
    template: str
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()


NOT_A_GROUND: Mapping[Held, Statement] = MappingProxyType(
    {
        "no_prior_permission": Statement(
            "no_duty_to_ask",
            _("Nobody has to ask permission before speaking (Constitution, article 7)."),
        ),
        "membership": Statement(
            "membership",
            _("Membership of a party or union is never a ground (Civil Servants Act, 10.2)."),
        ),
        "candidacy_or_office": Statement(
            "candidacy_or_office",
            _("Standing for or holding elected office is never by itself a ground."),
            (("capacity", ("elected_politician", "dual_role")),
             ("party_political", ("candidate_own",))),
        ),
        "report_of_wrongdoing": Statement(
            "report_of_wrongdoing",
            _("Reporting wrongdoing along the legal routes is never a ground."),
            (("public_interest", ("wrongdoing",)),),
        ),
        "union_or_works_council": Statement(
            "union_or_works_council",
            _("Speaking for a union or works council is never by itself a ground."),
            (("capacity", ("union_or_works_council", "dual_role")),),
        ),
    }
)  # fmt: skip


# Why a post can be protected, by the code of the reason. Nothing in it is about one case.
PUBLIC_GROUNDS: Mapping[str, Sentence] = MappingProxyType(
    {
        **{each.code: Sentence.of(each.template) for each in NOT_A_GROUND.values()},
        "correction_of_facts": Sentence.of(
            _("A true, relevant correction about public service is admissible unless secret.")
        ),
    }
)


def check_rights_floor(facts: FloorFacts, *, context: Context, has_mirror: bool) -> GateResult:
    """Say whether the post is protected, what limits measures, and what procedure must do.

    Parameters
    ----------
    has_mirror
        Whether the mirror is there, in both languages.
    """
    return GateResult.of(
        "rights_floor",
        (
            *_check_what_is_held(facts, context),
            *_check_correction(facts, context),
            *_limit_measures(facts, context),
            *_oblige(facts, context),
            *_mirror(facts, has_mirror),
        ),
    )


def highest_measure(result: GateResult) -> int | None:
    """Give the highest step of the ladder that the floor leaves; None where it sets no limit."""
    steps = [each.highest_measure for each in result.reasons if each.highest_measure is not None]
    return min(steps, default=None)


def _check_what_is_held(facts: FloorFacts, context: Context) -> Iterator[Reason]:
    """Statements 1 to 5."""
    fallen = set()
    reasons = []
    for held, statement in NOT_A_GROUND.items():
        if held not in facts.held_against:
            continue
        fault = _find_fault(facts, context, held, statement)
        if fault:
            yield fault
        elif held != "report_of_wrongdoing" or facts.along_legal_route == "yes":
            fallen.add(held)
            reasons.append(statement)
    # The volume of reaction is no ground by itself either: it does not keep the others standing.
    left = facts.held_against - fallen - {"volume_of_reaction"}
    for statement in reasons:
        effect: Literal["excludes", "protects"] = "excludes" if left else "protects"
        yield Reason(statement.code, PUBLIC_GROUNDS[statement.code], effect)


def _find_fault(
    facts: FloorFacts, context: Context, held: Held, statement: Statement
) -> Reason | None:
    if held == "report_of_wrongdoing" and facts.along_legal_route == "unknown":
        return Reason(
            "route_unknown",
            Sentence.of(_("Say whether the wrongdoing was reported along the legal routes.")),
        )
    if not statement.needs or any(
        context.is_one_of(attribute, *values) for attribute, values in statement.needs
    ):
        return None
    return Reason(
        f"context_disagrees_on_{held}",
        Sentence.of(
            _("The context does not bear out what is held against the post: {attributes}."),
            attributes=_list_labels(attribute for attribute, _values in statement.needs),
        ),
    )


def _list_labels(wanted: Iterable[str]) -> Listing:
    return Listing(tuple(attributes()[each].label for each in wanted))


def _check_correction(facts: FloorFacts, context: Context) -> Iterator[Reason]:
    """Statement 10."""
    if facts.corrects_facts == "no":
        return
    if facts.corrects_facts == "unknown":
        yield Reason(
            "correction_unknown",
            Sentence.of(_("Say whether the whole post is a relevant correction of facts.")),
        )
        return
    missing = [each for each in ("accuracy", "confidentiality") if context.get(each) is None]
    if missing:
        yield Reason(
            "context_missing",
            Sentence.of(
                _("The rights floor needs to know: {attributes}."),
                attributes=_list_labels(missing),
            ),
        )
    elif context.get("accuracy") == "correct" and not context.is_one_of("confidentiality", *SECRET):
        yield Reason("correction_of_facts", PUBLIC_GROUNDS["correction_of_facts"], "protects")


def _limit_measures(facts: FloorFacts, context: Context) -> Iterator[Reason]:
    """Statements 6 and 7."""
    no_effect = context.get("harm_kind") == "none_shown" or context.is_one_of(
        "harm_evidence", "only_asserted"
    )
    if (
        context.get("act_type") == "like"
        and context.is_one_of("rank_level", *LOW_RANKS)
        and no_effect
    ):
        yield Reason(
            "like_without_effect",
            Sentence.of(
                _("A like alone, in a low rank, without shown effect, carries no severe measure.")
            ),
            "limits",
            highest_measure=BELOW_SEVERE,
        )
    if "volume_of_reaction" in facts.held_against:
        alone = facts.held_against == {"volume_of_reaction"}
        yield Reason(
            "volume_of_reaction",
            Sentence.of(_("How many people react is never by itself a ground for a measure.")),
            "limits",
            highest_measure=0 if alone else None,
        )


def _oblige(facts: FloorFacts, context: Context) -> Iterator[Reason]:
    """Statement 8."""
    yield Reason(
        "hearing", Sentence.of(_("No measure without hearing the public servant first.")), "obliges"
    )
    if facts.is_dutch and context.is_one_of("employer_type", *ADVICE_FIRST):
        yield Reason(
            "advice_first",
            Sentence.of(_("No punishment for speech without advice of the committee (AGFA).")),
            "obliges",
        )


def _mirror(facts: FloorFacts, has_mirror: bool) -> Iterator[Reason]:
    """Statement 9."""
    if facts.has_direction == "no":
        return
    yield Reason(
        "mirror_gap",
        Sentence.of(_("Ask about the mirror too and report the gap, whatever the direction.")),
        "obliges",
    )
    if facts.has_direction == "unknown":
        yield Reason(
            "direction_unknown",
            Sentence.of(_("Say whether the post has a political direction.")),
        )
    elif not has_mirror:
        yield Reason(
            "mirror_missing",
            Sentence.of(_("Write the mirror: the same post with the direction turned round.")),
        )


HELD_LABELS: Mapping[Held, Phrase] = MappingProxyType(
    {
        "no_prior_permission": Phrase(_("permission was not asked")),
        "membership": Phrase(_("membership of a party or union")),
        "candidacy_or_office": Phrase(_("standing for or holding elected office")),
        "report_of_wrongdoing": Phrase(_("reporting wrongdoing")),
        "union_or_works_council": Phrase(_("speaking for a union or works council")),
        "volume_of_reaction": Phrase(_("how many people reacted")),
        "content": Phrase(_("what the post says")),
        "manner": Phrase(_("the way in which it says so")),
        "secrecy": Phrase(_("that it was secret")),
        "harm_to_service": Phrase(_("harm to the work")),
        "something_else": Phrase(_("something else")),
    }
)
