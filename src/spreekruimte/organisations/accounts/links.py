"""The link with which someone who was added chooses a password."""

from __future__ import annotations

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from spreekruimte.organisations.models import User


def link_to_choose_password(user: User) -> str:
    """Return the path of a page on which someone chooses a password.

    The link is signed, works for three days (Django's ``PASSWORD_RESET_TIMEOUT``), and no longer
    once a password is chosen or the user has signed in: whoever sees it can choose the password.
    """
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
