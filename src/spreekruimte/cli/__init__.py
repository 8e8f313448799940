"""The `spreekruimte` command, with a module per topic.

Each command reads its arguments, calls a function of a room below and tells what came out. What a
command needs is imported when it runs: nobody waits for the web side who judges a file.
"""

from spreekruimte.cli.application import app, main

__all__ = ["app", "main"]
