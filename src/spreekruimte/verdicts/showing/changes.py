"""How people judged before and after they saw the results, and before and after a reply."""

from __future__ import annotations

from django.utils.translation import gettext as _

from spreekruimte.look.numbers import write_count
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.changes import Changes
from spreekruimte.verdicts.documents import name_group
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.report.wording import count_people
from spreekruimte.verdicts.showing.differences import (
    COLUMNS,
    draw_parts,
    list_cells,
    name_scopes,
    say_missing,
    write_difference,
)
from spreekruimte.verdicts.showing.pictures import Picture


def draw(result: ChannelResult) -> Picture | None:
    """Draw how judgements changed of who saw the results."""
    if result.changes is None:
        return None
    return _draw(
        "changes",
        _("Before and after seeing the results"),
        _("%(people)s judged and then saw the results.") % _count(result.changes),
        _(
            "The same people, before and after they saw what others find. Who looks does so of "
            "their own accord, so this does not say what made them change. Who answered “I don’t "
            "know” before or after does not count in the difference. The thin line is the margin."
        ),
        result.changes,
    )


def draw_reply(result: ChannelResult) -> Picture | None:
    """Draw how judgements changed after the public servant replied."""
    if result.reply is None:
        return None
    return _draw(
        "reply",
        _("Before and after the reply of the public servant"),
        _("%(people)s judged before the public servant replied.") % _count(result.reply),
        _(
            "The same people, before and after the reply could be read. Not all of them read it, "
            "and who did not judge again counts as not changed. More can have happened in that "
            "time. Who answered “I don’t know” before or after does not count in the difference. "
            "The thin line is the margin."
        ),
        result.reply,
    )


def _draw(name: str, title: str, people: str, explanation: str, changes: Changes) -> Picture:
    return Picture(
        name=name,
        title=title,
        sentence=f"{people} {_say(changes)}",
        explanation=explanation,
        table=_make_table(title, changes),
        rows=(
            ("group", "before", "after", "people", *COLUMNS),
            *(
                (name_group(scope - 1) if scope else "all", before, after, count, *_NO_CELLS)
                for scope, moves in enumerate(changes.moves)
                for before, row in zip(_ANSWERS, moves, strict=True)
                for after, count in zip(_ANSWERS, row, strict=True)
            ),
            *(
                (name_group(scope - 1) if scope else "all", "", "", None, *list_cells(figure))
                for scope, figure in enumerate(changes.change)
            ),
        ),
        parts=() if changes.change[0].estimate is None else draw_parts({title: changes.change}, {}),
    )


def _count(changes: Changes) -> dict[str, str]:
    return {"people": count_people(changes.people)}


_ANSWERS = ("not_admissible", "unknown", "admissible")
_NO_CELLS = (None,) * len(COLUMNS)


def _say(changes: Changes) -> str:
    moved = _("%(towards)s of them went towards admissible, %(away)s away from it.") % {
        "towards": write_count(changes.towards),
        "away": write_count(changes.away),
    }
    figure = changes.change[0]
    if figure.estimate is None:
        why = _("What that changes in the share is not told: %(why)s.")
        return f"{moved} {why % {'why': say_missing(figure.support)}}"
    change = _("The share that finds the post admissible changed by %(difference)s.")
    return f"{moved} {change % {'difference': write_difference(figure)}}"


def _make_table(title: str, changes: Changes) -> Table:
    answers = (_("Not admissible"), _("Don’t know"), _("Admissible"))
    rows = [
        (who, before, *(write_count(people) for people in row))
        for who, moves in zip(name_scopes(len(changes.moves)), changes.moves, strict=True)
        for before, row in zip(answers, moves, strict=True)
    ]
    after = (_("After: %(answer)s") % {"answer": answer} for answer in answers)
    return Table(title, (_("Who"), _("Before"), *after), rows)
