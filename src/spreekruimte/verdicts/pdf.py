"""The report of a round as a tagged PDF (PDF/UA-1), for who prints, archives or listens."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Round
from spreekruimte.cases.sentences import Language
from spreekruimte.cases.stored import description_of
from spreekruimte.look.charts.standing_alone import stand_alone
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


@cache
def find_obstacle() -> str | None:
    """Say what keeps this machine from making PDFs; None if nothing does."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        # WeasyPrint draws text with Pango, a library of the system.
        return str(error).partition("\n")[0]
    return None


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
        Where the library that draws text is missing; see `find_obstacle`.
    """
    # Only now: it takes a while to load, and is missing on some machines.
    import weasyprint
    from weasyprint.urls import URLFetcher

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
    # A report holds all that it shows: nothing is read from a network or a disk.
    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return written


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
