import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
# Fails at the first database that is opened or file that is written.
WATCHED = """
import sys

def watch(event, arguments):
    if event == "sqlite3.connect":
        sys.exit(f"opened a database: {arguments}")

sys.addaudithook(watch)
from spreekruimte.cli.starting import Language, start
import spreekruimte.cli
start(Language.nl)
from django.conf import settings
from django.db import connection

assert connection.connection is None
assert not {"psycopg", "granian", "weasyprint", "numba"} & set(sys.modules)
print(settings.DATA_FOLDER)
"""
LOADED_LATE = ("scipy.stats", "scipy.optimize", "scipy.signal", "scipy.interpolate", "weasyprint")
PAGES = """
import sys
import django

django.setup()
from django.urls import get_resolver

assert get_resolver().url_patterns
print(*sys.modules)
"""


def run(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=place,
        env={**kept, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_starts_without_a_database_and_without_settings(tmp_path: Path) -> None:
    outcome = run(tmp_path, "-c", WATCHED)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip() == "/var/lib/spreekruimte"
    assert list(tmp_path.iterdir()) == []


def test_the_command_does_not_make_the_data_folder(tmp_path: Path) -> None:
    outcome = run(tmp_path, "-c", WATCHED, SPREEKRUIMTE_DATA="data")
    assert outcome.stdout.strip() == str(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


def test_the_models_and_the_migrations_agree(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        *("-m", "django", "makemigrations", "--check", "--dry-run"),
        DJANGO_SETTINGS_MODULE="spreekruimte.config.settings",
        SPREEKRUIMTE_DATA=str(tmp_path),
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_django_finds_nothing_wrong(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        *("-m", "django", "check", "--fail-level", "WARNING"),
        DJANGO_SETTINGS_MODULE="spreekruimte.config.settings",
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_all_pages_start_without_what_is_slow_to_load_and_seldom_needed(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        *("-c", PAGES),
        DJANGO_SETTINGS_MODULE="spreekruimte.config.settings",
        SPREEKRUIMTE_DATA=str(tmp_path),
    )
    assert outcome.returncode == 0, outcome.stderr
    loaded = set(outcome.stdout.split())
    assert "spreekruimte.verdicts.compute" in loaded
    assert not loaded & set(LOADED_LATE)
