from pathlib import Path

import pytest
from tests.verdicts.judgements import make_judgement

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.replay import read_replay
from spreekruimte.verdicts import publish as publishing
from spreekruimte.verdicts.files import REPLAY, REPORT, STATEMENTS, VERDICT
from spreekruimte.verdicts.publication import Publication
from spreekruimte.verdicts.publish import check_destination, publish

WRITTEN = sorted([VERDICT, STATEMENTS, REPORT, REPLAY])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_result_is_written_with_the_folders_on_the_way(tmp_path: Path) -> None:
    judgement = make_judgement()
    publish(judgement, tmp_path / "a" / "b" / "out", Publication("en", simulated=True))
    assert names(tmp_path / "a" / "b" / "out") == WRITTEN
    assert names(tmp_path / "a" / "b") == ["out"]
    replay = read_replay(tmp_path / "a" / "b" / "out" / REPLAY)
    assert replay.settings == {"language": "en", "simulated": True, "polis": False}
    assert replay.matrix.participant_ids == judgement.matrix.participant_ids


def test_an_earlier_result_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(make_judgement(), out, Publication("nl"))
    earlier = (out / REPORT).read_bytes()
    publish(make_judgement(), out, Publication("en"))
    assert names(out) == WRITTEN
    assert (out / REPORT).read_bytes() != earlier
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    publish(make_judgement(), tmp_path / "out", Publication())
    assert names(tmp_path / "out") == WRITTEN


@pytest.mark.parametrize("present", [["thesis.txt"], [*WRITTEN, "thesis.txt"], [REPORT]])
def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, present: list[str]) -> None:
    for name in present:
        (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match="something else than an earlier result"):
        publish(make_judgement(), tmp_path, Publication())
    assert names(tmp_path) == sorted(present)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"mine"}


def test_a_file_is_no_destination(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="something else"):
        check_destination(tmp_path / "out")


class Interrupted(BaseException):
    """Stands for whatever ends a run halfway."""


@pytest.mark.parametrize("failure", [Interrupted, ValueError])
def test_nothing_is_left_of_a_run_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise failure

    monkeypatch.setattr(publishing, "render_files", fail)
    with pytest.raises(failure):
        publish(make_judgement(), tmp_path / "a" / "b" / "out", Publication())
    assert names(tmp_path) == []


def test_the_earlier_result_survives_a_run_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    publish(make_judgement(), out, Publication("nl"))
    earlier = (out / REPORT).read_bytes()
    rename = Path.rename

    def fail_on_arrival(path: Path, target: Path) -> Path:
        if target == out and (path / REPORT).read_bytes() != earlier:
            raise Interrupted
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_on_arrival)
    with pytest.raises(Interrupted):
        publish(make_judgement(), out, Publication("en"))
    assert names(tmp_path) == ["out"]
    assert (out / REPORT).read_bytes() == earlier


def test_a_place_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match=r"cannot be written: .+\."):
        publish(make_judgement(), tmp_path / "file" / "out", Publication())
    assert names(tmp_path) == ["file"]
