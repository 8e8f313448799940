import stat
from pathlib import Path

import pytest
from django.utils import translation

from spreekruimte.operation.installation import hold_folder, make_folder, make_secret_key
from spreekruimte.organisations.refusals import RefusedError


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_can_enter_the_data_folder(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    make_folder(folder)
    assert mode_of(folder) == 0o700


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o750)
    make_folder(folder)
    assert mode_of(folder) == 0o750


def test_the_key_is_long_for_its_owner_alone_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    make_secret_key(path)
    first = path.read_text("ascii")
    make_secret_key(path)
    assert path.read_text("ascii") == first
    assert len(first.strip()) >= 60
    assert mode_of(path) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret-key"]


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    for name in ("one", "other"):
        make_secret_key(tmp_path / name)
    assert (tmp_path / "one").read_text() != (tmp_path / "other").read_text()


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with (
        translation.override("nl"),
        hold_folder(tmp_path),
        pytest.raises(RefusedError, match="draait al op de map"),
        hold_folder(tmp_path),
    ):
        pytest.fail("two held it")
    with hold_folder(tmp_path):
        pass
