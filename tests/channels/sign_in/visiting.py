"""A citizen who comes in with an account elsewhere, as far as the browser is ours."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

from django.utils import timezone
from tests.ballots.asking import ask
from tests.ballots.views.citizen import Citizen, Response

from spreekruimte.ballots.models import Round


def ask_now() -> Round:
    """A round that is asked by the clock, which servers of others look at too."""
    round_ = ask()
    now = timezone.now()
    times = {"opened_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=1)}
    Round.objects.filter(pk=round_.pk).update(**times)
    round_.refresh_from_db()
    return round_


def leave(citizen: Citizen, way: str, account: str) -> Response:
    """Type an account; what comes back has the link to its server, or what is wrong."""
    address = f"/cases/{citizen.case_id}/sign-in/{way}/"
    citizen.client.get(address)
    token = citizen.client.cookies["csrftoken"].value
    return citizen.client.post(address, {"account": account, "csrfmiddlewaretoken": token})


def link_in(page: Response) -> str:
    found = re.search(r'rel="noreferrer" href="([^"]*)"', page.content.decode())
    assert found, page.content.decode()
    return unescape(found[1])


def come_back(citizen: Citizen, way: str, brought: dict[str, str]) -> Response:
    """Come back from a server with what it gave."""
    return citizen.client.get(f"/sign-in/{way}/?{urlencode(brought)}")
