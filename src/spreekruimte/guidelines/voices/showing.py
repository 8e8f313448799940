"""What the public answered about several voices: shares with intervals, in words and a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from spreekruimte.analysis.chill import FEWEST
from spreekruimte.analysis.rules.overreach import LEVEL
from spreekruimte.analysis.verdicts import bound_share_anytime
from spreekruimte.guidelines.voices.models import VoicesAnswer
from spreekruimte.look.numbers import write_count, write_percent, write_range
from spreekruimte.look.tables import Table
from spreekruimte.verdicts.documents import round_number
from spreekruimte.verdicts.showing.pictures import Part, Picture, draw_share

Answer = VoicesAnswer.Answer
OPINIONS = (Answer.HARM, Answer.NO_DIFFERENCE, Answer.HELP)


@dataclass(frozen=True, slots=True)
class Share:
    """The share of one answer among those with an opinion, with its interval, 0 to 1."""

    answer: VoicesAnswer.Answer
    count: int
    share: float
    low: float
    high: float


def measure_shares(counts: Mapping[VoicesAnswer.Answer, int]) -> tuple[Share, ...] | None:
    """Give the shares of harm, no difference and help; who does not know is left out.

    The intervals hold however often one looks, since the result is shown while people answer; and
    all three together with 95%, each being bounded at a third of the error (Bonferroni).

    Returns
    -------
    tuple or None
        None with fewer than twenty opinions.
    """
    given = np.array([counts[answer] for answer in OPINIONS], dtype=np.int64)
    total = int(given.sum())
    if total < FEWEST:
        return None
    lows, highs = bound_share_anytime(given, total - given, 1.0 - (1.0 - LEVEL) / len(OPINIONS))
    return tuple(
        Share(answer, int(count), float(count / total), float(low), float(high))
        for answer, count, low, high in zip(OPINIONS, given, lows, highs, strict=True)
    )


def say_shares(shares: tuple[Share, ...] | None) -> str:
    """Say in one sentence whether several voices harm or help trust, or that it is not known."""
    if shares is None:
        return _("Fewer than %(fewest)s people have given an opinion, so there are no figures.") % {
            "fewest": FEWEST
        }
    harm, _same, helps = shares
    if harm.high < helps.low:
        sentence = _("More people say that several voices help their trust than that they harm it.")
    elif helps.high < harm.low:
        sentence = _("More people say that several voices harm their trust than that they help it.")
    else:
        sentence = _("It is not clear whether several voices harm or help trust more.")
    return sentence


def draw(counts: Mapping[VoicesAnswer.Answer, int]) -> Picture | None:
    """Draw the shares; None with too few opinions."""
    shares = measure_shares(counts)
    if shares is None:
        return None
    title = _("What several voices do to trust")
    return Picture(
        name="voices",
        title=title,
        sentence=f"{'; '.join(map(_say, shares))}.",
        explanation=_(
            "The filled part is the share among those with an opinion. The thin line is the "
            "margin: all three true shares very likely lie there, however often one looks."
        ),
        table=_make_table(title, shares, counts),
        rows=(
            ("answer", "share", "low", "high", "count"),
            *(
                (
                    each.answer.value,
                    round_number(each.share),
                    round_number(each.low),
                    round_number(each.high),
                    each.count,
                )
                for each in shares
            ),
        ),
        parts=tuple(map(_draw, shares)),
    )


def _draw(share: Share) -> Part:
    label = str(share.answer.label)
    figures = (share.share, share.low, share.high)
    return Part(label, draw_share(*figures, title=label, description=_say(share)))


def _say(share: Share) -> str:
    return _("%(name)s: %(share)s (margin %(range)s)") % {
        "name": share.answer.label,
        "share": write_percent(share.share),
        "range": write_range(share.low, share.high),
    }


def _make_table(
    title: str, shares: tuple[Share, ...], counts: Mapping[VoicesAnswer.Answer, int]
) -> Table:
    unknown = Answer.UNKNOWN
    rows = [
        (
            str(each.answer.label),
            write_percent(each.share),
            write_range(each.low, each.high),
            write_count(each.count),
        )
        for each in shares
    ]
    rows.append((str(unknown.label), "", "", write_count(counts[unknown])))
    return Table(title, (_("Answer"), _("Share"), _("Margin"), _("People")), rows)
