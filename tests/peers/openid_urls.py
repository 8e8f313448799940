"""The addresses of the provider."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.idp.urls", namespace="idp")),
    path("account/", include("allauth.account.urls")),
]
