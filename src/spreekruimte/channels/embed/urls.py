"""The addresses of the ballot inside pages of others."""

from django.urls import URLPattern

app_name = "embed"
urlpatterns: list[URLPattern] = []
