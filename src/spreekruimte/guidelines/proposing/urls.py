"""The addresses of proposals, beside the workshop of a guideline."""

from django.urls import URLPattern, path

from spreekruimte.guidelines.proposing import views

PROPOSALS = "desk/<slug:slug>/guidelines/<int:identifier>/proposals/"

app_name = "proposing"
urlpatterns: list[URLPattern] = [
    path(PROPOSALS, views.show, name="proposals"),
    path(f"{PROPOSALS}ask/", views.ask, name="ask"),
    path(f"{PROPOSALS}take-over/", views.take, name="take-over"),
]
