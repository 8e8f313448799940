"""Which room answers which address."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("spreekruimte.organisations.accounts.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("spreekruimte.organisations.urls")),
    path("", include("spreekruimte.cases.urls")),
    path("", include("spreekruimte.ballots.urls")),
    path("", include("spreekruimte.verdicts.urls")),
    path("", include("spreekruimte.ophef.urls")),
    path("", include("spreekruimte.dialogue.urls")),
    path("", include("spreekruimte.studies.urls")),
    path("", include("spreekruimte.guidelines.draft_check.urls")),
    path("", include("spreekruimte.guidelines.urls")),
    path("", include("spreekruimte.guidelines.chill.urls")),
    path("", include("spreekruimte.guidelines.mandates.urls")),
    path("", include("spreekruimte.guidelines.proposing.urls")),
    path("", include("spreekruimte.guidelines.voices.urls")),
    path("", include("spreekruimte.channels.urls")),
    path("", include("spreekruimte.channels.fediverse.urls")),
    path("", include("spreekruimte.channels.webmention.urls")),
    path("", include("spreekruimte.channels.embed.urls")),
    path("", include("spreekruimte.channels.sign_in.urls")),
    path("", include("spreekruimte.channels.importing.urls")),
    path("", include("spreekruimte.pages.urls")),
]

handler400 = "spreekruimte.pages.refusing.answer_bad_request"
handler403 = "spreekruimte.pages.refusing.answer_forbidden"
handler404 = "spreekruimte.pages.refusing.answer_not_found"
handler500 = "spreekruimte.pages.refusing.answer_error"
# That of allauth.
handler429 = "spreekruimte.pages.refusing.answer_too_often"
