"""Which room answers which address."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("spreekruimte.organisations.accounts.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("spreekruimte.organisations.urls")),
    path("", include("spreekruimte.cases.urls")),
    path("", include("spreekruimte.ballots.urls")),
    path("", include("spreekruimte.verdicts.urls")),
    path("", include("spreekruimte.pages.urls")),
]
