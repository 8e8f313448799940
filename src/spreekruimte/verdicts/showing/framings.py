"""What people found on each text of a case, and what each part of the context changed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from spreekruimte.cases.bank import FRAMINGS
from spreekruimte.cases.shares import name_arm
from spreekruimte.look.charts import Bar, draw_bars
from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.framings import EFFECTS, ArmResult, Figure, Framings
from spreekruimte.verdicts.report.wording import DASH, describe_bars, join_words
from spreekruimte.verdicts.showing.differences import (
    COLUMNS,
    draw_parts,
    list_cells,
    name_scopes,
    say_missing,
    write_difference,
)
from spreekruimte.verdicts.showing.pictures import Part, Picture


def name_framings() -> Mapping[str, str]:
    """Name the texts of a case by what they tell."""
    return {
        "bare": _("The post alone"),
        "function": _("Also the function"),
        "distance": _("Also how near the subject is to the work"),
        "context": _("All context"),
        "fuss": _("All context and the fuss"),
    }


def name_effects() -> Mapping[str, str]:
    """Name what is compared, by the names in `EFFECTS`."""
    return {
        "function": _("What telling the function changes"),
        "distance": _("What telling how near the subject is to the work changes"),
        "context": _("What telling the rest of the context changes"),
        "weight_of_context": _("Weight of context: all context instead of the post alone"),
        "pull_of_fuss": _("Pull of the fuss: all context with the fuss instead of without"),
    }


def draw_framings(found: Framings) -> Picture:
    """Draw the share that finds the post admissible on each text."""
    arms = {arm.arm: arm for arm in found.arms}
    shown: Mapping[str, ArmResult] = {
        each: arms[name] for each in FRAMINGS if (name := name_arm((each, "post"))) in arms
    }
    names, title = name_framings(), _("How it was judged on each text")
    return Picture(
        name="framings",
        title=title,
        sentence=_say_shares(shown),
        explanation=_(
            "Each person saw one text, drawn by lot. Each text tells what the one before tells, "
            "and more. The result above rests on the text with all context. The thin line is the "
            "margin, however often one looks. The groups here follow from votes on reasons alone. "
            "They can differ from the groups of the result."
        ),
        table=_make_table(title, found),
        rows=(
            ("side", "framing", "group", "people", "admissible", "not_admissible", *COLUMNS),
            *(
                (
                    *arm.arm.split("."),
                    name_group(scope - 1) if scope else "all",
                    None if scope else arm.people,
                    arm.admissible[scope],
                    arm.inadmissible[scope],
                    *list_cells(share),
                )
                for arm in found.arms
                for scope, share in enumerate(arm.shares)
            ),
        ),
        parts=tuple(_draw_arm(names[each], arm) for each, arm in shown.items()),
    )


def draw_effects(found: Framings) -> Picture:
    """Draw what each step of the context changes, and the fuss."""
    names, title = name_effects(), _("What context and fuss change")
    return Picture(
        name="effects",
        title=title,
        sentence=" ".join(
            _say_effect(name, found.effects[name][0])
            for name in ("weight_of_context", "pull_of_fuss")
        ),
        explanation=_(
            "Differences in the share that finds the post admissible, in percentage points. Right "
            "of the line: more people find it admissible. Who saw which text was drawn by lot, so "
            "the text makes the difference. The thin line is the margin, however often one looks."
        ),
        table=Table(
            title,
            (_("Comparison"), _("Who"), _("Difference (margin)")),
            [
                (names[name], who, write_difference(figure))
                for name in EFFECTS
                for who, figure in zip(
                    name_scopes(len(found.effects[name])), found.effects[name], strict=True
                )
            ],
        ),
        rows=(
            ("comparison", "group", *COLUMNS),
            *(
                (name, name_group(scope - 1) if scope else "all", *list_cells(figure))
                for name in EFFECTS
                for scope, figure in enumerate(found.effects[name])
            ),
        ),
        parts=draw_parts({names[name]: found.effects[name] for name in EFFECTS}, {}),
    )


def warn_of_dealing(found: Framings | None) -> list[str]:
    """Say that texts were not dealt out as they should have been, where that is so."""
    if found is None or not found.is_dealt_otherwise:
        return []
    return [_("The texts were not dealt out as they should have been")]


def _say_shares(shown: Mapping[str, ArmResult]) -> str:
    names = name_framings()
    parts = [
        _("%(text)s: %(share)s") % {"text": names[each], "share": _write_share(arm.shares[0])}
        for each, arm in shown.items()
    ]
    return _("So many find the post admissible. %(parts)s.") % {"parts": "; ".join(parts)}


def _say_effect(name: str, figure: Figure) -> str:
    if figure.estimate is None:
        sentence = {
            "weight_of_context": _("What all context changes is not known: %(why)s."),
            "pull_of_fuss": _("What the fuss changes is not known: %(why)s."),
        }[name]
        return sentence % {"why": say_missing(figure.support)}
    is_sure = figure.excludes_zero
    sentence = {
        ("weight_of_context", True): _("All context changes the judgement: %(difference)s."),
        ("weight_of_context", False): _(
            "All context makes no difference that is sure: %(difference)s."
        ),
        ("pull_of_fuss", True): _("The fuss changes the judgement: %(difference)s."),
        ("pull_of_fuss", False): _("The fuss makes no difference that is sure: %(difference)s."),
    }[name, is_sure]
    return sentence % {"difference": write_difference(figure)}


def _draw_arm(text: str, arm: ArmResult) -> Part:
    labels = [_("All"), *(name_group(group) for group in range(len(arm.shares) - 1))]
    bars = [
        Bar(
            label,
            share.estimate,
            share.anytime_low or 0.0,
            share.anytime_high or 0.0,
            DASH if share.estimate is None else write_percent(share.estimate),
        )
        for label, share in zip(labels, arm.shares, strict=True)
    ]
    svg = draw_bars(bars, title=text, description=describe_bars(bars))
    return Part(text, mark_safe(svg))  # noqa: S308 (drawn by us)


def _make_table(title: str, found: Framings) -> Table:
    names = name_framings()
    sides = {"post": _("the post"), "mirror": _("the mirror")}
    rows = []
    for arm in found.arms:
        side, framing = arm.arm.split(".")
        text = join_words([names[framing], sides[side]])
        for scope, who in enumerate(name_scopes(len(arm.shares))):
            counts = (arm.admissible[scope], arm.inadmissible[scope])
            rows.append((text, who, _write_share(arm.shares[scope]), *map(write_count, counts)))
    return Table(
        title,
        (_("Text"), _("Who"), _("Admissible (margin)"), _("Admissible"), _("Not admissible")),
        rows,
    )


def _write_share(share: Figure) -> str:
    if share.estimate is None or share.anytime_low is None or share.anytime_high is None:
        return say_missing(share.support)
    return f"{write_percent(share.estimate)} ({write_range(share.anytime_low, share.anytime_high)})"
