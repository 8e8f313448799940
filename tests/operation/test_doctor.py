import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests.operation.test_backups import cast_some
from tests.organisations.people import make_member, make_organisation

from spreekruimte.ballots.models import Round
from spreekruimte.config.operator import Operator
from spreekruimte.config.serving import Address
from spreekruimte.config.single_sign_on import Provider
from spreekruimte.look import printing
from spreekruimte.operation.doctor import examine
from spreekruimte.operation.doctor.storing import kind_of_disk
from spreekruimte.operation.models import SignOfLife
from spreekruimte.organisations.append_only import keep_rows, release_rows
from spreekruimte.organisations.models import Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]


@task()
def fail() -> None:
    raise ValueError


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """The folder of an installation in which nothing is wrong, apart from Pango and the disk."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    backup = folder / "backups" / "one.tar.zst"
    backup.parent.mkdir()
    backup.touch()
    os.utime(backup, (NOW.timestamp(), NOW.timestamp()))
    settings.DATA_FOLDER = folder
    settings.ADDRESS = Address("https://ruimte.example", ("ruimte.example",), is_encrypted=True)
    settings.OPERATOR = Operator("Gemeente", "mailto:privacy@gemeente.example")
    settings.MAIL_IS_SENT = True
    settings.OPENID_CONNECT = None
    settings.RETENTION_MONTHS = 12
    settings.SECRET_KEY = "k" * 50
    member = make_member(make_organisation(), Role.ADMINISTRATOR)
    TOTP.activate(member, generate_totp_secret())
    SignOfLife.objects.create(worker="w", started_at=NOW, seen_at=NOW)
    return folder


def codes() -> set[str]:
    """What is found, apart from what depends on the machine of the test and its PostgreSQL."""
    found = {finding.code for finding in examine(now=NOW)}
    return found - {"pango-missing", "disk-filling", "disk-full", "commit-not-durable"}


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    assert codes() == set()


# Each change makes one thing wrong.

Change = Callable[[Settings, Path], object]


def use_http(settings: Settings, _folder: Path) -> None:
    settings.ADDRESS = Address("http://ruimte.example", ("ruimte.example",), is_encrypted=False)


def stay_local(settings: Settings, _folder: Path) -> None:
    settings.ADDRESS = Address("http://localhost:8000", ("localhost",), is_encrypted=False)


def shorten_key(settings: Settings, _folder: Path) -> None:
    settings.SECRET_KEY = "short"  # noqa: S105 - too short to be one


def forget_operator(settings: Settings, _folder: Path) -> None:
    settings.OPERATOR = Operator("", "mailto:privacy@gemeente.example")


def forget_contact(settings: Settings, _folder: Path) -> None:
    settings.OPERATOR = Operator("Gemeente", "")


def send_nothing(settings: Settings, _folder: Path) -> None:
    settings.MAIL_IS_SENT = False


def trust_nobody(settings: Settings, _folder: Path) -> None:
    settings.OPENID_CONNECT = Provider("http://127.0.0.1:9", "a", "b", "Elders", True, True)


def open_folder(_settings: Settings, folder: Path) -> None:
    folder.chmod(0o750)


def open_key(_settings: Settings, folder: Path) -> None:
    key = folder / "secret-key"
    key.touch()
    key.chmod(0o644)


def drop_backup(_settings: Settings, folder: Path) -> None:
    (folder / "backups" / "one.tar.zst").unlink()


def age_backup(_settings: Settings, folder: Path) -> None:
    before = (NOW - timedelta(days=3)).timestamp()
    os.utime(folder / "backups" / "one.tar.zst", (before, before))


def silence_worker(_settings: Settings, _folder: Path) -> None:
    SignOfLife.objects.update(seen_at=NOW - timedelta(minutes=2))


def leave_waiting(_settings: Settings, _folder: Path) -> None:
    fail.enqueue()
    DBTaskResult.objects.update(enqueued_at=NOW - timedelta(hours=1))


def leave_failed(_settings: Settings, _folder: Path) -> None:
    fail.enqueue()
    DBTaskResult.objects.get().set_failed(ValueError())
    DBTaskResult.objects.update(finished_at=NOW - timedelta(hours=1))


def drop_administrator(_settings: Settings, _folder: Path) -> None:
    User.objects.update(is_active=False)


def drop_organisation(_settings: Settings, _folder: Path) -> None:
    Membership.objects.all().delete()
    Organisation.objects.all().delete()


def add_weak_member(_settings: Settings, _folder: Path) -> None:
    make_member(Organisation.objects.get(), Role.EDITOR, email="second@waterdam.example")


def load_demonstration(_settings: Settings, _folder: Path) -> None:
    member = User.objects.get()
    organisation = make_organisation("demonstratie")
    Membership.objects.create(
        organisation=organisation, user=member, role=Role.ADMINISTRATOR, since=NOW
    )


def keep_too_long(_settings: Settings, _folder: Path) -> None:
    Organisation.objects.all().delete()
    cast_some(1)
    Round.objects.update(opened_at=NOW - timedelta(days=500), ended_at=NOW - timedelta(days=400))
    organisation = Organisation.objects.get()
    Membership.objects.create(
        organisation=organisation, user=User.objects.get(), role=Role.ADMINISTRATOR, since=NOW
    )


CHANGES: dict[str, Change] = {
    "address-not-encrypted": use_http,
    "address-local": stay_local,
    "key-short": shorten_key,
    "operator-unknown": forget_operator,
    "contact-unknown": forget_contact,
    "mail-not-sent": send_nothing,
    "provider-silent": trust_nobody,
    "folder-open": open_folder,
    "key-open": open_key,
    "backup-missing": drop_backup,
    "backup-old": age_backup,
    "worker-silent": silence_worker,
    "queue-slow": leave_waiting,
    "tasks-failed": leave_failed,
    "administrator-missing": drop_administrator,
    "organisation-missing": drop_organisation,
    "second-factor-missing": add_weak_member,
    "demonstration-reachable": load_demonstration,
    "retention-over": keep_too_long,
}


@pytest.mark.parametrize("code", CHANGES)
def test_each_thing_that_is_wrong_is_found(settings: Settings, folder: Path, code: str) -> None:
    CHANGES[code](settings, folder)
    assert codes() == {code}


def test_a_log_that_was_changed_is_found() -> None:
    Organisation.objects.all().delete()
    cast_some(2)
    Membership.objects.create(
        organisation=Organisation.objects.get(),
        user=User.objects.get(),
        role=Role.ADMINISTRATOR,
        since=NOW,
    )
    table = "ballots_logentry"
    with connection.cursor() as cursor:
        for statement in release_rows(connection.vendor, table):
            cursor.execute(statement)
        cursor.execute(f"UPDATE {table} SET commitment = %s", ["0" * 64])  # noqa: S608 - our own
        for statement in keep_rows(connection.vendor, table):
            cursor.execute(statement)
    assert codes() == {"log-broken"}


def test_tables_that_are_missing_are_found_and_nothing_is_asked_of_them() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("operation", "0001_initial")
    try:
        assert codes() == {"migrations-pending"}
    finally:
        recorder.record_applied("operation", "0001_initial")


def test_a_database_that_loses_commits_is_found(database: str) -> None:
    with connection.cursor() as cursor:
        if database == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
        else:
            cursor.execute("SET synchronous_commit = off")
    try:
        assert "commit-not-durable" in {finding.code for finding in examine(now=NOW)}
    finally:
        connection.close()


@pytest.mark.parametrize(("free", "code"), [(1_000, "disk-full"), (10**9, "disk-filling")])
def test_a_disk_that_fills_is_found(
    monkeypatch: pytest.MonkeyPatch, folder: Path, free: int, code: str
) -> None:
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=free))
    assert code in {finding.code for finding in examine(now=NOW)}


def test_a_machine_that_cannot_draw_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "spreekruimte.operation.doctor.reaching.find_obstacle", lambda: "no libpango"
    )
    assert printing.find_obstacle() != "no libpango"
    assert "pango-missing" in {finding.code for finding in examine(now=NOW)}


@pytest.mark.parametrize(
    ("place", "kind"),
    [("/srv/data/x", "nfs4"), ("/srv", "ext4"), ("/mnt/with space/x", "cifs")],
)
def test_the_disk_of_a_path_is_the_one_that_is_mounted_nearest(place: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nhost:/data /srv/data nfs4 rw 0 0\n"
        "//host/x /mnt/with\\040space cifs rw 0 0\n"
    )
    assert kind_of_disk(Path(place), mounts) == kind


# A provider that answers


@pytest.fixture
def issuer() -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"issuer": "https://somebody.example/"}).encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_provider_that_calls_itself_otherwise_is_found(settings: Settings, issuer: str) -> None:
    settings.OPENID_CONNECT = Provider(issuer, "a", "b", "Elders", True, True)
    assert codes() == {"provider-differs"}


def test_the_guide_says_what_to_do_about_each_finding() -> None:
    guide = (ROOT / "docs" / "operators" / "index.md").read_text(encoding="utf-8")
    documented = re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| (`.*?) \|", guide, re.M)))
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/spreekruimte/operation/doctor").glob("*.py")
    )
    given = set(re.findall(r'(?:error|warning)\(\s*"([a-z-]+)"', source))
    given |= {"folder-open", "key-open"}
    assert given == {each for each in documented if "-" in each and each in given | set(CHANGES)}
    assert given <= set(documented)
