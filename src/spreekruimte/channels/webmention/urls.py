"""The addresses where other sites tell of mentions."""

from django.urls import URLPattern, path

from spreekruimte.channels.webmention import views

app_name = "webmention"
urlpatterns: list[URLPattern] = [
    path("webmention", views.receive_webmention, name="webmention"),
    path("pingback", views.receive_pingback, name="pingback"),
]
