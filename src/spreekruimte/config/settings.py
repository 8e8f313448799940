"""Settings of Django. Reading them opens no database and makes no file."""

import os
from pathlib import Path

from spreekruimte.config.databases import choose_data_folder, choose_database

PACKAGE = Path(__file__).resolve().parents[1]
DATA_FOLDER = choose_data_folder(os.environ)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "spreekruimte.look",
    "spreekruimte.organisations",
    "spreekruimte.cases",
    "spreekruimte.verdicts",
]

DATABASES = {"default": choose_database(os.environ, DATA_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"

TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

# English is the language of the source; a reader in the Netherlands gets Dutch.
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_CODE = "nl"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_THOUSAND_SEPARATOR = True

USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
