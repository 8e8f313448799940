"""The addresses of voices."""

from django.urls import URLPattern, path

from spreekruimte.guidelines.voices import views

DESK, PUBLIC = "desk/<slug:slug>/voices/", "organisations/<slug:slug>/voices/"

app_name = "voices"
urlpatterns: list[URLPattern] = [
    path(PUBLIC, views.list_topics, name="public"),
    path(f"{PUBLIC}<slug:topic>/", views.show, name="topic"),
    *(
        path(f"{PUBLIC}<slug:topic>/voices.{kind}", views.download, {"kind": kind}, name=kind)
        for kind in ("svg", "csv")
    ),
    path(DESK, views.show_desk, name="desk"),
    path(f"{DESK}<slug:topic>/ask/", views.ask, name="ask"),
    path(f"{DESK}<slug:topic>/close/", views.close, name="close"),
]
