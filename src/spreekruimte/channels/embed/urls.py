"""The addresses of the ballot inside pages of others."""

from django.urls import URLPattern, path

from spreekruimte.channels.embed import oembed, views

app_name = "embed"
urlpatterns: list[URLPattern] = [
    path("embed/<int:case_id>/", views.show_ballot, name="ballot"),
    path("embed/<int:case_id>/ballots", views.take_ballot, name="ballots"),
    path("oembed", oembed.describe, name="oembed"),
]
