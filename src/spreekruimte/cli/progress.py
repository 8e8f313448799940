"""Show on the terminal how far something is, once it takes a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

# Whatever takes less long needs no progress bar.
PATIENCE = 1.0

Show = Callable[[str, int, int | None], None]


@contextmanager
def show_progress() -> Iterator[Show]:
    """Show how far reading and computing are, once they take a while.

    Yields
    ------
    callable
        To be told the name of a file that is read or of a step, what is done of it and what
        there is to do, if known.
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
        # The steps share one bar; each file has its own.
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
    """Say what a step does; nothing for other names."""
    steps = {
        "groups": _("Looking for opinion groups"),
        "bridging": _("Measuring agreement across groups"),
        "integrity": _("Looking for pushed statements"),
        "verdicts": _("Deciding outcomes"),
        "migrate": _("Preparing the database"),
        "demonstration": _("Letting simulated citizens vote"),
        "backup-database": _("Copying the database"),
        "backup-files": _("Copying files"),
        "backup-check": _("Checking the backup"),
        "restore-check": _("Checking the backup"),
        "restore-place": _("Putting the backup in place"),
        "chains": _("Checking the logs of ballots"),
    }
    return steps.get(name, "")
