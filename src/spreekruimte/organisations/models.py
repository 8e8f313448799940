"""Public bodies, who works for them in which role, and the audit trail."""

from __future__ import annotations

import uuid
from typing import ClassVar, NewType

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from spreekruimte.organisations.append_only import AppendOnlyModel

Actor = NewType("Actor", str)
"""Who did something, as the audit trail names them: a pseudonym, or `OPERATOR`."""

OPERATOR = Actor("operator")
"""Whoever holds the command line of the installation."""


class Role(models.TextChoices):
    """What a member does for a public body. Nobody holds a role by holding another one."""

    ADMINISTRATOR = "administrator", _("administrator")
    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    PUBLIC_SERVANT = "public_servant", _("public servant")
    AUDITOR = "auditor", _("auditor")


class Organisation(models.Model):
    """A public body that asks the public."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
            models.CheckConstraint(condition=~Q(slug=""), name="organisation_has_slug"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users by their e-mail address, however it is capitalised."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address as it is stored: Django's own form still tells capitals apart."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user who signs in with this address."""
        return super().get_by_natural_key(self.normalize_email(username))


class User(AbstractBaseUser):
    """Someone who works with the system: an address to sign in with, and no name.

    The pseudonym is what other rows say of a user. When the user is erased, nothing leads from
    the pseudonym to a person any more.
    """

    email = models.EmailField(unique=True, max_length=254)
    pseudonym = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(email=""), name="user_has_email"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    def __str__(self) -> str:
        """Return the pseudonym: what prints a user, a log for one, must not print a person."""
        return str(self.pseudonym)

    @property
    def actor(self) -> Actor:
        """The user as the audit trail names them."""
        return Actor(str(self.pseudonym))


class Membership(models.Model):
    """One role of one user in one organisation; a user can have several."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"], name="membership_once_per_role"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        """Return who is what, without names."""
        return f"{self.user_id} {self.role} of {self.organisation_id}"


class AuditEntry(AppendOnlyModel):
    """One thing that was done.

    All is kept as values, without foreign keys: an entry neither holds back the erasure of what
    it speaks of, nor goes with it. `spreekruimte.organisations.audit.record` adds entries.
    """

    at = models.DateTimeField()
    organisation_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    """The kind of thing it was done to."""
    identifier = models.CharField(max_length=64)
    """Which one of that kind; of a user the pseudonym."""
    details = models.JSONField(default=dict)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~(Q(actor="") | Q(action="") | Q(kind="") | Q(identifier="")),
                name="audit_entry_is_complete",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation_id", "-id"], name="audit_of_organisation"),
            models.Index(fields=["kind", "identifier"], name="audit_of_object"),
        ]

    def __str__(self) -> str:
        """Return who did what to what."""
        return f"{self.actor} {self.action} {self.kind} {self.identifier}"
