"""An editor who is signed in, to measure pages of the desk."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from spreekruimte.organisations.models import Organisation


def sign_in_editor(organisation: Organisation, now: datetime) -> Client:
    """Make an editor, signed in as after a password and a code of an app."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.http import HttpRequest
    from django.test import Client

    from spreekruimte.organisations.actions import add_member
    from spreekruimte.organisations.models import OPERATOR, Role

    editor = add_member(
        organisation=organisation,
        email="editor@waterdam.example",
        roles=[Role.EDITOR],
        actor=OPERATOR,
        now=now,
    )
    client = Client()
    client.force_login(editor, settings.AUTHENTICATION_BACKENDS[1])
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={})
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, editor, "mfa", type=Authenticator.Type.TOTP)
    request.session.save()
    return client
