"""Stop what goes out to networks, and let it go on, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _

from spreekruimte.cli.people import find_organisation
from spreekruimte.cli.starting import Lang, Language, start

if TYPE_CHECKING:
    from spreekruimte.organisations.models import Organisation

OfWhom = Annotated[
    str,
    typer.Option(
        "--organisation",
        metavar="SLUG",
        help="What stands for the public body in addresses; without it, all of the installation.",
        show_default=False,
    ),
]


def stop_channels(organisation: OfWhom = "", lang: Lang = Language.nl) -> None:
    """Let nothing go out to networks and read nothing there; what waits is kept.

    What is being sent at this moment may still arrive.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.channels.actions.stopping import stop_everything
    from spreekruimte.organisations.models import OPERATOR

    stop_everything(organisation=_find(organisation), actor=OPERATOR, now=timezone.now())
    typer.echo(_("Nothing goes out to networks any more. `resume-channels` lets it go on."))


def resume_channels(organisation: OfWhom = "", lang: Lang = Language.nl) -> None:
    """Let what waits go out to networks again.

    What an editor stopped for one organisation is let go on for that organisation only.
    """
    start(lang)
    from django.utils import timezone

    from spreekruimte.channels.actions.stopping import resume
    from spreekruimte.organisations.models import OPERATOR

    resume(organisation=_find(organisation), actor=OPERATOR, now=timezone.now())
    typer.echo(_("What waits goes out again."))


def _find(slug: str) -> Organisation | None:
    """Give the organisation of a slug; None for all of the installation."""
    return find_organisation(slug) if slug else None
