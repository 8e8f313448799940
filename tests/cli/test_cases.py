import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.ballots.rounds import make_round
from tests.cli.running import Command
from tests.organisations.people import NOW, make_organisation

from spreekruimte.ballots.actions.casting import Answer, GivenBallot, append_ballots
from spreekruimte.ballots.models import (
    Ballot,
    Channel,
    LogEntry,
    Participation,
    Question,
    Reason,
    Round,
    Tier,
)
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.models import Case
from spreekruimte.operation.chains import find_broken_logs
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict

pytestmark = pytest.mark.django_db(transaction=True)

CASE = {
    "provenance": "synthetic",
    "description": {
        "nl": "Een vrouw schrijft over een plan.",
        "en": "A woman writes about a plan.",
    },
    "texts": {
        "bare.post": {"nl": "Zij is voor het plan.", "en": "She is for the plan."},
        "bare.mirror": {"nl": "Zij is tegen het plan.", "en": "She is against the plan."},
    },
    "context": {"employer_type": "municipality", "duty_status": "off_duty"},
    "public_facts": ["employer_type"],
    "sources": ["A newspaper"],
}


def write(folder: Path, content: object) -> Path:
    path = folder / "case.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


# createcase


def test_a_file_becomes_a_draft(run: Command, tmp_path: Path) -> None:
    make_organisation()
    made = run("createcase", write(tmp_path, CASE), "--organisation", "waterdam")
    case = Case.objects.get()
    assert (made.status, made.said, made.complained) == (0, f"{case.pk}\n", "")
    assert case.state == "draft"
    assert not case.is_simulated
    assert case.public_facts == ["employer_type"]
    assert case.context == {"employer_type": "municipality", "duty_status": "off_duty"}
    assert case.texts.count() == 4
    assert [source.citation for source in case.sources.all()] == ["A newspaper"]
    assert AuditEntry.objects.filter(actor=OPERATOR, action="create_case").exists()


def test_a_case_can_come_from_the_input(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    make_organisation()
    small = {key: CASE[key] for key in ("provenance", "description")}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({**small, "simulated": True})))
    assert run("createcase", "-", "--organisation", "waterdam").status == 0
    assert Case.objects.get().is_simulated


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"author": "somebody"}, "author"),
        ({"description": "text"}, "description"),
        ({"description": {"nl": "Alleen Nederlands."}}, "description.en"),
        ({"provenance": 3}, "provenance"),
        ({"provenance": "rumour"}, "bestaat niet"),
        ({"texts": []}, "texts"),
        ({"texts": {"bare.nothing": {"nl": "a", "en": "b"}}}, "bestaat niet"),
        ({"context": {"shoe_size": "42"}}, "shoe_size"),
        ({"public_facts": "employer_type"}, "public_facts"),
        ({"public_facts": ["prior_warning"]}, "niet"),
        ({"sources": [1]}, "sources"),
    ],
)
def test_a_file_that_is_wrong_leaves_nothing_behind(
    run: Command, tmp_path: Path, change: dict[str, object], told: str
) -> None:
    make_organisation()
    entries = AuditEntry.objects.count()
    path = write(tmp_path, {**CASE, **change})
    refused = run("createcase", path, "--organisation", "waterdam")
    assert refused.status == 2
    assert told in refused.complained
    assert refused.complained.count("\n") == 1
    assert not Case.objects.exists()
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("content", ["{", "[" * 100_000, "3"])
def test_what_is_no_case_is_refused(run: Command, tmp_path: Path, content: str) -> None:
    make_organisation()
    path = tmp_path / "case.json"
    path.write_text(content)
    assert run("createcase", path, "--organisation", "waterdam").status == 2
    assert run("createcase", tmp_path / "absent", "--organisation", "waterdam").status == 2
    assert run("createcase", path, "--organisation", "nowhere").status == 2


# import-ballots


@pytest.fixture
def round_() -> Round:
    """A round that is open today, with one reason."""
    made = make_round()
    now = datetime.now(UTC)
    opened, closes = now - timedelta(days=1), now + timedelta(days=9)
    Round.objects.update(opened_at=opened, closes_at=closes)
    Case.objects.update(opens_at=opened, closes_at=closes)
    Reason.objects.create(
        round=made, content="Wie werkt, mag spreken.", language="nl", state="shown", given_at=now
    )
    return made


def table(folder: Path, *rows: str, header: str = "respondent,question,answer,reason") -> Path:
    path = folder / "ballots.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


GOOD = (
    "7,judgement,admissible,",
    "7,measure,0,",
    "7,reason,agree,wie werkt mag spreken",
    "8,judgement,unknown,",
    "8,measure,unknown,",
)


def test_a_table_becomes_ballots_once(run: Command, round_: Round, tmp_path: Path) -> None:
    path = table(tmp_path, *GOOD)
    first = run("import-ballots", round_.case_id, path, "--tier", "email")
    assert (first.status, first.complained) == (0, "")
    assert first.said == "5 stemmen toegevoegd, 0 waren er al, 0 regels geweigerd.\n"
    second = run("import-ballots", round_.case_id, path, "--tier", "email")
    assert second.said == "0 stemmen toegevoegd, 5 waren er al, 0 regels geweigerd.\n"
    assert LogEntry.objects.count() == 5
    assert find_broken_logs() == []
    answers = Ballot.objects.order_by("entry__position").values_list("question", "answer")
    assert list(answers) == [
        ("judgement", 1),
        ("measure", 0),
        ("reason", 1),
        ("judgement", 0),
        ("measure", -1),
    ]
    assert set(Participation.objects.values_list("tier", "channel")) == {(Tier.EMAIL, Channel.OPEN)}
    entry = AuditEntry.objects.filter(action="import_ballots").first()
    assert entry is not None
    assert entry.details == {"tier": "email", "added": 5, "known": 0, "refused": 0}


def test_a_changed_answer_is_a_revision(run: Command, round_: Round, tmp_path: Path) -> None:
    run("import-ballots", round_.case_id, table(tmp_path, "7,judgement,admissible,"))
    run("import-ballots", round_.case_id, table(tmp_path, "7,judgement,inadmissible,"))
    assert Ballot.objects.count() == 2
    assert Ballot.objects.get(is_latest=True).answer == -1


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",judgement,admissible,", "wie antwoordt"),
        ("7,opinion,admissible,", "opinion"),
        ("7,judgement,yes,", "yes"),
        ("7,measure,9,", "9"),
        ("7,judgement,admissible,1", "Alleen een stem op een argument"),
        ("7,reason,agree,something else", "Dit argument is er niet"),
        ("7,reason,agree,", "Dit argument is er niet"),
        ("9,measure,1,", "eerst"),
        ("7,judgement,admissible,,more", "te veel velden"),
        ("x" * 1_001 + ",judgement,admissible,", "te lang"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_and_the_others_are_taken(
    run: Command, round_: Round, tmp_path: Path, row: str, told: str
) -> None:
    outcome = run("import-ballots", round_.case_id, table(tmp_path, GOOD[0], row, GOOD[3]))
    assert outcome.status == 1
    assert outcome.complained.startswith("Regel 3: ")
    assert told in outcome.complained
    assert outcome.said == "2 stemmen toegevoegd, 0 waren er al, 1 regels geweigerd.\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n1,2\n", "kolommen"),
        (b"", "kolommen"),
        ("respondent,question,answer,reason\n7,judgement,\xe9,\n".encode("latin-1"), "UTF-8"),
        (b'respondent,question,answer,reason\n7,"judgement,a,\n', "CSV"),
    ],
)
def test_what_is_no_table_is_refused(
    run: Command, round_: Round, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "ballots.csv"
    path.write_bytes(content)
    refused = run("import-ballots", round_.case_id, path)
    assert refused.status == 2
    assert told in refused.complained
    assert not LogEntry.objects.exists()


def test_a_case_that_is_not_open_takes_no_table(
    run: Command, round_: Round, tmp_path: Path
) -> None:
    Case.objects.update(state="closed")
    refused = run("import-ballots", round_.case_id, table(tmp_path, *GOOD))
    assert (refused.status, "niet open" in refused.complained) == (2, True)
    assert run("import-ballots", 999_999, table(tmp_path, *GOOD)).status == 2
    assert run("import-ballots", round_.case_id, tmp_path / "absent.csv").status == 2


# export and verify


@pytest.fixture
def published(tmp_path: Path, settings: Settings) -> Round:
    """A round that has ended, with an official verdict and its files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    round_ = make_round()
    ballots = [
        GivenBallot(Respondent(Tier.BROWSER, f"r{number}"), Answer(Question.JUDGEMENT, 1))
        for number in range(30)
    ]
    append_ballots(round_id=round_.pk, ballots=ballots, now=NOW + timedelta(minutes=1))
    Round.objects.update(ended_at=NOW + timedelta(days=1))
    Case.objects.update(state="closed")
    round_ = Round.objects.get()
    judge_round(round=round_, channel=Channel.OPEN, now=NOW)
    make_files(verdict=publish_verdict(round=round_, actor=OPERATOR, now=NOW))
    return round_


def test_what_is_published_is_exported_and_verifies(
    run: Command, published: Round, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    exported = run("export", published.case_id, "--out", out)
    assert exported.status == 0
    assert exported.said.endswith(f"bestanden in {out}.\n")
    assert {"files.json", "1"} == {path.name for path in out.iterdir()}
    head = f"{published.head_length}:{published.head_digest}"
    verified = run("verify", out, "--head", head)
    assert (verified.status, verified.said) == (
        0,
        f"Gelijk: elk bestand in {out} volgt uit de stemmen.\n",
    )
    assert run("verify", out, "--head", f"{published.head_length}:{'0' * 64}").status == 1
    assert run("verify", out, "--head", "latest").status == 2
    assert run("export", published.case_id, "--out", out).status == 2


def test_what_is_not_published_is_not_exported(run: Command, round_: Round, tmp_path: Path) -> None:
    assert run("export", round_.case_id, "--out", tmp_path / "out").status == 2
    assert not (tmp_path / "out").exists()
