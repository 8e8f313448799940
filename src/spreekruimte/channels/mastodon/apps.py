"""What servers know this installation by: each is told once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from spreekruimte.channels.credentials import lock, unlock
from spreekruimte.channels.mastodon.signing_in import App, register
from spreekruimte.channels.models import AppRegistration

NETWORK, PURPOSE = "mastodon", "publishing"


def app_on(server: str, *, redirect: str, now: datetime) -> App:
    """Give what a server knows us by, and tell it where it does not yet.

    Raises
    ------
    NetworkError
        If it cannot be told now.
    """
    known = AppRegistration.objects.filter(network=NETWORK, server=server, purpose=PURPOSE).first()
    if known is not None and (kept := unlock(known.credentials))["redirect"] == redirect:
        return App(kept["client_id"], kept["client_secret"])
    app = register(server, redirect=redirect, website=settings.ADDRESS.origin)
    AppRegistration.objects.update_or_create(
        network=NETWORK,
        server=server,
        purpose=PURPOSE,
        defaults={
            "credentials": lock(
                {
                    "client_id": app.client_id,
                    "client_secret": app.client_secret,
                    "redirect": redirect,
                }
            ),
            "registered_at": now,
        },
    )
    return app
