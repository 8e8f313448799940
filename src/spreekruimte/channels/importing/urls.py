"""The address at which a post is taken over as a case."""

from django.urls import URLPattern, path

from spreekruimte.channels.importing.views import take_over

app_name = "importing"
urlpatterns: list[URLPattern] = [
    path("desk/<slug:slug>/import/", take_over, name="import"),
]
