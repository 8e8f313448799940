"""A provider of OpenID Connect in a process of its own, for tests: the one that allauth brings.

`running_provider` starts it. Run as a program it takes a folder of its own and the address to which
it may send people back, says on which address it listens, and serves until it is ended.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "editor@waterdam.example"
UNCHECKED = "unchecked@waterdam.example"
STRANGER = "stranger@elsewhere.example"
PASSWORD = "elders geheim gordijn"  # noqa: S105 - of people who do not exist
CLIENT_ID = "spreekruimte"
CLIENT_SECRET = "geheim van de gemeente"  # noqa: S105 - of a provider that does not exist


@contextmanager
def running_provider(folder: Path, callback: str) -> Iterator[str]:
    """Run a provider that knows three people; give its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.peers.openid", str(folder), callback],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, "the provider did not start"
        yield address
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def serve(folder: Path, callback: str) -> None:
    """Serve until the process is ended."""
    _configure(folder)
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    call_command("migrate", verbosity=0)
    _fill(callback)

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *values: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


def _configure(folder: Path) -> None:
    from django.conf import settings

    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.peers.openid_urls",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "peer.db"}},
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        LOGIN_URL="account_login",
        IDP_OIDC_PRIVATE_KEY=_make_key(),
    )


def _make_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _fill(callback: str) -> None:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User

    for email in (ADDRESS, UNCHECKED, STRANGER):
        user = User.objects.create_user(email, email, PASSWORD)
        EmailAddress.objects.create(
            user=user, email=email, primary=True, verified=email != UNCHECKED
        )
    client = Client(
        id=CLIENT_ID,
        name="Spreekruimte",
        scopes="openid\nprofile\nemail",
        redirect_uris=callback,
        skip_consent=True,
    )
    client.set_secret(CLIENT_SECRET)
    client.save()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2])
