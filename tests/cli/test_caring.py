import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings
from tests.ballots.rounds import make_round, someone, take_part
from tests.cli.running import Command
from tests.dialogue.messages import receive
from tests.organisations.people import NOW

from spreekruimte.ballots.models import CaseKey, Invitation, LogEntry, Participation, Round
from spreekruimte.channels.models import Origin
from spreekruimte.channels.origins import keep_origin
from spreekruimte.operation.expiring import months_before
from spreekruimte.organisations.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


# doctor


def test_an_error_decides_the_status(run: Command, settings: Settings) -> None:
    settings.SECRET_KEY = "short"  # noqa: S105 - too short to be one
    settings.MAIL_IS_SENT = False
    told = run("doctor")
    assert told.status == 1
    assert "fout: De sleutel voor handtekeningen is korter dan 32 tekens. [key-short]" in told.said
    assert "let op: Er gaat geen e-mail uit" in told.said
    found = {each["code"]: each["level"] for each in json.loads(run("doctor", "--json").said)}
    assert found["key-short"] == "error"
    assert found["mail-not-sent"] == "warning"


# expire


def end_round(days_ago: int) -> Round:
    round_ = make_round()
    take_part(round_, someone(), about={"age": "25-34"})
    Invitation.objects.create(round=round_, digest="d" * 64)
    ended = datetime.now(UTC) - timedelta(days=days_ago)
    Round.objects.update(opened_at=ended - timedelta(days=14), ended_at=ended)
    return round_


def test_what_is_past_its_time_is_counted_first_and_deleted_when_asked(run: Command) -> None:
    end_round(400)
    Session.objects.create(session_key="k", session_data="", expire_date=NOW - timedelta(days=999))
    counted = run("expire")
    assert counted.said.startswith("Over tijd: 1 casussen, 1 sessies, 0 taken")
    assert CaseKey.objects.exists()
    deleted = run("expire", "--delete")
    assert deleted.said == "Verwijderd: 1 casussen, 1 sessies, 0 taken.\n"
    assert not CaseKey.objects.exists()
    assert not Invitation.objects.exists()
    assert not Session.objects.exists()
    assert Participation.objects.get().about == {}
    assert AuditEntry.objects.filter(action="expire_case", actor="operator").count() == 1
    assert LogEntry.objects.count() == 0
    assert run("expire").said.startswith("Over tijd: 0 casussen, 0 sessies, 0 taken")


def test_nothing_leads_from_a_message_to_where_it_was_written_any_more(run: Command) -> None:
    round_ = end_round(400)
    message = receive(round_.case)
    keep_origin(
        message=message,
        network="mastodon",
        server="https://social.example",
        identifier="1",
        text="A question",
        publication=None,
        now=NOW,
    )
    run("expire", "--delete")
    assert Origin.objects.get().identifier == ""
    message.refresh_from_db()
    assert message.content


def test_what_is_not_past_its_time_stays(run: Command) -> None:
    end_round(300)
    assert run("expire", "--delete").said == "Verwijderd: 0 casussen, 0 sessies, 0 taken.\n"
    assert CaseKey.objects.exists()


def test_a_case_that_is_asked_again_stays(run: Command) -> None:
    first = end_round(400)
    make_round(first.case, number=2)
    assert run("expire").said.startswith("Over tijd: 0 casussen")


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (datetime(2026, 3, 31, tzinfo=UTC), 1, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 12, datetime(2025, 1, 15, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 1, datetime(2025, 12, 15, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), 12, datetime(2023, 2, 28, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(day: datetime, months: int, before: datetime) -> None:
    assert months_before(day, months) == before
