"""The `spreekruimte` command."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Annotated, NoReturn

import django
import typer
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from spreekruimte.analysis.errors import InputError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spreekruimte.config.settings")
django.setup()

DIFFERENT, REFUSED, INTERRUPTED, TERMINATED = 1, 2, 130, 143
DEMONSTRATION = "demonstration/replay.jsonl.zst"
# Differences that are shown; the rest is counted.
SHOWN = 20
# Whatever takes less long needs no progress bar.
PATIENCE = 1.0


class Language(StrEnum):
    """The languages of reports and messages."""

    nl = "nl"
    en = "en"


class Peer(StrEnum):
    """The systems whose published quantities can be computed too."""

    polis = "polis"


Lang = Annotated[Language, typer.Option("--lang", help="Language of the report and of messages.")]

app = typer.Typer(
    name="spreekruimte",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> NoReturn:
    """Run the command and leave with its status.

    It is 0 if all is well, 1 if `verify` finds a difference, 2 if arguments or input are
    refused, 130 if interrupted and 143 if told to end.
    """
    signal.signal(signal.SIGTERM, _leave)
    try:
        app(prog_name="spreekruimte")
    except InputError as error:
        typer.echo(f"spreekruimte: {describe_error(error)}", err=True)
        sys.exit(REFUSED)
    except SystemError as error:
        sys.exit(_find_stop(error))
    sys.exit()


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Leave in the ordinary way, so that nothing half-done stays behind."""
    sys.exit(TERMINATED)


def _find_stop(error: BaseException) -> int:
    """Find the status to leave with in an error that a signal inside compiled code became.

    Raises
    ------
    BaseException
        The error itself, if no signal caused it.
    """
    cause = error.__cause__
    while cause is not None:
        if isinstance(cause, KeyboardInterrupt):
            return INTERRUPTED
        if isinstance(cause, SystemExit):
            return TERMINATED
        cause = cause.__cause__
    raise error


def describe_error(error: InputError) -> str:
    """Tell what is wrong with an input in one sentence, in the active language."""
    sentence = _(error.template).format(**error.values)
    if error.path is None:
        return sentence
    if error.line is None:
        return f"{error.path.name}: {sentence}"
    return _("%(file)s, line %(line)s: %(sentence)s") % {
        "file": error.path.name,
        "line": error.line,
        "sentence": sentence,
    }


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.")
    ] = False,
) -> None:
    """Ask the public how much room a public servant has to speak.

    Without a command: judges a bundled simulated conversation into build/demonstration.
    """
    if show_version:
        typer.echo(f"spreekruimte {version('spreekruimte')}")
    elif context.invoked_subcommand is None:
        with as_file(files("spreekruimte.verdicts").joinpath(DEMONSTRATION)) as source:
            judge(source, Path("build") / "demonstration")


@app.command()
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
    translation.activate(lang)
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


@app.command()
def verify(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Folder that `spreekruimte judge` wrote.", show_default=False
        ),
    ],
    lang: Lang = Language.nl,
) -> None:
    """Recompute a result from its replay file and compare every file byte by byte.

    Leaves with status 0 if all is equal, 1 if anything differs, 2 if it cannot be read.
    """
    translation.activate(lang)
    from spreekruimte.verdicts.verify import verify as find_differences

    with show_progress() as progress:
        differences = find_differences(folder, progress=progress)
    if not differences:
        typer.echo(
            _("Equal: every file in %(folder)s follows from its votes.") % {"folder": folder}
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


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """Show on the terminal how far reading and judging are, once they take a while.

    Yields
    ------
    callable
        To be told the name of a file that is read or of a step of judging, what is done
        of it and what there is to do, if known.
    """
    console = Console(stderr=True)
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    tasks: dict[str, TaskID] = {}
    shown_from = monotonic() + PATIENCE

    def show(name: str, done: int, total: int | None) -> None:
        step = describe_step(name)
        # The steps of judging share one bar; each file has its own.
        key, description = ("", step) if step else (name, _("Reading %(file)s") % {"file": name})
        if key not in tasks:
            tasks[key] = bars.add_task(escape(description))
        bars.update(tasks[key], description=escape(description), completed=done, total=total)
        if monotonic() > shown_from:
            bars.start()

    try:
        yield show
    finally:
        bars.stop()


def describe_step(name: str) -> str:
    """Say what a step of judging does; nothing for other names."""
    steps = {
        "groups": _("Looking for opinion groups"),
        "bridging": _("Measuring agreement across groups"),
        "integrity": _("Looking for pushed statements"),
        "verdicts": _("Deciding outcomes"),
    }
    return steps.get(name, "")
