"""How the report opens: the whole conversation in a few sentences and figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.verdicts import Outcome
from spreekruimte.look.charts import Part, draw_key, draw_parts
from spreekruimte.look.numbers import write_chance, write_count
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.judgement import Judgement
from spreekruimte.verdicts.report.wording import (
    MARKS,
    count_people,
    count_statements,
    join_words,
    name_outcome,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many statements have one outcome."""

    key: SafeString
    name: str
    count: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands at the top of the report."""

    people: str
    groups: str
    figures: tuple[Figure, ...]
    outcomes: tuple[OutcomeCount, ...]
    picture: SafeString | None


def summarise(judgement: Judgement) -> Summary:
    """Say who took part, what came out, and whether there are opinion groups."""
    matrix = judgement.matrix
    counts = Counter(result.outcome for result in judgement.results)
    return Summary(
        people=_describe_whole(judgement, counts),
        groups=_describe_groups(judgement),
        figures=(
            Figure(_("people"), write_count(matrix.participant_count)),
            Figure(_("statements judged"), write_count(len(judgement.results))),
            Figure(_("votes"), write_count(matrix.vote_count)),
            Figure(_("opinion groups"), write_count(judgement.groups.count)),
        ),
        outcomes=tuple(
            OutcomeCount(
                mark_safe(draw_key(mark)),  # noqa: S308 (drawn by us)
                name_outcome(outcome),
                write_count(counts[outcome]),
            )
            for outcome, mark in MARKS.items()
        ),
        picture=_draw_outcomes(counts) if judgement.results else None,
    )


def _describe_whole(judgement: Judgement, counts: Counter[Outcome]) -> str:
    matrix = judgement.matrix
    removed = matrix.statement_count - len(judgement.results)
    whole = _("%(people)s cast %(votes)s votes on %(statements)s.") % {
        "people": count_people(matrix.participant_count),
        "votes": write_count(matrix.vote_count),
        "statements": count_statements(matrix.statement_count),
    }
    moderated = ngettext(
        "Moderation took out %(count)s statement, which is not judged.",
        "Moderation took out %(count)s statements, which are not judged.",
        removed,
    ) % {"count": write_count(removed)}
    result = _(
        "The result: %(admissible)s admissible, %(inadmissible)s not admissible, "
        "%(divided)s divided and %(undecided)s not decided yet."
    ) % {
        "admissible": write_count(counts["admissible"]),
        "inadmissible": write_count(counts["inadmissible"]),
        "divided": write_count(counts["divided"]),
        "undecided": write_count(counts["undecided"]),
    }
    return " ".join([whole, moderated, result] if removed else [whole, result])


def _describe_groups(judgement: Judgement) -> str:
    groups = judgement.groups
    if not groups.count:
        return _describe_no_groups(groups.p_value, judgement.rules.false_alarm)
    sizes = join_words(
        [f"{name_group(group)} ({count_people(size)})" for group, size in enumerate(groups.sizes)]
    )
    assigned = groups.labels >= 0
    outside = int((~assigned).sum())
    found = _(
        "There are %(count)s opinion groups: %(sizes)s. Without real groups, a division like "
        "this comes up in %(chance)s of conversations. Of who is in which group we are on "
        "average %(certainty)s sure."
    ) % {
        "count": write_count(groups.count),
        "sizes": sizes,
        "chance": write_chance(groups.p_value),
        "certainty": write_chance(float(groups.certainty[assigned].mean())),
    }
    rest = ngettext(
        "%(count)s person belongs to none of them, or we cannot tell.",
        "%(count)s people belong to none of them, or we cannot tell.",
        outside,
    ) % {"count": write_count(outside)}
    return f"{found} {rest}" if outside else found


def _describe_no_groups(p_value: float, false_alarm: float) -> str:
    if p_value <= false_alarm:
        return _(
            "We found no opinion groups: people differ, but no division into groups tells how "
            "they answer."
        )
    return _(
        "We found no opinion groups. Without real groups, differences like these come up in "
        "%(chance)s of conversations, so they can well be chance."
    ) % {"chance": write_chance(p_value)}


def _draw_outcomes(counts: Counter[Outcome]) -> SafeString:
    total = sum(counts.values())
    description = "; ".join(
        f"{name_outcome(outcome)}: {write_count(counts[outcome])}" for outcome in MARKS
    )
    picture = draw_parts(
        [Part(mark, counts[outcome] / total) for outcome, mark in MARKS.items()],
        title=_("Statements by outcome"),
        description=description,
    )
    return mark_safe(picture)  # noqa: S308 (drawn by us)
