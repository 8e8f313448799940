"""Whether the pages are reached as they should be, and who answers for them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from spreekruimte.analysis.errors import InputError
from spreekruimte.look.printing import find_obstacle
from spreekruimte.operation.doctor.findings import Finding, error, warning
from spreekruimte.organisations.models import Organisation
from spreekruimte.outside import fetch

LOOPBACK = ("http://localhost", "http://127.0.0.1", "http://[::1]")
DEMONSTRATION = "demonstratie"
SHORTEST_KEY = 32


def check_address() -> Iterator[Finding]:
    """Say whether others reach the pages, and whether all traffic is encrypted."""
    origin = settings.ADDRESS.origin
    if origin.startswith(LOOPBACK):
        yield warning(
            "address-local",
            _("Only this machine can use the pages: SPREEKRUIMTE_ADDRESS says no other address."),
        )
    elif not settings.ADDRESS.is_encrypted:
        yield error(
            "address-not-encrypted",
            _("SPREEKRUIMTE_ADDRESS has no https: others can read and change what is sent."),
        )
    if not origin.startswith(LOOPBACK) and _has_demonstration():
        yield error(
            "demonstration-reachable",
            _("The demonstration is here, and others can reach it. Use another data folder."),
        )


def check_key() -> Iterator[Finding]:
    """Say whether the key that signs is long enough."""
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield error(
            "key-short",
            _("The key that signs is shorter than %(least)d characters.") % {"least": SHORTEST_KEY},
        )


def check_operator() -> Iterator[Finding]:
    """Say whether the pages, and security.txt among them, tell whom to turn to."""
    if not settings.OPERATOR.name:
        yield warning(
            "operator-unknown",
            _("The pages do not say who answers for them: set SPREEKRUIMTE_OPERATOR."),
        )
    if not settings.OPERATOR.contact:
        yield warning(
            "contact-unknown",
            _("Nobody can report a weakness or ask about privacy: set SPREEKRUIMTE_CONTACT."),
        )


def check_mail() -> Iterator[Finding]:
    """Say whether mail is sent."""
    if not settings.MAIL_IS_SENT:
        yield warning(
            "mail-not-sent",
            _("No mail is sent, so nobody can confirm an address: set SPREEKRUIMTE_MAIL."),
        )


def check_provider() -> Iterator[Finding]:
    """Say whether the provider of OpenID Connect answers as what it says that it is."""
    provider = settings.OPENID_CONNECT
    if provider is None:
        return
    try:
        found = fetch(
            f"{provider.issuer}/.well-known/openid-configuration", allow_loopback=True
        ).content
        says = str(json.loads(found)["issuer"]).rstrip("/")
    except (InputError, ValueError, KeyError, TypeError) as reason:
        yield error(
            "provider-silent",
            _("%(name)s does not say how to sign in there: %(reason)s")
            % {"name": provider.name, "reason": reason},
        )
        return
    if says != provider.issuer:
        yield error(
            "provider-differs",
            _("%(name)s calls itself %(issuer)s, unlike SPREEKRUIMTE_OIDC_ISSUER.")
            % {"name": provider.name, "issuer": says},
        )


def check_drawing() -> Iterator[Finding]:
    """Say whether reports can be made as PDF."""
    obstacle = find_obstacle()
    if obstacle is not None:
        yield warning(
            "pango-missing",
            _("No report is made as PDF, since Pango is not here: %(reason)s")
            % {"reason": obstacle},
        )


def _has_demonstration() -> bool:
    return Organisation.objects.filter(slug=DEMONSTRATION).exists()
