"""Settings of Django. Reading them opens no database and makes no file."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import SUCCESS

from spreekruimte.config.bluesky import choose_bluesky
from spreekruimte.config.databases import choose_data_folder, choose_database
from spreekruimte.config.mail import MAIL, choose_mail
from spreekruimte.config.operator import choose_operator
from spreekruimte.config.retention import choose_retention
from spreekruimte.config.serving import choose_address, read_secret_key
from spreekruimte.config.single_sign_on import choose_provider, list_apps
from spreekruimte.config.trusted_servers import choose_trusted_servers

PACKAGE = Path(__file__).resolve().parents[1]
DATA_FOLDER = choose_data_folder(os.environ)
ADDRESS = choose_address(os.environ)
OPERATOR = choose_operator(os.environ)
TRUSTED_SERVERS = choose_trusted_servers(os.environ)
BLUESKY = choose_bluesky(os.environ)
RETENTION_MONTHS = choose_retention(os.environ)

SECRET_KEY = read_secret_key(os.environ, DATA_FOLDER)
ALLOWED_HOSTS = list(ADDRESS.hosts)
CSRF_TRUSTED_ORIGINS = [ADDRESS.origin] if ADDRESS.is_encrypted else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    # Before allauth, of which it draws the pages.
    "spreekruimte.organisations",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "spreekruimte.look",
    "spreekruimte.cases",
    "spreekruimte.ballots",
    "spreekruimte.verdicts",
    "spreekruimte.ophef",
    "spreekruimte.dialogue",
    "spreekruimte.studies",
    "spreekruimte.guidelines",
    "spreekruimte.guidelines.chill",
    "spreekruimte.guidelines.mandates",
    "spreekruimte.guidelines.proposing",
    "spreekruimte.guidelines.voices",
    "spreekruimte.channels",
    "spreekruimte.channels.fediverse",
    "spreekruimte.channels.webmention",
    "spreekruimte.pages",
    "spreekruimte.operation",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "spreekruimte.pages.headers.HeadersMiddleware",
    "spreekruimte.guidelines.draft_check.cookies.CookielessMiddleware",
    "spreekruimte.ballots.views.machine.BallotMiddleware",
    "spreekruimte.look.serving.TextMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "spreekruimte.channels.webmention.discovery.DiscoveryMiddleware",
    "spreekruimte.pages.refusing.RefusalMiddleware",
]

ROOT_URLCONF = "spreekruimte.config.urls"
WSGI_APPLICATION = "spreekruimte.config.wsgi.application"

DATABASES = {"default": choose_database(os.environ, DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What all processes count together, such as attempts to sign in. A table of the database; one that
# is full forgets at random.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Work in the background waits in the database, so that it survives a restart.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "spreekruimte.channels.sharing.share_page",
            ],
        },
    }
]

FORM_RENDERER = "spreekruimte.look.forms.LookRenderer"
# The design system calls this kind of alert otherwise.
MESSAGE_TAGS = {SUCCESS: "ok"}

STATIC_URL = "static/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files"},
    },
    # Served from where they are installed: nothing has to be collected before the first start.
    "staticfiles": {"BACKEND": "spreekruimte.look.serving.VersionedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Every one, since its address changes with its content.
WHITENOISE_IMMUTABLE_FILE_TEST = "^"

# Signing in: an address, a password or passkey, and a second factor for who works here.

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
# A working day.
SESSION_COOKIE_AGE = 12 * 60 * 60
ACCOUNT_ADAPTER = "spreekruimte.organisations.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "spreekruimte.organisations.accounts.adapters.display_user"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Without mail to an address that is not known, since it would offer to sign up.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# That of Django: allauth's own would keep each address a second time.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "change_password": "spreekruimte.organisations.accounts.forms.ChangeOwnPasswordForm",
    "reset_password_from_key": "spreekruimte.organisations.accounts.forms.ChoosePasswordForm",
}
MFA_ADAPTER = "spreekruimte.organisations.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Spreekruimte"
# One step of half a minute to either side, for who types while the code changes (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "spreekruimte.organisations.accounts.forms.SetUpAppForm",
    "add_webauthn": "spreekruimte.organisations.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "spreekruimte.organisations.accounts.forms.RenamePasskeyForm",
    "authenticate_webauthn": "spreekruimte.organisations.accounts.forms.ShowPasskeyForm",
    "login_webauthn": "spreekruimte.organisations.accounts.forms.SignInWithPasskeyForm",
    "reauthenticate_webauthn": "spreekruimte.organisations.accounts.forms.ShowPasskeyAgainForm",
}
OPENID_CONNECT = choose_provider(os.environ)
SOCIALACCOUNT_ADAPTER = "spreekruimte.organisations.accounts.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list_apps(OPENID_CONNECT)}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A link begins it: a form may not lead to another site (see form-action below).
SOCIALACCOUNT_LOGIN_ON_GET = True
# Who asks is told by the server before this one, where there is one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ADDRESS.is_encrypted else 0

MAIL_IS_SENT = bool(os.environ.get(MAIL))
globals().update(choose_mail(os.environ, DATA_FOLDER))

# What a browser may do with the pages, and keep of them.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "spreekruimte.pages.refusing.answer_old_form"
# Nothing that is asked here is longer: an answer to this is 413, one to more fields 400.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 5
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ADDRESS.is_encrypted
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# A year, so that a choice is made once.
LANGUAGE_COOKIE_AGE = 31536000
if ADDRESS.is_encrypted:
    SECURE_HSTS_SECONDS = 63072000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# English is the language of the source; a reader in the Netherlands gets Dutch.
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_CODE = "nl"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_THOUSAND_SEPARATOR = True

USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
