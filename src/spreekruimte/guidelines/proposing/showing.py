"""Proposals as the desk shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.analysis.rules import Agreement, canonicalise
from spreekruimte.cases.sentences import LANGUAGES, Language
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.predicate_sentences import say_predicate
from spreekruimte.guidelines.proposing.computing import FEWEST_HELD_OUT, FEWEST_LEARNT, SEED
from spreekruimte.guidelines.proposing.lists import ProposedList
from spreekruimte.guidelines.showing import name_effect
from spreekruimte.guidelines.vocabulary import rule_attributes
from spreekruimte.look.numbers import write_count, write_decimal, write_percent, write_share
from spreekruimte.look.tables import Table


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule that is proposed.

    Attributes
    ----------
    place
        In its list, from 0.
    sentences
        Where it holds, by language.
    is_in_draft
        Whether the draft has a line that does the same in the same contexts.
    """

    place: int
    effect: str
    sentences: tuple[tuple[Language, str], ...]
    is_in_draft: bool


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list with its rules in their order."""

    longest: int
    title: str
    rules: tuple[ShownRule, ...]


def show_lists(lists: Iterable[ProposedList], draft: Sequence[Line]) -> list[ShownList]:
    """Show each list that is longer than those before it."""
    drafted = {_identify(line) for line in draft}
    return [
        ShownList(
            longest=each.longest,
            title=_name_length(each.longest),
            rules=tuple(
                _show_rule(place, line, is_in_draft=_identify(line) in drafted)
                for place, line in enumerate(each.lines)
            ),
        )
        for each in lists
        if each.lines and each.is_longer
    ]


def tabulate(lists: Iterable[ProposedList]) -> Table:
    """Give length, agreement and certificate of each list."""
    return Table(
        _("How far each list agrees with the public"),
        (_("List"), _("Learnt from"), _("Held out"), _("Certificate")),
        [
            (
                _name_length(each.longest),
                _say_agreement(each.learnt),
                _say_agreement(each.held_out),
                _say_certificate(each),
            )
            for each in lists
        ],
    )


def say_basis(counts: Mapping[str, Any]) -> list[str]:
    """Say what the lists were learnt from and tested on."""
    cases = ngettext("%(count)s closed case", "%(count)s closed cases", counts["cases"])
    vignettes = ngettext("%(count)s vignette", "%(count)s vignettes", counts["vignettes"])
    studies = ngettext("%(count)s study", "%(count)s studies", len(counts["studies"]))
    return [
        _("Judged were %(cases)s and %(vignettes)s of %(studies)s, in %(judgements)s judgements.")
        % {
            "cases": cases % {"count": write_count(counts["cases"])},
            "vignettes": vignettes % {"count": write_count(counts["vignettes"])},
            "studies": studies % {"count": write_count(len(counts["studies"]))},
            "judgements": write_count(counts["judgements"]),
        },
        _(
            "Learnt from were %(learnt)s of these situations, held out %(held_out)s: a lot, "
            "one in three, that always falls the same (seed “%(seed)s”)."
        )
        % {
            "learnt": write_count(counts["learnt"]),
            "held_out": write_count(counts["held_out"]),
            "seed": SEED,
        },
    ]


def say_too_few() -> str:
    """Say that nothing can be proposed yet, and what is lacking."""
    return _(
        "That is too little for proposals: at least %(fewest_learnt)s situations to learn from and "
        "%(fewest_held_out)s that are held out are needed. Close more cases, or publish a study."
    ) % {"fewest_learnt": FEWEST_LEARNT, "fewest_held_out": FEWEST_HELD_OUT}


def say_most(lists: Sequence[ProposedList]) -> str:
    """Say what no list can exceed."""
    return _(
        "Citizens differ among themselves, so that no list can agree with more than %(learnt)s of "
        "them in what was learnt from, and %(held_out)s in what was held out."
    ) % {
        "learnt": write_percent(lists[0].learnt.most),
        "held_out": write_percent(lists[0].held_out.most),
    }


def _show_rule(place: int, line: Line, *, is_in_draft: bool) -> ShownRule:
    said = tuple((each, say_predicate(line.predicate, each)) for each in LANGUAGES)
    return ShownRule(place, name_effect(line), said, is_in_draft)


def _identify(line: Line) -> tuple[object, str]:
    """Give what makes two lines the same, whatever they say and however that is written."""
    return canonicalise(line.predicate, rule_attributes()), line.effect


def _name_length(longest: int) -> str:
    if not longest:
        return _("No rule: everything is free")
    return ngettext("%(count)s rule", "%(count)s rules", longest) % {"count": longest}


def _say_agreement(agreement: Agreement) -> str:
    return write_share(agreement.estimate, agreement.low, agreement.high)


def _say_certificate(proposed: ProposedList) -> str:
    if not proposed.longest:
        return _("there is no other")
    if not proposed.is_certified:
        return _("not proved: another list can agree %(points)s points more at most") % {
            "points": write_decimal(100 * proposed.gap, 1)
        }
    if not proposed.is_longer:
        return _("proved: a rule more gains less than half a point")
    return _("proved to be the best")
