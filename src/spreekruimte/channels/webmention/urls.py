"""The addresses where other sites tell of mentions."""

from django.urls import URLPattern

app_name = "webmention"
urlpatterns: list[URLPattern] = []
