import json
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from django.db import connection
from django.utils import translation
from tests.ballots.rounds import make_round, someone
from tests.organisations.people import NOW

from spreekruimte.analysis.errors import InputError
from spreekruimte.ballots.actions.casting import Answer, cast_ballot
from spreekruimte.ballots.models import Ballot, LogEntry, Question, Round
from spreekruimte.cli.refusals import describe_error
from spreekruimte.operation.archives import extract, read_manifest
from spreekruimte.operation.backing_up import back_up
from spreekruimte.operation.chains import find_broken_logs
from spreekruimte.operation.restoring import restore
from spreekruimte.organisations.append_only import release_rows
from spreekruimte.organisations.models import AuditEntry, Organisation
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db(transaction=True)

LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Installation:
    """The folder of an installation on the database of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "files"
        self.key = folder / "secret-key"
        self.kept = folder / "backups"
        folder.mkdir(parents=True)
        self.key.write_text("a key\n")

    def put(self, name: str, content: str) -> None:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    def back_up(self, name: str = "backup", *, with_key: bool = True) -> Path:
        target = self.folder.parent / name
        back_up(target, files=self.files, key=self.key if with_key else None, now=LATER)
        return target

    def restore(self, source: Path, *, replace: bool = True) -> None:
        restore(source, files=self.files, key=self.key, kept=self.kept, replace=replace, now=LATER)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "data")


def cast_some(number: int = 3) -> Round:
    round_ = make_round()
    for _ in range(number):
        cast_ballot(
            round_id=round_.pk,
            respondent=someone(),
            answer=Answer(Question.JUDGEMENT, 1),
            now=NOW + timedelta(minutes=1),
        )
    return round_


def test_what_was_backed_up_comes_back_and_its_logs_are_whole(installation: Installation) -> None:
    round_ = cast_some()
    installation.put("verdicts/1/report.pdf", "a report")
    source = installation.back_up()
    before = [AuditEntry.objects.count(), LogEntry.objects.count(), Ballot.objects.count()]
    Organisation.objects.create(name="Later", slug="later")
    cast_ballot(
        round_id=round_.pk,
        respondent=someone(),
        answer=Answer(Question.JUDGEMENT, -1),
        now=NOW + timedelta(minutes=2),
    )
    installation.put("verdicts/1/report.pdf", "changed")
    installation.put("verdicts/2/report.pdf", "new")
    installation.key.write_text("another key\n")
    installation.restore(source)
    assert [AuditEntry.objects.count(), LogEntry.objects.count(), Ballot.objects.count()] == before
    assert not Organisation.objects.filter(slug="later").exists()
    assert (installation.files / "verdicts/1/report.pdf").read_text() == "a report"
    assert not (installation.files / "verdicts/2").exists()
    assert installation.key.read_text() == "a key\n"
    assert find_broken_logs() == []
    # What was there is kept beside it.
    (kept,) = installation.kept.iterdir()
    assert (kept / "secret-key").read_text() == "another key\n"
    assert (kept / "files" / "verdicts/1/report.pdf").read_text() == "changed"
    assert any(each.name.startswith("database.") for each in kept.iterdir())


def test_a_restored_database_still_keeps_its_rows(installation: Installation) -> None:
    cast_some()
    installation.restore(installation.back_up())
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ballots_logentry")


def test_a_restored_log_goes_on(installation: Installation) -> None:
    round_ = cast_some(2)
    installation.restore(installation.back_up())
    cast = cast_ballot(
        round_id=round_.pk,
        respondent=someone(),
        answer=Answer(Question.JUDGEMENT, 0),
        now=NOW + timedelta(minutes=2),
    )
    assert cast.position == 3
    assert find_broken_logs() == []


def test_a_backup_is_for_its_owner_alone_and_says_what_it_holds(
    installation: Installation, database: str
) -> None:
    installation.put("one.txt", "1")
    source = installation.back_up()
    assert stat.S_IMODE(source.stat().st_mode) == 0o600
    manifest = read_manifest(source)
    assert manifest.vendor == database
    assert manifest.made_at == "2026-12-01T12:00:00+00:00"
    assert manifest.migrations["ballots"].startswith("0")
    kind = "database.sqlite3" if database == "sqlite" else "database.dump"
    assert sorted(manifest.members) == [kind, "files/one.txt", "secret-key"]
    assert [each.name for each in source.parent.iterdir() if each.name.startswith(".")] == []


def test_the_key_can_be_left_out(installation: Installation) -> None:
    source = installation.back_up(with_key=False)
    assert "secret-key" not in read_manifest(source).members
    installation.key.write_text("mine\n")
    installation.restore(source)
    assert installation.key.read_text() == "mine\n"


def test_nothing_is_written_over_by_a_backup(installation: Installation) -> None:
    there = installation.folder.parent / "backup"
    there.write_text("a thesis")
    with pytest.raises(RefusedError):
        installation.back_up()
    assert there.read_text() == "a thesis"


def test_what_is_there_is_not_replaced_by_surprise(installation: Installation) -> None:
    source = installation.back_up()
    organisation = Organisation.objects.create(name="Later", slug="later")
    with translation.override("nl"), pytest.raises(RefusedError, match="--replace"):
        installation.restore(source, replace=False)
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    assert not installation.kept.exists()
    assert [each.name for each in installation.folder.iterdir()] == ["secret-key"]


# Backups that are none, or not whole


def cut_off(packed: bytes) -> bytes:
    return packed[: len(packed) // 2]


def repack(change: Callable[[dict[str, bytes]], None]) -> Callable[[bytes], bytes]:
    """Return what changes the members of a backup and packs them again."""

    def damage(packed: bytes) -> bytes:
        unpacked = zstandard.ZstdDecompressor().decompressobj().decompress(packed)
        with tarfile.open(fileobj=BytesIO(unpacked)) as archive:
            members = {}
            for each in archive:
                content = archive.extractfile(each)
                assert content is not None
                members[each.name] = content.read()
        change(members)
        written = BytesIO()
        with closing(tarfile.open(fileobj=written, mode="w")) as archive:
            for name, packed_again in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(packed_again)
                archive.addfile(entry, BytesIO(packed_again))
        return zstandard.compress(written.getvalue())

    return damage


def change_key(members: dict[str, bytes]) -> None:
    members["secret-key"] = b"b key\n"


def drop_key(members: dict[str, bytes]) -> None:
    del members["secret-key"]


def add_one(members: dict[str, bytes]) -> None:
    members["../outside"] = b"bad"


def change_manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        document = {**json.loads(members["manifest.json"]), **changes}
        members["manifest.json"] = json.dumps(document).encode()

    return change


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _packed: b"", "geen back-up"),
    "something else": (lambda _packed: b"PK\x03\x04" * 100, "geen back-up"),
    "cut off": (cut_off, "geen back-up|mist"),
    "a member changed": (repack(change_key), "secret-key is niet meer"),
    "a member missing": (repack(drop_key), "secret-key ontbreekt"),
    "a member too many": (repack(add_one), "../outside"),
    "another format": (repack(change_manifest(format="spreekruimte backup 9")), "andere vorm"),
    "a manifest of nonsense": (repack(change_manifest(members=[1])), "geen back-up"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_backup_that_is_not_whole_changes_nothing(installation: Installation, kind: str) -> None:
    damage, told = DAMAGE[kind]
    source = installation.back_up()
    source.write_bytes(damage(source.read_bytes()))
    Organisation.objects.create(name="Later", slug="later")
    with pytest.raises(InputError) as refused:
        installation.restore(source)
    with translation.override("nl"):
        sentence = describe_error(refused.value)
    assert any(each in sentence for each in told.split("|")), sentence
    assert Organisation.objects.filter(slug="later").exists()
    assert not installation.kept.exists()


def test_a_file_that_is_not_there_is_no_backup(installation: Installation) -> None:
    with pytest.raises(InputError):
        extract(installation.folder / "nothing")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vendor": "oracle"}, "oracle"),
        ({"migrations": {"ballots": "9999_from_the_future"}}, "9999_from_the_future"),
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(
    installation: Installation, changes: dict[str, object], told: str
) -> None:
    source = installation.back_up()
    source.write_bytes(repack(change_manifest(**changes))(source.read_bytes()))
    with pytest.raises(RefusedError, match=told):
        installation.restore(source)
    assert not installation.kept.exists()


# Logs


def test_a_log_that_was_changed_is_found() -> None:
    round_ = cast_some()
    with connection.cursor() as cursor:
        for statement in release_rows(connection.vendor, "ballots_logentry"):
            cursor.execute(statement)
        cursor.execute(
            "UPDATE ballots_logentry SET commitment = %s WHERE round_id = %s AND position = 2",
            ["0" * 64, round_.pk],
        )
    (broken,) = find_broken_logs()
    assert broken.round == round_.log_name
    assert broken.fault.position == 3
