"""Who answers for this installation, as the pages say.

``SPREEKRUIMTE_OPERATOR``
    The name of the organisation that runs it.
``SPREEKRUIMTE_CONTACT``
    Where it can be reached about privacy, accessibility and security: ``mailto:name@host`` or the
    address of a page, with https.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

OPERATOR = "SPREEKRUIMTE_OPERATOR"
CONTACT = "SPREEKRUIMTE_CONTACT"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs an installation; both are empty where nothing is set.

    Attributes
    ----------
    name
        As it is called on the pages.
    contact
        An address with ``mailto:`` or ``https:``.
    """

    name: str
    contact: str

    @property
    def reached_at(self) -> str:
        """The address as people write it."""
        return self.contact.removeprefix("mailto:")


def choose_operator(environment: Mapping[str, str]) -> Operator:
    """Read who runs this installation.

    Raises
    ------
    ImproperlyConfigured
        If the contact is not an address of the kinds above.
    """
    contact = environment.get(CONTACT, "").strip()
    if contact and not _can_be_followed(contact):
        raise ImproperlyConfigured(f"{CONTACT} must be mailto:name@host or an https:// address")
    return Operator(environment.get(OPERATOR, "").strip(), contact)


def _can_be_followed(contact: str) -> bool:
    if any(character.isspace() for character in contact):
        return False
    parts = urlsplit(contact)
    return (
        ("@" in parts.path)
        if parts.scheme == "mailto"
        else bool(parts.scheme == "https" and parts.hostname)
    )
