"""All commands together, and how they end."""

from __future__ import annotations

import signal
import sys
from importlib.metadata import version
from types import FrameType
from typing import Annotated, NoReturn

import typer
from django.core.exceptions import ImproperlyConfigured, ValidationError

from spreekruimte.analysis.errors import InputError
from spreekruimte.cli.caring import doctor, expire
from spreekruimte.cli.cases import createcase, export, import_ballots
from spreekruimte.cli.channels import resume_channels, stop_channels
from spreekruimte.cli.judging import judge, verify
from spreekruimte.cli.keeping import backup, restore
from spreekruimte.cli.people import addmember, createadmin
from spreekruimte.cli.refusals import describe_error
from spreekruimte.cli.register import import_signals
from spreekruimte.cli.serving import up, worker
from spreekruimte.cli.starting import INTERRUPTED, REFUSED, TERMINATED
from spreekruimte.organisations.refusals import RefusedError

app = typer.Typer(
    name="spreekruimte",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    *(up, worker, createadmin, addmember),
    *(createcase, import_ballots, import_signals, export, verify, judge),
    *(doctor, backup, restore, expire),
    *(stop_channels, resume_channels),
):
    app.command()(command)


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.")
    ] = False,
) -> None:
    """Ask the public how much room a public servant has to speak.

    Without a command: starts the pages with a demonstration, as `up --demonstration`.
    """
    if show_version:
        typer.echo(f"spreekruimte {version('spreekruimte')}")
    elif context.invoked_subcommand is None:
        up(demonstration=True)


def main() -> NoReturn:
    """Run the command and leave with its status.

    It is 0 if all is well, 1 if a check finds something wrong, 2 if arguments or input are
    refused, 130 if interrupted and 143 if told to end.
    """
    signal.signal(signal.SIGTERM, _leave)
    try:
        app(prog_name="spreekruimte")
    except (InputError, RefusedError, ValidationError, ImproperlyConfigured) as error:
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
