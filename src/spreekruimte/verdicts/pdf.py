"""The report of a round as a tagged PDF (PDF/UA-1), for who prints, archives or listens."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Round
from spreekruimte.cases.sentences import Language
from spreekruimte.cases.stored import description_of
from spreekruimte.look.charts.standing_alone import stand_alone
from spreekruimte.look.printing import print_page
from spreekruimte.verdicts.queries.results import ChannelResult
from spreekruimte.verdicts.showing import Picture, make_pictures
from spreekruimte.verdicts.showing.judgement import explain_outcome, name_channel, say_verdict


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture as the PDF holds it: an image, since text in a drawing is not read aloud."""

    picture: Picture
    source: str


@dataclass(frozen=True, slots=True)
class PrintedChannel:
    """One channel as the PDF tells it."""

    name: str
    sentence: str
    meaning: str
    pictures: tuple[PrintedPicture, ...]


def render_pdf(
    round_: Round,
    results: tuple[ChannelResult, ...],
    *,
    language: Language,
    published_at: datetime,
) -> bytes:
    """Write the report of a round.

    Raises
    ------
    OSError
        Where the library that draws text is missing; see `spreekruimte.look.printing`.
    """
    with translation.override(language):
        page = render_to_string(
            "verdicts/pdf.html",
            {
                "language": language,
                "case": round_.case,
                "description": description_of(round_.case).in_language(language),
                "round": round_,
                "published_at": published_at,
                "channels": [_print_channel(result) for result in results],
                "title": _("What the public finds: case %(case)s, round %(round)s")
                % {"case": round_.case_id, "round": round_.number},
            },
        )
    return print_page(page)


def _print_channel(result: ChannelResult) -> PrintedChannel:
    return PrintedChannel(
        name=name_channel(result.channel),
        sentence=say_verdict(result.judgement),
        meaning=explain_outcome(result.judgement),
        pictures=tuple(_print_picture(picture) for picture in make_pictures(result)),
    )


def _print_picture(picture: Picture) -> PrintedPicture:
    if not picture.parts and picture.drawing is None:
        return PrintedPicture(picture, "")
    encoded = base64.b64encode(stand_alone(picture.svg)).decode()
    return PrintedPicture(picture, f"data:image/svg+xml;base64,{encoded}")
