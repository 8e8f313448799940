"""The addresses of organisations."""

from django.urls import URLPattern, path

from spreekruimte.organisations.views.desk import show_desk

app_name = "organisations"
urlpatterns: list[URLPattern] = [
    path("desk/", show_desk, name="desk"),
]
