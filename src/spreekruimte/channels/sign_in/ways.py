"""The two networks with whose accounts somebody can come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.models import Tier
from spreekruimte.channels.bluesky import authorizing
from spreekruimte.channels.mastodon.signing_in import App
from spreekruimte.channels.sign_in import mastodon

Kept = Mapping[str, Any]
Brought = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody comes in with an account of a network.

    Attributes
    ----------
    begin
        From what was typed, our origin and the moment: where the browser goes, and what it keeps
        meanwhile.
    finish
        From what the browser kept and brought, our origin and the moment: what the account is
        known by. Both raise NetworkError.
    """

    tier: Tier
    name: str
    label: Promise
    help_text: Promise
    begin: Callable[[str, str, datetime], tuple[str, Kept]]
    finish: Callable[[Kept, Brought, str, datetime], str]


def describe_client(origin: str) -> dict[str, Any]:
    """Say who asks for a sign-in with Bluesky, as its servers read it."""
    client = _client(origin)
    return {
        "client_id": client.identifier,
        "client_name": "Spreekruimte",
        "client_uri": origin,
        "policy_uri": f"{origin}/privacy/",
        "redirect_uris": [client.back],
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "scope": authorizing.SCOPE,
        "token_endpoint_auth_method": "none",
        "application_type": "web",
        "dpop_bound_access_tokens": True,
    }


def _begin_mastodon(account: str, origin: str, now: datetime) -> tuple[str, Kept]:  # noqa: ARG001
    address, begun = mastodon.begin(account, _back(origin, "mastodon"))
    return address, asdict(begun)


def _finish_mastodon(kept: Kept, brought: Brought, origin: str, now: datetime) -> str:  # noqa: ARG001
    known = mastodon.Known(App(**kept["known"]["app"]), kept["known"]["scope"])
    begun = mastodon.Begun(**{**kept, "known": known})
    back = _back(origin, "mastodon")
    return mastodon.finish(begun, code=brought["code"], state=brought["state"], back=back)


def _begin_bluesky(account: str, origin: str, now: datetime) -> tuple[str, Kept]:
    address, begun = authorizing.begin(account, _client(origin), now=now)
    return address, asdict(begun)


def _finish_bluesky(kept: Kept, brought: Brought, origin: str, now: datetime) -> str:
    back = authorizing.Back(brought["code"], brought["state"], brought["iss"])
    return authorizing.finish(authorizing.Begun(**kept), back, _client(origin), now=now)


def _back(origin: str, network: str) -> str:
    return f"{origin}{reverse('sign_in:back', args=[network])}"


def _client(origin: str) -> authorizing.Client:
    """Give who we are for servers of Bluesky; without encryption they know us unseen."""
    back = _back(origin, "bluesky")
    if origin.startswith("https:"):
        return authorizing.Client(f"{origin}{reverse('sign_in:client')}", back)
    asked = urlencode({"redirect_uri": back, "scope": authorizing.SCOPE})
    return authorizing.Client(f"http://localhost?{asked}", back)


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "mastodon": Way(
            Tier.MASTODON,
            "Mastodon",
            _("Your account or its server"),
            _("For example: @name@social.example. Your password stays with that server."),
            _begin_mastodon,
            _finish_mastodon,
        ),
        "bluesky": Way(
            Tier.BLUESKY,
            "Bluesky",
            _("Your name on Bluesky"),
            _("For example: name.bsky.social. Your password stays with Bluesky."),
            _begin_bluesky,
            _finish_bluesky,
        ),
    }
)
