"""Judge the votes of a conversation, and check what came out."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from pathlib import Path
from string import hexdigits
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.cli.progress import show_progress
from spreekruimte.cli.starting import DIFFERENT, Lang, Language, start

# Differences that are shown; the rest is counted.
SHOWN = 20
DIGEST = 64

if TYPE_CHECKING:
    from spreekruimte.ballots.chain import Head


class Peer(StrEnum):
    """The systems whose published quantities can be computed too."""

    polis = "polis"


def judge(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="Votes: an export folder of Polis or Remesh, a table (.csv or .parquet), "
            "or a replay file (.jsonl.zst).",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for the result; replaces an earlier result, and nothing else.",
            show_default=False,
        ),
    ],
    lang: Lang = Language.nl,
    compat: Annotated[
        Peer | None,
        typer.Option(help="Write what this system would have published as well."),
    ] = None,
    level: Annotated[
        float,
        typer.Option(
            min=0.5, max=0.999, help="Chance that a margin in the result holds the true share."
        ),
    ] = 0.9,
    false_alarm: Annotated[
        float,
        typer.Option(
            min=0.001, max=0.5, help="Chance of finding opinion groups where there are none."
        ),
    ] = 0.05,
    simulated: Annotated[
        bool,
        typer.Option("--simulated", help="The votes are made up; the report says so on top."),
    ] = False,
) -> None:
    """Judge the votes of a conversation and write the result into a folder.

    Writes verdict.json, statements.csv, report.html and replay.jsonl.zst.
    """
    start(lang)
    # The engine takes a second to load, which nobody should wait for who only asks for help.
    from spreekruimte.analysis.verdicts import Rules
    from spreekruimte.analysis.votes.sources import read_votes
    from spreekruimte.verdicts.compute import judge_votes
    from spreekruimte.verdicts.files import REPORT
    from spreekruimte.verdicts.publication import Publication, says_simulated
    from spreekruimte.verdicts.publish import check_destination, publish

    check_destination(out)
    with show_progress() as progress:
        matrix = read_votes(source, progress=progress)
        rules = Rules(credible_level=level, false_alarm=false_alarm)
        judgement = judge_votes(matrix, rules, progress=progress)
    publication = Publication(
        language=lang.value,
        simulated=simulated or says_simulated(source),
        polis=compat is Peer.polis,
    )
    publish(judgement, out, publication)
    typer.echo(
        _("%(count)s statements judged; the report is %(report)s")
        % {"count": len(judgement.results), "report": out / REPORT}
    )


def verify(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="The address of a case, or a folder that `export` or `judge` wrote.",
            show_default=False,
        ),
    ],
    head: Annotated[
        list[str] | None,
        typer.Option(
            "--head",
            metavar="LENGTH:DIGEST",
            help="A head of the log of ballots that you kept from earlier; repeat for more.",
        ),
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Recompute what is published from its replay file, and compare every file byte by byte.

    Leaves with status 0 if all is equal, 1 if anything differs, 2 if it cannot be read.
    """
    start(lang)
    from spreekruimte.verdicts.verify_case import verify_source

    heads = [_read_head(each) for each in head or ()]
    with show_progress() as progress:
        differences = verify_source(source, heads=heads, progress=progress)
    if not differences:
        typer.echo(
            _("Equal: every file in %(folder)s follows from its votes.") % {"folder": source}
        )
        return
    for difference in islice(differences, SHOWN):
        typer.echo(
            _("%(file)s %(place)s: published %(published)s, recomputed %(recomputed)s")
            % {
                "file": difference.file,
                "place": difference.place,
                "published": difference.published,
                "recomputed": difference.recomputed,
            }
        )
    typer.echo(
        ngettext(
            "Different in %(count)s place.", "Different in %(count)s places.", len(differences)
        )
        % {"count": len(differences)}
    )
    raise typer.Exit(DIFFERENT)


def _read_head(text: str) -> Head:
    from spreekruimte.analysis.errors import InputError
    from spreekruimte.ballots.chain import Head

    length, _colon, digest = text.partition(":")
    if not (length.isdecimal() and len(digest) == DIGEST and set(digest) <= set(hexdigits)):
        raise InputError("A head is a number, a colon and 64 hexadecimal digits.")
    return Head(int(length), digest.lower())
