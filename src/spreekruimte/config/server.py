"""What gunicorn is started with."""

import gc
import os

from spreekruimte.config.databases import DATABASE

# One process lets ballots that come together share one write to the disk of SQLite; PostgreSQL
# does that by itself, and gets a process for each processor.
workers = max(2, os.cpu_count() or 1) if os.environ.get(DATABASE) else 1
worker_class = "gthread"
threads = 32
timeout = 60
graceful_timeout = 20
keepalive = 5
# No log of who asked for what: nobody's address is kept.
accesslog = None
loglevel = "warning"
# It would make a socket in the home folder, which a service may not have.
control_socket_disable = True


def post_worker_init(_worker: object) -> None:
    """Load every page before the first reader asks; a server that cannot do so does not start.

    What is loaded by then stays, so that the search for garbage need not go through it: that would
    hold up everybody for tenths of a second, now and then.
    """
    from django.urls import get_resolver

    get_resolver().check()
    gc.collect()
    gc.freeze()
