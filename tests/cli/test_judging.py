import csv
import json
import os
import random
import signal
import sys
from pathlib import Path
from typing import NoReturn

import jsonschema
import pytest
from django.utils import translation
from tests.cli.running import Command

from spreekruimte.analysis.errors import InputError
from spreekruimte.cli import application, judging, progress
from spreekruimte.cli.refusals import describe_error
from spreekruimte.verdicts import compute, publish
from spreekruimte.verdicts.documents import read_schema

Row = tuple[str, str, str]
WRITTEN = ["replay.jsonl.zst", "report.html", "statements.csv", "verdict.json"]


def make_rows(participants: int = 40, statements: int = 6) -> list[Row]:
    rng = random.Random(5)  # noqa: S311 (votes, not secrets)
    return [
        (f"p{person:03}", str(statement), rng.choice(["1", "1", "-1", "0"]))
        for person in range(participants)
        for statement in range(statements)
        if rng.random() < 0.8
    ]


def write_table(path: Path, rows: list[Row], header: str = "voter-id,comment-id,vote") -> Path:
    lines = [header, *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    return write_table(tmp_path / "votes.csv", make_rows())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Judging and verifying


def test_votes_become_a_folder_that_verifies(run: Command, votes: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    judged = run("judge", votes, "--out", out)
    assert judged.status == 0
    assert judged.said == f"6 stellingen beoordeeld; het rapport is {out / 'report.html'}\n"
    assert judged.complained == ""
    assert names(out) == WRITTEN
    document = json.loads((out / "verdict.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, read_schema(), cls=jsonschema.Draft202012Validator)
    assert document["participants"] == 40
    assert not document["simulated"]
    verified = run("verify", out)
    assert (verified.status, verified.complained) == (0, "")
    assert verified.said == f"Gelijk: elk bestand in {out} volgt uit de stemmen.\n"


def test_the_order_of_votes_does_not_matter(run: Command, votes: Path, tmp_path: Path) -> None:
    run("judge", votes, "--out", tmp_path / "one")
    rows = make_rows()
    random.Random(1).shuffle(rows)  # noqa: S311 (votes, not secrets)
    turned = [(vote, statement, person) for person, statement, vote in rows]
    shuffled = write_table(tmp_path / "other.csv", turned, "vote,comment-id,voter-id")
    run("judge", shuffled, "--out", tmp_path / "other")
    for name in ("verdict.json", "statements.csv", "report.html"):
        one, other = (tmp_path / folder / name for folder in ("one", "other"))
        assert one.read_bytes() == other.read_bytes(), name


def test_a_result_can_be_judged_again_from_its_replay_file(
    run: Command, votes: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("judge", votes, "--out", out, "--simulated")
    first = (out / "verdict.json").read_bytes()
    assert run("judge", out / "replay.jsonl.zst", "--out", out, "--lang", "en").status == 0
    assert (out / "verdict.json").read_bytes() == first
    assert json.loads(first)["simulated"] is True
    assert '<html lang="en">' in (out / "report.html").read_text(encoding="utf-8")


def test_options_reach_the_result(run: Command, votes: Path, tmp_path: Path) -> None:
    judged = run(
        *("judge", votes, "--out", tmp_path / "out", "--lang", "en", "--level", "0.8"),
        *("--false-alarm", "0.2", "--simulated"),
    )
    assert judged.said.startswith("6 statements judged; the report is ")
    document = json.loads((tmp_path / "out" / "verdict.json").read_text(encoding="utf-8"))
    assert document["method"]["parameters"]["credible_level"] == 0.8
    assert document["method"]["parameters"]["false_alarm"] == 0.2
    assert document["simulated"] is True
    assert "Simulated votes" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert run("verify", tmp_path / "out", "--lang", "en").said.startswith("Equal: every file")


def test_a_changed_result_does_not_verify(run: Command, votes: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("judge", votes, "--out", out)
    path = out / "verdict.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    agree = document["results"][1]["agree"]
    document["results"][1]["agree"] = 1000
    path.write_text(json.dumps(document, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    verified = run("verify", out)
    assert verified.status == 1
    assert verified.said.splitlines() == [
        f"verdict.json $.results[1].agree: gepubliceerd 1000, nagerekend {agree}",
        "Verschillend op 1 plaats.",
    ]


def test_of_many_differences_the_first_twenty_are_shown(
    run: Command, votes: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("judge", votes, "--out", out)
    path = out / "report.html"
    path.write_text(path.read_text(encoding="utf-8").replace("a", "b"), encoding="utf-8")
    verified = run("verify", out, "--lang", "en")
    *shown, last = verified.said.splitlines()
    assert verified.status == 1
    assert len(shown) == judging.SHOWN == 20
    assert last.startswith("Different in ")


def test_what_polis_would_have_published_is_written_too(
    run: Command, shared_data: Path, tmp_path: Path
) -> None:
    source = shared_data / "polis" / "london.youth.policing"
    assert run("judge", source, "--out", tmp_path / "out", "--compat", "polis").status == 0
    assert names(tmp_path / "out") == ["polis.json", *WRITTEN]
    assert run("verify", tmp_path / "out").status == 0


@pytest.mark.parametrize(
    "conversation",
    [
        "polis/15-per-hour-seattle",
        "polis/brexit-consensus",
        "polis/football-concussions",
        "polis/london.youth.policing",
        "polis/vtaiwan.uberx",
        "remesh/right-to-assemble",
    ],
)
def test_real_votes_become_a_folder_that_verifies(
    run: Command, shared_data: Path, tmp_path: Path, conversation: str
) -> None:
    out = tmp_path / "out"
    assert run("judge", shared_data / conversation, "--out", out).status == 0
    document = json.loads((out / "verdict.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, read_schema(), cls=jsonschema.Draft202012Validator)
    with (out / "statements.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file, strict=True))) == len(document["results"])
    assert (out / "report.html").stat().st_size < 3_000_000
    assert run("verify", out).status == 0


# What the command says about itself


def test_the_version_is_that_of_the_package(run: Command) -> None:
    shown = run("--version")
    assert shown.status == 0
    assert shown.said == "spreekruimte 0.1.0\n"


@pytest.mark.parametrize("arguments", [["--help"], ["judge", "--help"], ["verify", "-h"]])
def test_help_is_there(run: Command, arguments: list[str]) -> None:
    shown = run(*arguments)
    assert shown.status == 0
    assert shown.said.startswith("Usage: spreekruimte")


@pytest.mark.parametrize(
    "arguments",
    [
        ["judge"],
        ["judge", "votes.csv"],
        ["nothing"],
        ["judge", "votes.csv", "--out", "out", "--lang", "fr"],
        ["judge", "votes.csv", "--out", "out", "--level", "1.5"],
        ["judge", "votes.csv", "--out", "out", "--false-alarm", "0"],
        ["judge", "votes.csv", "--out", "out", "--compat", "remesh"],
        ["verify"],
    ],
)
def test_arguments_that_do_not_fit_are_refused(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run(*arguments)
    assert refused.status == 2
    assert "Error: " in refused.complained
    assert names(tmp_path) == []


# Bad input

ROWS = make_rows()
GOOD = "\n".join(["voter-id,comment-id,vote", *(",".join(row) for row in ROWS)]) + "\n"
BAD_TABLES = {
    "cut off": (GOOD[:-6].encode(), "afgekapt"),
    "unknown vote": (GOOD.encode() + b"p001,77,maybe\n", "“maybe” is onbekend"),
    "duplicate header": (GOOD.replace("comment-id", "voter-id", 1).encode(), "voter-id"),
    "mixed ids": (GOOD.encode() + b"12,1,1\n", "soorten id’s door elkaar"),
    "no votes": (b"voter-id,comment-id,vote\n", "geen stemmen"),
    "nothing": (b"", "leeg"),
    "one participant": (b"voter-id,comment-id,vote\n1,1,1\n", "één deelnemer"),
    "endless line": (GOOD.encode() + b"p001,7," + b"1" * 3_000_000, "langer dan"),
    "wrong encoding": (GOOD.encode() + "p001,é,1\n".encode("latin-1"), "UTF-8"),
    "wrong encoding from the start": (GOOD.encode("utf-16"), "UTF-8"),
}


@pytest.mark.parametrize("kind", BAD_TABLES)
def test_bad_input_is_refused_in_one_sentence(run: Command, tmp_path: Path, kind: str) -> None:
    content, told = BAD_TABLES[kind]
    source = tmp_path / "votes.csv"
    source.write_bytes(content)
    refused = run("judge", source, "--out", tmp_path / "a" / "out")
    assert refused.status == 2
    assert refused.said == ""
    assert refused.complained.count("\n") == 1
    assert refused.complained.startswith("spreekruimte: votes.csv")
    assert told in refused.complained
    assert names(tmp_path) == ["votes.csv"]


def test_a_refusal_names_the_line_in_the_language_asked_for(
    run: Command, votes: Path, tmp_path: Path
) -> None:
    with votes.open("a") as file:
        file.write("p001,77,maybe\n")
    line = len(ROWS) + 2
    dutch = run("judge", votes, "--out", tmp_path / "out").complained
    english = run("judge", votes, "--out", tmp_path / "out", "--lang", "en").complained
    assert dutch.startswith(f"spreekruimte: votes.csv, regel {line}: De stem “maybe”")
    assert english.startswith(f"spreekruimte: votes.csv, line {line}: The vote “maybe”")


def test_an_error_that_has_no_place_is_told_without_one() -> None:
    with translation.override("nl"):
        assert describe_error(InputError("There are no votes here.")) == ("Hier zijn geen stemmen.")


def test_a_folder_with_something_else_is_refused_before_anything_is_read(
    run: Command, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    refused = run("judge", tmp_path / "absent.csv", "--out", tmp_path)
    assert refused.status == 2
    assert "staat iets anders dan een eerdere uitslag" in refused.complained
    assert names(tmp_path) == ["thesis.txt"]


def test_a_folder_that_is_no_result_cannot_be_verified(run: Command, tmp_path: Path) -> None:
    refused = run("verify", tmp_path)
    assert refused.status == 2
    assert refused.complained.startswith("spreekruimte: replay.jsonl.zst: ")


# Interruption


def interrupt(*_arguments: object, **_options: object) -> NoReturn:
    raise KeyboardInterrupt


def terminate(*_arguments: object, **_options: object) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize(("stop", "status"), [(interrupt, 130), (terminate, 143)])
@pytest.mark.parametrize(("module", "step"), [(compute, "judge_votes"), (publish, "render_files")])
def test_nothing_is_left_behind_by_who_stops_a_run(
    run: Command,
    votes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stop: object,
    status: int,
    module: object,
    step: str,
) -> None:
    monkeypatch.setattr(module, step, stop)
    assert run("judge", votes, "--out", tmp_path / "a" / "out").status == status
    assert names(tmp_path) == ["votes.csv"]


@pytest.mark.parametrize(("stop", "status"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143)])
def test_a_signal_inside_compiled_code_is_known_again(
    run: Command,
    votes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stop: BaseException,
    status: int,
) -> None:
    def fail(*_arguments: object, **_options: object) -> NoReturn:
        try:
            raise SystemError("unpickling returned a result with an exception set") from stop
        except SystemError as error:
            raise SystemError("the loop returned a result with an exception set") from error

    monkeypatch.setattr(compute, "judge_votes", fail)
    stopped = run("judge", votes, "--out", tmp_path / "out")
    assert (stopped.status, stopped.complained) == (status, "")


def test_a_fault_of_the_program_is_not_hidden(
    votes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> NoReturn:
        raise SystemError("bug") from ValueError("its cause")

    monkeypatch.setattr(compute, "judge_votes", fail)
    out = str(tmp_path / "out")
    monkeypatch.setattr(sys, "argv", ["spreekruimte", "judge", str(votes), "--out", out])
    with pytest.raises(SystemError, match="bug"):
        application.main()


# Progress


@pytest.mark.parametrize(("patience", "is_shown"), [(-1.0, True), (60.0, False)])
def test_progress_is_shown_on_a_terminal_once_it_takes_a_while(
    run: Command,
    votes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    is_shown: bool,
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TTY_INTERACTIVE", "1")
    monkeypatch.setattr(progress, "PATIENCE", patience)
    judged = run("judge", votes, "--out", tmp_path / "out")
    assert ("votes.csv lezen" in judged.complained) is is_shown
    assert ("Uitslagen bepalen" in judged.complained) is is_shown
    assert judged.said.count("\n") == 1


def test_every_step_of_judging_has_words() -> None:
    assert all(progress.describe_step(step) for step in compute.STEPS)
    assert progress.describe_step("votes.csv") == ""
