"""The addresses of our own actor."""

from django.urls import URLPattern

app_name = "fediverse"
urlpatterns: list[URLPattern] = []
