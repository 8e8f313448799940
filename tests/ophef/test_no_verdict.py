"""The fuss is measured apart: what is published of a verdict is the same with and without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings
from tests.ophef.register import START
from tests.organisations.people import NOW
from tests.verdicts.rounds import fill, finish, start_round

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.acts import record_measure, record_rule_change
from spreekruimte.ophef.actions.incidents import About, open_incident
from spreekruimte.ophef.actions.recording import record_signal
from spreekruimte.ophef.models import Act, Kind, Signal, Source
from spreekruimte.ophef.reported import Reported
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.verdicts.actions.exporting import export_results
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict

Response = Any
BY: Any = {"actor": OPERATOR, "now": NOW}


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


def judge(round_: Round, folder: Path) -> dict[str, bytes]:
    """Judge and publish as if for the first time; give all that is published, by name."""
    with transaction.atomic():
        judge_round(round=round_, channel=Channel.OPEN, now=NOW)
        round_.refresh_from_db()
        make_files(verdict=publish_verdict(round=round_, **BY))
        export_results(case=round_.case, folder=folder)
        transaction.set_rollback(True)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def make_fuss(round_: Round) -> None:
    """Fill the register of the case with everything that is against the post."""
    incident = open_incident(
        organisation=round_.case.organisation,
        about=About(Bilingual("Een bericht", "A post"), starts_at=START),
        case=round_.case,
        **BY,
    )
    for number, kind in enumerate(list(Kind)[:-1] * 20):
        reported = Reported(
            kind=kind, at=NOW - timedelta(hours=number), author=f"020-{number:07d}", direction=-1
        )
        record_signal(
            incident=incident, reported=reported, source=Source.HAND, key=str(number), **BY
        )
    act: Any = {"incident": incident, "on": NOW.date(), "today": NOW.date(), **BY}
    record_measure(measure=8, **act)
    record_rule_change(guideline="On social media", strictness=Act.Strictness.STRICTER, **act)


@pytest.mark.django_db
def test_a_verdict_is_the_same_byte_for_byte_with_and_without_the_register(tmp_path: Path) -> None:
    round_ = start_round()
    fill(round_, 60)
    finish(round_)
    round_.refresh_from_db()
    without = judge(round_, tmp_path / "without")
    make_fuss(round_)
    assert Signal.objects.count() == 180
    with_fuss = judge(round_, tmp_path / "with")
    assert {"open/verdict.json", "open/replay.jsonl.zst"} <= {
        "/".join(Path(name).parts[-2:]) for name in without
    }
    assert with_fuss == without


@pytest.mark.django_db
def test_judging_and_publishing_ask_nothing_of_the_register(tmp_path: Path) -> None:
    round_ = start_round()
    fill(round_, 20)
    finish(round_)
    round_.refresh_from_db()
    make_fuss(round_)
    asked: list[str] = []

    def note(execute: Response, sql: str, *rest: Response) -> Response:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        judge(round_, tmp_path / "with")
    assert len(asked) > 20
    assert not [sql for sql in asked if "ophef_" in sql]


def _modules() -> Iterator[Path]:
    package = Path(__file__).resolve().parents[2] / "src" / "spreekruimte"
    for room in ("analysis", "ballots", "verdicts"):
        yield from (package / room).rglob("*.py")


def test_no_module_that_makes_verdicts_names_the_register() -> None:
    modules = [path for path in _modules() if "analysis/ophef" not in path.as_posix()]
    assert len(modules) > 100
    assert not [path for path in modules if "spreekruimte.ophef" in path.read_text("utf-8")]
