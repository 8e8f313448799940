"""While a case is asked, who has not judged yet meets nothing of what others answered.

Every address of the project is visited twice: when nobody has voted in the round, and when many
have. The answers are the same, and none holds a figure that would tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admindocs.views import simplify_regex
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import Settings
from tests.cases.stored import submit
from tests.dialogue.messages import pseudonym_for, receive, say
from tests.guidelines.written import holds_where, make_line, make_version
from tests.ophef.register import make_incident, make_signal
from tests.organisations.people import NOW
from tests.verdicts.rounds import (
    citizen,
    erase,
    fill,
    finish,
    give,
    invite,
    reasons_of,
    start_round,
    vote,
)

from spreekruimte.ballots.actions.casting import Answer, GivenBallot
from spreekruimte.ballots.entering import let_in
from spreekruimte.ballots.models import Channel, Question, Round
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.ballots.routing import forget_counts
from spreekruimte.cases.models import Case
from spreekruimte.dialogue.actions.counting import refresh_figures
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.ophef.actions.measuring import measure_incident, refresh_comparison
from spreekruimte.ophef.models import Incident
from spreekruimte.organisations.models import OPERATOR
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.actions.judging import judge_round
from spreekruimte.verdicts.actions.publishing import publish_verdict
from spreekruimte.verdicts.models import PublishedFile, Snapshot

pytestmark = pytest.mark.django_db

# So many people judge, so many of them find the post admissible: neither stands anywhere else.
PEOPLE, ADMISSIBLE = 1733, 1237
# So many agree with messages, among which is this one.
TALKING, TALK = 1327, "Een bericht dat nog niemand mag lezen?"
READERS = (
    {"accept-language": "nl"},
    {"accept-language": "en"},
    {"accept-language": "nl", "accept": "application/json"},
    {"accept-language": "nl", "accept": "application/atom+xml", "hx-request": "true"},
)
# What differs from one answer to the next whatever is stored.
PASSING = re.compile(
    rb"""csrfmiddlewaretoken\\?" value=\\?"[A-Za-z0-9]*|"challenge": "[^"]*"|data-token="[^"]*"|"""
    rb"""/withdraw/[^/"]*|<(updated|lastBuildDate)>[^<]*"""
)
# What a cache may keep although nothing was said of it.
CACHED_UNASKED = {200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501}
# A file of data is in no language that a reader chooses.
IN_ONE_LANGUAGE = re.compile(r".*\.(?!html|pdf|svg)\w+$")
PASSING_HEADERS = {"Content-Length", "Expires", "Last-Modified", "Set-Cookie"}
PICTURES = (
    *("judgement", "measures", "opinions", "people", "reasons"),
    *("timeline", "explained", "rules", "calibration", "apart"),
)


@dataclass(slots=True)
class Place:
    """A case with an official result of its first round, whose second round is asked now."""

    first: Round
    second: Round
    judged_before: Respondent
    invited: Respondent
    message: int
    guideline: int
    files: Sequence[PublishedFile] = field(default_factory=list)


@pytest.fixture
def place(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    forget_counts()
    first = start_round()
    fill(first, 60)
    case = finish(first).case
    judge_round(round=first, channel=Channel.OPEN, now=NOW)
    first.refresh_from_db()
    make_files(verdict=publish_verdict(round=first, actor=OPERATOR, now=NOW))
    case.refresh_from_db()
    second = start_round(case=submit(case))
    (invited,) = invite(second, [1])
    make_fuss(case)
    message = say(case).pk
    guideline = write_guideline(case)
    files = list(PublishedFile.objects.all())
    return Place(first, second, citizen(0), invited, message, guideline, files)


def write_guideline(case: Case) -> int:
    """Publish a guideline with a line that holds in the case."""
    line = make_line(predicate=holds_where(tone=case.context["tone"]))
    return make_version(line, organisation=case.organisation).guideline_id


def make_fuss(case: Case) -> None:
    """Register fuss about the case, measured and compared as far as that may be."""
    incident = make_incident(case.organisation, case=case)
    for number in range(60):
        make_signal(incident, str(number), NOW - timedelta(hours=number))
    Incident.objects.update(revision=1)
    measure_incident(incident=incident, now=NOW)
    compare(case)


def compare(case: Case) -> None:
    for organisation in (None, case.organisation):
        refresh_comparison(organisation=organisation, now=NOW)


def vote_in(round_: Round) -> None:
    """Let many judge, fewer choose a measure and vote on reasons, and have it all computed."""
    people = [citizen(number) for number in range(10_000, 10_000 + PEOPLE)]
    reason, *_others = reasons_of(round_)
    ballots = [
        GivenBallot(each, Answer(Question.JUDGEMENT, 1 if place < ADMISSIBLE else -1))
        for place, each in enumerate(people)
    ]
    ballots += [GivenBallot(each, Answer(Question.MEASURE, 3)) for each in people[:1601]]
    ballots += [GivenBallot(each, Answer(Question.REASON, 1, reason)) for each in people[:1433]]
    give(round_, ballots)
    talk(round_.case)
    erase(round_, people[-1])
    judge_round(round=round_, channel=Channel.OPEN, now=NOW)
    refresh_figures(case=round_.case, now=NOW)
    compare(round_.case)
    forget_counts()


def talk(case: Case) -> None:
    """Let some speak, and many agree with what is said."""
    MessageVote.objects.bulk_create(
        MessageVote(message=message, voter=pseudonym_for(f"{number}"), answer=1)
        for message in (*Message.objects.filter(case=case), say(case, TALK), receive(case, TALK))
        for number in range(TALKING)
    )


def telling(place: Place) -> re.Pattern[str]:
    """What must be nowhere: counts and shares as any language writes them, and digests."""
    round_ = Round.objects.get(pk=place.second.pk)
    counts = [PEOPLE, PEOPLE - 1, ADMISSIBLE, TALKING, 1601, 1433, round_.head_length]
    counted = "|".join(f"{count // 1000}[.,\u00a0\u202f ]?{count % 1000:03d}" for count in counts)
    share = r"71[.,][34]\d*"
    digests = [round_.head_digest]
    for snapshot in Snapshot.objects.all():
        digests += [snapshot.head_digest, snapshot.input_digest, snapshot.document_digest]
    told = "|".join([counted, share, *digests, re.escape(TALK)])
    return re.compile(rf"(?<![\dA-Za-z])(?:{told})(?![\dA-Za-z])")


def addresses(place: Place) -> Iterator[str]:
    """Every address that the project answers, with the parts that there are here."""
    case = place.second.case
    files = sorted({file.name for file in place.files})
    parts: dict[str, Sequence[object]] = {
        "case_id": [case.pk],
        "identifier": [case.pk],
        "slug": [case.organisation.slug],
        "number": [place.first.number, place.second.number],
        "channel": Channel.values,
        "kind": ["svg", "csv"],
        "reason_id": reasons_of(place.second)[:1],
        "token": ["x"],
        "provider_id": ["sso"],
        "network": ["mastodon", "bluesky"],
        "uidb36": ["1"],
        "key": ["x"],
        "pk": [1],
        "pseudonym": ["00000000-0000-0000-0000-000000000000"],
        "job_id": ["00000000-0000-0000-0000-000000000000"],
        "import_id": ["00000000-0000-0000-0000-000000000000"],
        "signal_id": [1],
        "act_id": [1],
        "token_id": [1],
        "feed_id": [1],
        "item_id": [1],
        "account_id": [1],
        "message_id": [place.message],
        "guideline_id": [place.guideline],
        "study_id": [1],
        "survey_id": [1],
        "topic": ["own_file"],
    }
    for route, names in _routes(get_resolver()):
        parts["name"] = PICTURES if "kind" in names else files
        assert set(names) <= set(parts), f"{route} has a part that this test has no value for"
        for values in product(*(parts[name] for name in names)):
            yield _fill_in(route, names, values)


def _routes(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, list[str]]]:
    for each in resolver.url_patterns:
        assert isinstance(each, URLPattern | URLResolver)
        # Django writes any pattern, an expression included, as a path with its named parts.
        if isinstance(each, URLResolver):
            yield from _routes(each, before + _plain(each))
        else:
            route = before + _plain(each)
            yield route, re.findall(r"<(\w+)>", route)


def _plain(pattern: URLPattern | URLResolver) -> str:
    """Write a pattern, an expression included, as a path with its named parts."""
    route = str(pattern.pattern)
    if route.startswith("^"):
        return simplify_regex(route).lstrip("/").replace("\\.", ".")
    return re.sub(r"<\w+:(\w+)>", r"<\1>", route)


def _fill_in(route: str, names: Sequence[str], values: Sequence[object]) -> str:
    for name, value in zip(names, values, strict=True):
        route = route.replace(f"<{name}>", str(value), 1)
    return route


def known(place: Place, respondent: Respondent) -> Client:
    """The browser of somebody who is known in the round that is asked."""
    response = HttpResponse()
    let_in(response, respondent, case_id=place.second.case_id, round_id=place.second.pk)
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(response.cookies)
    return client


@dataclass(frozen=True, slots=True)
class Answered:
    """What an address answered, as far as it has to be the same each time."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __str__(self) -> str:
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{headers}\n{self.content.decode('utf-8', 'replace')}"


def visit_all(place: Place) -> dict[tuple[str, ...], Answered]:
    """Visit every address as everybody who has not judged in this round.

    Who is invited reads English, so that a newcomer need not; who asks for headers alone is
    answered by the same functions as who asks for all.
    """
    newcomer = Client(enforce_csrf_checks=True)
    first, second, *others = READERS
    visits = [("newcomer", newcomer, "get", reader) for reader in (first, *others)]
    visits += [("newcomer", newcomer, "post", first)]
    visits += [("judged in an earlier round", known(place, place.judged_before), "get", first)]
    visits += [("invited", known(place, place.invited), "get", second)]
    return {
        (who, method, address, *reader.values()): _answer(client, method, address, reader)
        for who, client, method, reader in visits
        for address in addresses(place)
        if _depends(address, client is newcomer, reader)
    }


def _depends(address: str, is_newcomer: bool, reader: Mapping[str, str]) -> bool:
    """Say whether an address may answer a reader otherwise than the first newcomer."""
    if address.startswith("/desk/"):
        # Everybody has to sign in there.
        return is_newcomer and reader is READERS[0]
    return not is_newcomer or reader is READERS[0] or not IN_ONE_LANGUAGE.match(address)


def _answer(client: Client, method: str, address: str, reader: Mapping[str, str]) -> Answered:
    response: Any = getattr(client, method)(address, headers=reader)
    content = b"".join(response) if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name not in PASSING_HEADERS}
    return Answered(response.status_code, headers, PASSING.sub(b"", content))


def test_nothing_that_anybody_answers_reaches_who_has_not_judged(place: Place) -> None:
    before = visit_all(place)
    vote_in(place.second)
    after = visit_all(place)
    told = telling(place)
    for visit, answered in after.items():
        assert answered == before[visit], visit
        assert not told.search(str(answered)), visit
    assert {answered.status for answered in after.values()} >= {200, 302, 403, 404, 405}


def test_the_same_figures_are_there_for_who_has_judged_or_given_up(place: Place) -> None:
    vote_in(place.second)
    told = telling(place)
    vote(place.second, place.invited)
    judged, looking = known(place, place.invited), Client()
    result = f"/cases/{place.second.case_id}/result/"
    assert told.search(judged.get(result).content.decode())
    assert looking.get(result).status_code == 302
    looking.post(f"/cases/{place.second.case_id}/look/")
    assert told.search(looking.get(result).content.decode())


def test_no_cache_keeps_what_depends_on_who_asks(place: Place) -> None:
    vote_in(place.second)
    vote(place.second, place.invited)
    shared = []
    for client in (Client(), known(place, place.invited)):
        for address in addresses(place):
            if not address.startswith(("/cases/", "/receipt/", "/desk/")):
                continue
            answered = _answer(client, "get", address, {})
            told = answered.headers.get("Cache-Control", "")
            if answered.status in CACHED_UNASKED and "no-store" not in told:
                shared.append((address, answered.status, told))
    assert not shared
