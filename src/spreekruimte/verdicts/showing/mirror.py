"""Whether the same post with its direction turned round would have got the same room."""

from __future__ import annotations

from django.utils.translation import gettext as _

from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.framings import Figure, Figures, Framings
from spreekruimte.verdicts.showing.differences import (
    COLUMNS,
    draw_parts,
    list_cells,
    name_scopes,
    say_missing,
    write_difference,
)
from spreekruimte.verdicts.showing.pictures import Picture


def say_gap(found: Framings | None) -> str:
    """Say that the mirror is judged otherwise, by all or in a group; empty if that is not sure."""
    if found is None or not any(figure.excludes_zero for figure in found.mirror_gap):
        return ""
    return _say(found.mirror_gap)


def draw(found: Framings) -> Picture | None:
    """Draw the mirror gap of all and of each opinion group; nothing where no mirror was asked."""
    if not any(arm.arm.startswith("mirror.") for arm in found.arms):
        return None
    gap, title = found.mirror_gap, _("The same post with its direction turned round")
    return Picture(
        name="mirror",
        title=title,
        sentence=_say(gap),
        explanation=_(
            "Some people, drawn by lot, saw the mirror instead of the post: the same text for the "
            "opposite direction. This is the share that finds the mirror admissible, less that "
            "for the post, in percentage points. Right of the line: the mirror gets more room."
        ),
        table=Table(
            title,
            (_("Who"), _("Difference (margin)")),
            [
                (who, write_difference(figure))
                for who, figure in zip(name_scopes(len(gap)), gap, strict=True)
            ],
        ),
        rows=(
            ("group", *COLUMNS),
            *(
                (name_group(scope - 1) if scope else "all", *list_cells(figure))
                for scope, figure in enumerate(gap)
            ),
        ),
        parts=draw_parts({title: gap}, {}),
    )


def _say(gap: Figures) -> str:
    whole, *groups = gap
    told = [_say_of_all(whole)]
    told += [
        _say_of_group(name_group(group), figure)
        for group, figure in enumerate(groups)
        if figure.excludes_zero
    ]
    return " ".join(told)


def _say_of_group(name: str, figure: Figure) -> str:
    sentence = (
        _("Group %(name)s gives the opposite direction more room: %(difference)s.")
        if (figure.estimate or 0.0) > 0.0
        else _("Group %(name)s gives the opposite direction less room: %(difference)s.")
    )
    return sentence % {"name": name, "difference": write_difference(figure)}


def _say_of_all(figure: Figure) -> str:
    if figure.estimate is None:
        return _(
            "Whether the same post in the opposite direction gets as much room is not known: "
            "%(why)s."
        ) % {"why": say_missing(figure.support)}
    if not figure.excludes_zero:
        sentence = _(
            "The same post in the opposite direction is not surely judged otherwise: "
            "%(difference)s."
        )
    elif figure.estimate > 0.0:
        sentence = _("The same post in the opposite direction gets more room: %(difference)s.")
    else:
        sentence = _("The same post in the opposite direction gets less room: %(difference)s.")
    return sentence % {"difference": write_difference(figure)}
