from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import translation
from hypothesis import settings
from tests.databases import (
    cluster,
    database,
    django_db_keepdb,
    django_db_modify_db_settings,
    django_db_setup,
    made_once,
    pytest_generate_tests,
)
from tests.peers.pds import bluesky_network
from tests.serving import live_server, served_by_ourselves
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

# Pytest takes from here what it finds by name.
__all__ = [
    "bluesky_network",
    "cluster",
    "database",
    "django_db_keepdb",
    "django_db_modify_db_settings",
    "django_db_setup",
    "live_server",
    "made_once",
    "pytest_generate_tests",
    "served_by_ourselves",
]

# The machines that run the tests are shared: how long one example takes says nothing.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let all readers of `tests/browser` be asked for, which takes twice as long."""
    parser.addoption(
        "--every-reader",
        action="store_true",
        help="visit the pages with every combination of scripts, width and colours",
    )


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Let no process remember the rounds of the test before: its database is another one."""
    # Only now, since the models need the settings of Django.
    from spreekruimte.ballots.routing import forget_counts

    forget_counts()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Let a password be hashed in a thousandth of the time that guessing is to take."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_found_once() -> Iterator[None]:
    """Let not every client of a test look again for each file of style and script."""
    found: dict[str, StaticFile] = {}
    look_for = WhiteNoiseMiddleware.add_files_from_finders

    def add_files(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look_for(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add_files)
        yield


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Begin in the language of the settings, whatever a test before has spoken."""
    translation.deactivate()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real votes, which stands beside the checkout and is not part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder with real votes (../shared/data) is not here")
    return SHARED_DATA
