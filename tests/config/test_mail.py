from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from spreekruimte.config.mail import choose_mail

FOLDER = Path("/data")


def test_without_a_server_mail_becomes_files() -> None:
    assert choose_mail({}, FOLDER) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": FOLDER / "mail",
    }


def test_a_server_elsewhere_is_spoken_to_encrypted() -> None:
    address = "smtp://post.example?from=post@city.example"
    chosen = choose_mail({"SPREEKRUIMTE_MAIL": address}, FOLDER)
    assert chosen["EMAIL_USE_TLS"] is True
    assert chosen["EMAIL_USE_SSL"] is False
    assert chosen["EMAIL_PORT"] == 587
    assert chosen["DEFAULT_FROM_EMAIL"] == "post@city.example"


def test_a_name_and_a_password_can_hold_any_sign() -> None:
    address = "smtps://us%40city:a%2Fb%3Ac@post.example:2465?from=post@city.example"
    chosen = choose_mail({"SPREEKRUIMTE_MAIL": address}, FOLDER)
    assert chosen["EMAIL_HOST_USER"] == "us@city"
    assert chosen["EMAIL_HOST_PASSWORD"] == "a/b:c"  # noqa: S105
    assert (chosen["EMAIL_USE_SSL"], chosen["EMAIL_PORT"]) == (True, 2465)


def test_this_machine_needs_no_encryption() -> None:
    chosen = choose_mail({"SPREEKRUIMTE_MAIL": "smtp://localhost:25?from=us@city.example"}, FOLDER)
    assert chosen["EMAIL_USE_TLS"] is False


@pytest.mark.parametrize(
    "address",
    [
        "post.example",
        "http://post.example?from=us@city.example",
        "smtp://:secret@?from=us@city.example",
        "smtp://us:secret@post.example",
        "smtp://us:secret@post.example:port?from=us@city.example",
        "smtp://us:secret@[post.example?from=us@city.example",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        choose_mail({"SPREEKRUIMTE_MAIL": address}, FOLDER)
    assert "secret" not in str(refusal.value)
