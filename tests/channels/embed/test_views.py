"""The ballot inside pages of others, as a browser and as an attacker asks for it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ballots.rounds import make_round
from tests.cases.stored import (
    ALL_TELLINGS,
    BY,
    LATER,
    TELLING,
    in_state,
    open_now,
    prepare_framed,
    submit,
)
from tests.organisations.people import NOW

from spreekruimte.ballots.models import LogEntry, Participation, Round
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.cases.actions import stop_case
from spreekruimte.channels.embed.tokens import make_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

Response = Any
"""What the test client gives: it has more than the class of a response says."""

JUDGEMENT = {"question": "judgement", "answer": 1}


def show(case_id: int, **headers: str) -> Response:
    return Client(headers=headers).get(f"/embed/{case_id}/")


def token_of(page: Response) -> str:
    found = re.search(r'data-token="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def bring(case_id: int, body: object, **headers: str) -> Response:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    client = Client(enforce_csrf_checks=True, headers={"Origin": "null", **headers})
    return client.post(f"/embed/{case_id}/ballots", data, content_type="application/json")


# The page


def test_any_page_may_show_it_and_it_may_ask_us_alone() -> None:
    response = show(make_round().case_id)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "connect-src http://testserver;" in policy
    assert "unsafe" not in policy
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_all_other_pages_stay_out_of_frames() -> None:
    response = Client().get(f"/cases/{make_round().case_id}/")
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_the_policy_lets_run_what_stands_in_the_page() -> None:
    response = show(make_round().case_id)
    for kind, content in re.findall(
        r"<(style|script)>(.*?)</\1>", response.content.decode(), re.DOTALL
    ):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in response["Content-Security-Policy"]


def test_no_cookie_is_set_and_nothing_may_be_kept() -> None:
    response = show(make_round().case_id)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, noarchive"


def test_each_showing_has_a_token_of_its_own() -> None:
    case_id = make_round().case_id
    assert token_of(show(case_id)) != token_of(show(case_id))


def test_it_speaks_the_language_of_the_reader() -> None:
    case_id = make_round().case_id
    assert TELLING.nl in show(case_id).content.decode()
    assert TELLING.en in show(case_id, **{"accept-language": "en"}).content.decode()


def test_the_page_of_the_case_is_always_linked_to() -> None:
    case_id = make_round().case_id
    link = f'<a href="http://testserver/cases/{case_id}/" target="_blank" rel="noopener">'
    page = show(case_id).content.decode()
    assert link in page[page.index("<footer>") :]


def test_a_case_that_is_over_is_told_and_not_asked() -> None:
    round_ = make_round()
    Round.objects.update(ended_at=NOW)
    page = show(round_.case_id).content.decode()
    assert TELLING.nl in page
    assert "data-token" not in page
    assert f"/cases/{round_.case_id}/result/" in page


def test_a_protected_case_is_told_and_not_asked() -> None:
    case = in_state("protected")
    page = show(case.pk)
    assert page.status_code == 200
    assert TELLING.nl in page.content.decode()
    assert "data-token" not in page.content.decode()


def test_a_case_that_was_stopped_is_not_told_any_more() -> None:
    round_ = make_round()
    stop_case(case=round_.case, **BY)
    page = show(round_.case_id)
    assert page.status_code == 410
    assert TELLING.nl not in page.content.decode()


def test_a_case_that_never_was_asked_is_not_there() -> None:
    assert show(in_state("ready").pk).status_code == 404
    assert show(2**40).status_code == 404


def test_simulated_citizens_are_announced() -> None:
    round_ = make_round()
    type(round_.case).objects.update(is_simulated=True)
    page = show(round_.case_id, **{"accept-language": "en"}).content.decode()
    assert "no real person said this" in page


# The ballot


def test_a_ballot_is_acknowledged_with_the_receipt_of_its_line_in_the_log() -> None:
    case_id = make_round().case_id
    token = token_of(show(case_id))
    response = bring(case_id, {**JUDGEMENT, "token": token})
    assert response.status_code == 201
    assert LogEntry.objects.get().receipt == mark_of(response.json()["receipt"])
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_ballot_that_comes_again_is_the_same_ballot() -> None:
    case_id = make_round().case_id
    body = {**JUDGEMENT, "token": token_of(show(case_id))}
    first, again = bring(case_id, body), bring(case_id, body)
    assert again.status_code == 200
    assert first.json() == again.json()


def test_a_browser_may_ask_beforehand() -> None:
    client = Client(
        headers={
            "Origin": "null",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
    )
    response = client.options(f"/embed/{make_round().case_id}/ballots")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "POST"
    assert response["Access-Control-Allow-Headers"] == "content-type"


def is_refused(response: Response, status: int) -> str:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (LogEntry.objects.count(), Participation.objects.count()) == (0, 0)
    return str(response.json()["detail"])


@pytest.mark.parametrize("token", ["", "x", "x:y:z", None, 1, "x" * 1000])
def test_a_token_that_was_not_made_here_is_refused(token: object) -> None:
    case_id = make_round().case_id
    is_refused(bring(case_id, {**JUDGEMENT, "token": token}), 403)


def test_without_a_token_nothing_is_taken() -> None:
    is_refused(bring(make_round().case_id, JUDGEMENT), 403)


def test_the_token_of_one_round_is_worth_nothing_in_another() -> None:
    case_id = make_round().case_id
    token = make_token(2**40, nonce="n")
    is_refused(bring(case_id, {**JUDGEMENT, "token": token}), 409)


def test_reasons_are_not_voted_on_here() -> None:
    round_ = make_round()
    body = {"question": "reason", "answer": 1, "token": make_token(round_.pk, nonce="n")}
    is_refused(bring(round_.case_id, body), 400)


def test_a_case_that_is_not_asked_takes_nothing() -> None:
    token = make_token(1, nonce="n")
    is_refused(bring(2**40, {**JUDGEMENT, "token": token}), 404)


def test_a_round_that_is_over_takes_nothing() -> None:
    round_ = make_round()
    Round.objects.update(ended_at=LATER)
    token = make_token(round_.pk, nonce="n")
    is_refused(bring(round_.case_id, {**JUDGEMENT, "token": token}), 409)


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_other_methods_are_refused(method: str) -> None:
    response = getattr(Client(), method)("/embed/1/ballots")
    assert response.status_code == 405
    assert response["Allow"] == "POST, OPTIONS"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | VALUES
    | st.fixed_dictionaries({"question": VALUES, "answer": VALUES, "token": VALUES})
)
def test_nothing_that_anybody_makes_up_is_stored(body: object) -> None:
    case_id = Round.objects.values_list("case_id", flat=True).first() or make_round().case_id
    response = bring(case_id, body)
    assert 400 <= response.status_code < 500
    assert not Participation.objects.exists()


# The text that is asked on


def framed() -> Round:
    return make_round(open_now(submit(prepare_framed())))


def text_in(page: Response) -> str:
    found = re.search(r"(Tekst|Text) \d\.", page.content.decode())
    assert found is not None
    return found[0]


def test_who_loads_the_frame_again_reads_the_same_text_and_is_asked_on_it() -> None:
    round_ = framed()
    for reader in ("one", "two", "three", "four", "five"):
        pages = [show(round_.case_id, **{"User-Agent": reader}) for _each in range(4)]
        (text,) = {text_in(page) for page in pages}
        assert len({token_of(page) for page in pages}) == 4
        assert bring(round_.case_id, {**JUDGEMENT, "token": token_of(pages[0])}).status_code == 201
        framing, side = Participation.objects.latest("pk").arm
        assert ALL_TELLINGS[framing, side, "nl"].split()[1] == text.split()[1]


def test_readers_of_frames_are_divided_over_the_texts() -> None:
    round_ = framed()
    texts = {text_in(show(round_.case_id, **{"User-Agent": f"{each}"})) for each in range(40)}
    assert len(texts) > 3


def test_a_frame_tells_nothing_of_the_arm_but_the_text() -> None:
    page = show(framed().case_id).content.decode().split("<main", 1)[1].split("<script", 1)[0]
    assert not re.search(r"framing|mirror|spiegel|\bbare\b|\bfuss\b|\bcontext\b", page)
    token = re.search(r'data-token="([^":]+):', page)
    assert token is not None
    written = base64.urlsafe_b64decode(token[1] + "=" * (-len(token[1]) % 4))
    round_id, _nonce = json.loads(written)
    assert isinstance(round_id, int)
