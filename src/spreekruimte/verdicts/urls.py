"""The addresses of verdicts."""

from django.urls import URLPattern

app_name = "verdicts"
urlpatterns: list[URLPattern] = []
