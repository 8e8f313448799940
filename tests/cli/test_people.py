import re

import pytest
from tests.cli.running import Command

from spreekruimte.organisations.models import AuditEntry, Membership, Organisation, Role, User

pytestmark = pytest.mark.django_db(transaction=True)

ANNA = "anna@waterdam.example"


def roles_of(email: str) -> set[str]:
    return set(Membership.objects.filter(user__email=email).values_list("role", flat=True))


def test_the_first_administrator_comes_with_the_organisation(run: Command) -> None:
    made = run("createadmin", ANNA, "--organisation", "Gemeente Waterdam")
    assert (made.status, made.complained) == (0, "")
    assert Organisation.objects.get().slug == "gemeente-waterdam"
    assert roles_of(ANNA) == {Role.ADMINISTRATOR}
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {"operator"}
    sentence, link = made.said.splitlines()
    assert sentence == f"Met deze link kiest {ANNA} een wachtwoord, binnen drie dagen:"
    assert re.fullmatch(r"http://localhost/account/password/\S+/", link)


def test_a_second_administrator_joins_the_organisation_that_is_there(run: Command) -> None:
    for name in ("anna", "bob"):
        run(
            *("createadmin", f"{name}@waterdam.example"),
            *("--organisation", "Gemeente Waterdam", "--slug", "waterdam"),
        )
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 2


def test_members_get_the_roles_that_are_named(run: Command) -> None:
    run("createadmin", ANNA, "--organisation", "Waterdam")
    added = run(
        *("addmember", "bob@waterdam.example", "--organisation", "waterdam"),
        *("--role", "editor", "--role", "moderator"),
    )
    assert added.status == 0
    assert roles_of("bob@waterdam.example") == {"editor", "moderator"}


def test_who_has_a_password_gets_no_link(run: Command) -> None:
    run("createadmin", ANNA, "--organisation", "Waterdam")
    user = User.objects.get()
    user.set_password("correct horse battery")
    user.save()
    again = run("createadmin", ANNA, "--organisation", "Rivierstad")
    assert again.said == f"{ANNA} kan inloggen met het wachtwoord dat er al is.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["createadmin", "nobody", "--organisation", "Waterdam"], "e-mailadres"),
        (["createadmin", ANNA, "--organisation", ""], "Dit veld"),
        (["addmember", ANNA, "--organisation", "nowhere", "--role", "editor"], "nowhere"),
        (["addmember", ANNA, "--organisation", "nowhere", "--role", "king"], "king"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: Command, arguments: list[str], told: str
) -> None:
    refused = run(*arguments)
    assert refused.status == 2
    assert told in refused.complained
    assert refused.complained.startswith("spreekruimte: ")
    assert not User.objects.exists()
