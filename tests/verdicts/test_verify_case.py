"""Checking a published case, from its address and from a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from tests.cases.stored import prepare_framed, submit
from tests.verdicts.results import asked, judge, publish, published
from tests.verdicts.rounds import citizen, erase, fill, finish, start_round

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.replay import read_replay, write_replay
from spreekruimte.ballots.chain import Head
from spreekruimte.ballots.models import Channel, Round
from spreekruimte.verdicts.actions.exporting import export_results
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.publish import publish as publish_folder
from spreekruimte.verdicts.result_files import LIST, read_list
from spreekruimte.verdicts.verify_case import verify_source

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("storage", "at_soon"),
]

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def exports() -> dict[str, Path]:
    """Keep what was exported from each database: making it takes longer than any of the tests."""
    return {}


@pytest.fixture
def folder(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, exports: dict[str, Path]
) -> Path:
    if connection.vendor not in exports:
        exports[connection.vendor] = tmp_path_factory.mktemp("exported") / "out"
        export_results(case=published().case, folder=exports[connection.vendor])
    return Path(shutil.copytree(exports[connection.vendor], tmp_path / "out"))


def rewrite_list(folder: Path) -> None:
    """Let the list of files say what is there, as who forged it would."""
    import hashlib

    path = folder / LIST
    listed = json.loads(path.read_text())
    for round_ in listed["rounds"]:
        for file in round_["files"]:
            content = (folder / file["path"]).read_bytes()
            file["size"], file["sha256"] = len(content), hashlib.sha256(content).hexdigest()
    path.write_text(json.dumps(listed))


# From the web


def test_a_case_is_checked_from_its_address(live_server: LiveServer) -> None:
    round_ = published()
    base = f"{live_server.url}/cases/{round_.case_id}/"
    for address in (base, base.rstrip("/"), f"{base}result/", f"{base}result/files.json"):
        assert verify_source(address) == []


def test_a_case_that_is_asked_has_nothing_to_check(live_server: LiveServer) -> None:
    round_ = asked()
    with pytest.raises(InputError, match="status 403"):
        verify_source(f"{live_server.url}/cases/{round_.case_id}/")


@pytest.mark.parametrize("path", ["", "/cases/", "/cases/x/", "/desk/"])
def test_what_is_no_address_of_a_case_is_refused(path: str) -> None:
    with pytest.raises(InputError, match="not the address of a case"):
        verify_source(f"http://127.0.0.1:9{path}")


# From a folder


def test_a_folder_that_was_exported_is_as_it_should_be(folder: Path) -> None:
    assert verify_source(str(folder)) == []


def test_a_head_that_was_kept_from_earlier_is_held_to(folder: Path) -> None:
    (listed,) = read_list(json.loads((folder / LIST).read_text()))
    kept = Head(listed.head_length, listed.head_digest)
    assert verify_source(str(folder), heads=[kept]) == []
    (difference,) = verify_source(str(folder), heads=[Head(kept.length - 1, "0" * 64)])
    assert difference.file == "1/log.jsonl"


def _change_number(folder: Path) -> None:
    path = folder / "1/open/verdict.json"
    path.write_text(path.read_text().replace('"participants": 40', '"participants": 41'))


def _drop_line(folder: Path) -> None:
    path = folder / "1/log.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


def _change_measure(folder: Path) -> None:
    path = folder / "1/panel/case.json"
    path.write_text(path.read_text().replace('"count": 0', '"count": 7', 1))


def _drop_participant(folder: Path) -> None:
    """Leave a participant out and compute everything else again, as a forger would."""
    from spreekruimte.verdicts.compute import judge_votes
    from spreekruimte.verdicts.method import read_rules
    from spreekruimte.verdicts.publication import Publication

    place = folder / "1/panel"
    replay = read_replay(place / "replay.jsonl.zst")
    keep = [True] * replay.matrix.participant_count
    keep[0] = False
    import numpy as np

    fewer = replay.matrix.select_participants(np.array(keep))
    judgement = judge_votes(fewer, read_rules(replay.method))
    votes = (place / "votes.parquet").read_bytes()
    shutil.rmtree(place)
    publish_folder(judgement, place, Publication.from_settings(replay.settings))
    (place / "votes.parquet").write_bytes(votes)


def _exchange_channels(folder: Path) -> None:
    (folder / "1/open").rename(folder / "1/other")
    (folder / "1/panel").rename(folder / "1/open")
    (folder / "1/other").rename(folder / "1/panel")


def _add_votes(folder: Path) -> None:
    place = folder / "1/open"
    replay = read_replay(place / "replay.jsonl.zst")
    settings = json.loads(json.dumps(replay.settings))
    settings["case"]["ballots"] = 3
    write_replay(replay.matrix, place / "replay.jsonl.zst", method=replay.method, settings=settings)


@pytest.mark.parametrize(
    ("change", "file"),
    [
        (_change_number, "1/open/verdict.json"),
        (_drop_line, "1/log.jsonl"),
        (_change_measure, "1/panel/case.json"),
        (_drop_participant, "1/panel/votes.parquet"),
        (_exchange_channels, "1/open/case.json"),
        (_add_votes, "1/log.jsonl"),
    ],
)
def test_what_was_changed_is_found_also_by_who_changed_the_list_too(
    folder: Path, change: Change, file: str
) -> None:
    change(folder)
    assert any(each.file == LIST for each in verify_source(str(folder)))
    rewrite_list(folder)
    assert file in {each.file for each in verify_source(str(folder))}


def test_a_file_that_is_missing_is_found(folder: Path) -> None:
    (folder / "1/open/statements.csv").unlink()
    found = {(each.file, each.place) for each in verify_source(str(folder))}
    assert (LIST, "1/open/statements.csv") in found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[]",
        b'{"format": "else"}',
        b'{"format": "spreekruimte-result", "version": 2}',
        b'{"format": "spreekruimte-result", "version": 1}',
        b'{"format": "spreekruimte-result", "version": 1, "rounds": [1]}',
        b'{"format": "spreekruimte-result", "version": 1, "rounds": []}',
    ],
)
def test_what_is_no_list_of_files_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LIST).write_bytes(content)
    with pytest.raises(InputError):
        verify_source(str(tmp_path))


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "1/../../x", "1/open/..", "1//x", "x", "1/.x/y"]
)
def test_no_path_in_a_list_leads_out_of_the_folder(path: str) -> None:
    listed = {
        "format": "spreekruimte-result",
        "version": 1,
        "rounds": [
            {
                "round": 1,
                "log": "case-1-round-1",
                "head_length": 1,
                "head_digest": "0" * 64,
                "files": [{"path": path, "size": 1, "sha256": "0" * 64}],
            }
        ],
    }
    with pytest.raises(InputError):
        read_list(listed)


def test_a_folder_of_judge_is_checked_as_before(folder: Path) -> None:
    assert verify_source(str(folder / "1/open")) == []


def test_a_round_with_an_erasure_counts_the_ballots_that_are_left(tmp_path: Path) -> None:
    round_: Round = asked()
    erase(round_, citizen(1))
    from tests.verdicts.results import judge, publish
    from tests.verdicts.rounds import finish

    from spreekruimte.verdicts.actions.filing import make_files

    finish(round_)
    judge(round_)
    make_files(verdict=publish(round_))
    export_results(case=round_.case, folder=tmp_path / "out")
    assert verify_source(str(tmp_path / "out")) == []


def test_a_case_that_was_asked_on_several_texts_is_checked_with_what_each_was_shown(
    tmp_path: Path,
) -> None:
    round_ = start_round(case=submit(prepare_framed()))
    fill(round_, 60)
    fill(round_, 30, channel=Channel.PANEL, seed=2)
    finish(round_)
    judge(round_)
    make_files(verdict=publish(Round.objects.get(pk=round_.pk)))
    folder = tmp_path / "framed"
    export_results(case=round_.case, folder=folder)
    assert verify_source(str(folder)) == []
    place = folder / "1" / "open"
    replay = read_replay(place / "replay.jsonl.zst")
    assert len(set(replay.matrix.attributes["arm"])) > 5
    # Who forges what was shown is found out, also with a list of files that fits.
    forged = replace(
        replay.matrix,
        attributes={
            **replay.matrix.attributes,
            "arm": ("post.context",) * replay.matrix.participant_count,
        },
    )
    write_replay(forged, place / "replay.jsonl.zst", method=replay.method, settings=replay.settings)
    rewrite_list(folder)
    assert any(each.place == "$.input_digest" for each in verify_source(str(folder)))
