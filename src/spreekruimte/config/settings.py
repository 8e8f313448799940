"""Settings of Django: its templates and translations; there is no database yet."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

INSTALLED_APPS = ["spreekruimte.look", "spreekruimte.verdicts"]

TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

# English is the language of the source; a reader in the Netherlands gets Dutch.
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_CODE = "nl"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_THOUSAND_SEPARATOR = True

USE_TZ = True
