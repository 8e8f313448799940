"""Let people work for an organisation, from the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils.translation import gettext as _

from spreekruimte.cli.starting import Lang, Language, start
from spreekruimte.config.databases import choose_data_folder

if TYPE_CHECKING:
    from collections.abc import Collection

    from spreekruimte.organisations.models import Organisation, Role, User

Email = Annotated[
    str, typer.Argument(metavar="EMAIL", help="The address to sign in with.", show_default=False)
]


def createadmin(
    email: Email,
    organisation: Annotated[
        str,
        typer.Option(
            "--organisation",
            metavar="NAME",
            help="The name of the public body.",
            show_default=False,
        ),
    ],
    slug: Annotated[
        str,
        typer.Option("--slug", help="What stands for it in addresses, such as `waterdam`."),
    ] = "",
    lang: Lang = Language.nl,
) -> None:
    """Make an administrator of an organisation, and the organisation if there is none such.

    Prints a link with which the administrator chooses a password; whoever has it can do so.
    """
    start(lang)
    from django.utils import timezone
    from django.utils.text import slugify

    from spreekruimte.organisations.actions import create_organisation
    from spreekruimte.organisations.models import OPERATOR, Organisation, Role

    slug = slug or slugify(organisation)[:80]
    found = Organisation.objects.filter(slug=slug).first() or create_organisation(
        name=organisation, slug=slug, actor=OPERATOR, now=timezone.now()
    )
    _tell(_add(found, email, {Role.ADMINISTRATOR}))


def addmember(
    email: Email,
    organisation: Annotated[
        str,
        typer.Option(
            "--organisation",
            metavar="SLUG",
            help="What stands for the public body in addresses.",
            show_default=False,
        ),
    ],
    role: Annotated[
        list[str],
        typer.Option(
            "--role",
            metavar="ROLE",
            help="administrator, editor, moderator, public_servant or auditor; repeat for more.",
            show_default=False,
        ),
    ],
    lang: Lang = Language.nl,
) -> None:
    """Let someone work for an organisation, in one or more roles.

    Prints a link with which that person chooses a password; whoever has it can do so.
    """
    start(lang)
    from spreekruimte.organisations.models import Role
    from spreekruimte.organisations.refusals import RefusedError

    unknown = sorted(set(role) - set(Role.values))
    if unknown:
        raise RefusedError(
            _("There is no role %(role)s; choose from: %(roles)s.")
            % {"role": unknown[0], "roles": ", ".join(Role.values)}
        )
    _tell(_add(find_organisation(organisation), email, {Role(each) for each in role}))


def find_organisation(slug: str) -> Organisation:
    """Give the organisation that is called so in addresses; refuse where there is none."""
    from spreekruimte.organisations.models import Organisation
    from spreekruimte.organisations.refusals import RefusedError

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise RefusedError(_("There is no organisation %(slug)s.") % {"slug": slug})
    return found


def _add(organisation: Organisation, email: str, roles: Collection[Role]) -> User:
    from django.utils import timezone

    from spreekruimte.organisations.actions import add_member
    from spreekruimte.organisations.models import OPERATOR

    return add_member(
        organisation=organisation, email=email, roles=roles, actor=OPERATOR, now=timezone.now()
    )


def _tell(user: User) -> None:
    """Print the link; a user who has a password already needs none."""
    from django.conf import settings

    from spreekruimte.operation.installation import address_in
    from spreekruimte.organisations.accounts.links import link_to_choose_password

    if user.has_usable_password():
        typer.echo(
            _("%(email)s can sign in with the password that is there.") % {"email": user.email}
        )
        return
    origin = address_in(choose_data_folder(os.environ)) or settings.ADDRESS.origin
    typer.echo(
        _("With this link, %(email)s chooses a password, within three days:")
        % {"email": user.email}
    )
    typer.echo(f"{origin}{link_to_choose_password(user)}")
