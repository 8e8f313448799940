"""Mentions that sites tell of: only what can be true is taken, and nothing else is stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ballots.rounds import make_round
from tests.cases.stored import BY, in_state
from tests.organisations.people import NOW

from spreekruimte.cases.actions import stop_case
from spreekruimte.cases.models import Case
from spreekruimte.channels.webmention import receiving, views
from spreekruimte.channels.webmention.models import Mention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

Response = Any
"""What the test client gives: it has more than the class of a response says."""

SOURCE = "https://blog.example/post"
FORM = "application/x-www-form-urlencoded"


def target_of(case_id: int) -> str:
    return f"http://testserver/cases/{case_id}/"


def tell(data: dict[str, str] | str | bytes, content_type: str = FORM) -> Response:
    client = Client(enforce_csrf_checks=True)
    if isinstance(data, dict):
        data = "&".join(f"{name}={value}" for name, value in data.items())
    return client.post("/webmention", data, content_type=content_type)


def ping(*values: str, method: str = "pingback.ping") -> Response:
    params = "".join(f"<param><value><string>{each}</string></value></param>" for each in values)
    call = f"<methodName>{method}</methodName><params>{params}</params>"
    return call_with(f"<?xml version='1.0'?><methodCall>{call}</methodCall>".encode())


def call_with(content: bytes, content_type: str = "text/xml") -> Response:
    return Client(enforce_csrf_checks=True).post("/pingback", content, content_type=content_type)


def fault_of(response: Response) -> int:
    assert response.status_code == 200
    root = fromstring(response.content)
    found = root.findtext("fault/value/struct/member/value/int")
    assert found is not None
    return int(found)


# What is taken


def test_a_mention_waits_until_somebody_looks() -> None:
    case_id = make_round().case_id
    response = tell({"source": SOURCE, "target": target_of(case_id)})
    assert response.status_code == 202
    assert not response.cookies
    mention = Mention.objects.get()
    assert (mention.case_id, mention.source) == (case_id, SOURCE)
    assert (mention.target, mention.host) == (target_of(case_id), "blog.example")
    assert mention.due_at == NOW


def test_a_pingback_waits_as_well() -> None:
    case_id = make_round().case_id
    response = ping(SOURCE, target_of(case_id))
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert fromstring(response.content).findtext("params/param/value/string")
    assert Mention.objects.get().source == SOURCE


def test_what_is_told_twice_waits_once() -> None:
    case_id = make_round().case_id
    tell({"source": SOURCE, "target": target_of(case_id)})
    ping(SOURCE, target_of(case_id))
    assert Mention.objects.count() == 1


def test_a_case_that_is_closed_is_still_talked_about() -> None:
    case = in_state("closed")
    assert tell({"source": SOURCE, "target": target_of(case.pk)}).status_code == 202


# What is not


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x",
        "javascript:alert(1)",
        "ftp://blog.example/",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://blog.example:22/",
        "http://me:secret@blog.example/",
        "http://testserver/cases/1/",
        "https://blog.example/" + "x" * 2000,
        "https://blog.example/\x7f",
        "https://blög.example/",
    ],
)
def test_a_source_that_cannot_be_read_is_refused(source: str) -> None:
    case_id = make_round().case_id
    assert tell({"source": source, "target": target_of(case_id)}).status_code == 400
    assert fault_of(ping(source, target_of(case_id))) == 16
    assert not Mention.objects.exists()


@pytest.mark.parametrize(
    "target",
    [
        "",
        "x",
        "http://testserver/",
        "http://elsewhere.example/cases/{}/",
        "http://testserver/cases/0/",
    ],
)
def test_a_target_that_is_no_case_here_is_refused(target: str) -> None:
    target = target.format(make_round().case_id)
    assert tell({"source": SOURCE, "target": target}).status_code == 400
    assert fault_of(ping(SOURCE, target)) == 33
    assert not Mention.objects.exists()


def test_a_case_that_nobody_may_see_is_refused_as_one_that_is_not_there() -> None:
    round_ = make_round()
    stop_case(case=round_.case, **BY)
    hidden = tell({"source": SOURCE, "target": target_of(round_.case_id)})
    absent = tell({"source": SOURCE, "target": target_of(2**40)})
    assert hidden.status_code == absent.status_code == 400
    assert hidden.content == absent.content


@pytest.mark.parametrize(
    "body",
    ["", "source=x", "target=x", "source=x&source=y&target=z", "source=x&target=y&target=z", "%%%"],
)
def test_what_is_no_form_with_two_addresses_is_refused(body: str) -> None:
    assert tell(body).status_code == 400


def test_json_is_no_webmention() -> None:
    body = json.dumps({"source": SOURCE, "target": target_of(make_round().case_id)})
    assert tell(body, "application/json").status_code == 400
    assert not Mention.objects.exists()


@pytest.mark.parametrize("name", ["webmention:webmention", "webmention:pingback"])
def test_there_is_nothing_to_read(name: str) -> None:
    assert Client().get(reverse(name)).status_code == 405


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<methodCall><methodName>pingback.ping</methodName><params><param><value>&b;</value></param>
<param><value>x</value></param></params></methodCall>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<methodCall><methodName>pingback.ping</methodName><params><param><value>&a;</value></param>
<param><value>x</value></param></params></methodCall>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<",
        b"\xff\xfe",
        b"<methodCall/>",
        BOMB,
        FILE,
        b"<x>" * 3000,
        b'<?xml version="1.0" encoding="x"?><a/>',
    ],
)
def test_what_is_no_call_is_refused(content: bytes) -> None:
    assert call_with(content).status_code == 400
    assert not Mention.objects.exists()


def test_other_calls_are_not_answered() -> None:
    target = target_of(make_round().case_id)
    assert ping(SOURCE, target, method="system.listMethods").status_code == 400
    assert ping(SOURCE).status_code == 400
    assert ping(SOURCE, target, target).status_code == 400
    assert not Mention.objects.exists()


def test_a_call_that_is_too_long_is_not_read() -> None:
    assert call_with(b"<a/>" + b" " * views.LARGEST_CALL).status_code == 413


def test_a_pingback_is_xml() -> None:
    assert call_with(b"<a/>", "text/plain").status_code == 400


def test_one_host_cannot_fill_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_OF_A_HOST", 2)
    target = target_of(make_round().case_id)
    answers = [tell({"source": f"{SOURCE}{each}", "target": target}) for each in range(3)]
    assert [each.status_code for each in answers] == [202, 202, 503]
    assert fault_of(ping(f"{SOURCE}9", target)) == 0
    again = tell({"source": f"{SOURCE}0", "target": target})
    other = tell({"source": "https://other.example/", "target": target})
    assert again.status_code == other.status_code == 202
    assert Mention.objects.count() == 3


def test_all_hosts_together_cannot_fill_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_OF_ALL", 1)
    target = target_of(make_round().case_id)
    assert tell({"source": SOURCE, "target": target}).status_code == 202
    assert tell({"source": "https://other.example/", "target": target}).status_code == 503


def test_who_tells_too_often_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 1)
    target = target_of(make_round().case_id)
    assert tell({"source": SOURCE, "target": target}).status_code == 202
    assert tell({"source": SOURCE, "target": target}).status_code == 429
    assert ping(SOURCE, target).status_code == 429


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_nothing_that_anybody_makes_up_is_stored(content: bytes) -> None:
    assert Case.objects.exists() or make_round()
    for response in (tell(content), call_with(content)):
        # After some hundreds of tries it is too often.
        assert response.status_code in (400, 429)
    assert not Mention.objects.exists()


# Where others find it


@pytest.mark.parametrize("name", ["ballots:case", "verdicts:result"])
def test_the_page_of_a_case_says_where_mentions_are_told(name: str) -> None:
    case = in_state("closed") if name == "verdicts:result" else make_round().case
    response = Client().get(reverse(name, args=[case.pk]))
    assert response["Link"] == '<http://testserver/webmention>; rel="webmention"'
    assert response["X-Pingback"] == "http://testserver/pingback"
    page = response.content.decode()
    assert '<link rel="webmention" href="http://testserver/webmention">' in page
    assert '<link rel="pingback" href="http://testserver/pingback">' in page


def test_other_pages_do_not() -> None:
    response = Client().get("/how-it-works/")
    assert "X-Pingback" not in response
    assert "Link" not in response
