"""The addresses of mandates."""

from django.urls import URLPattern, path

from spreekruimte.guidelines.mandates import views

DESK, PUBLIC = "desk/<slug:slug>/mandates/", "organisations/<slug:slug>/mandates/"

app_name = "mandates"
urlpatterns: list[URLPattern] = [
    path(DESK, views.write, name="desk"),
    path(f"{DESK}publish/", views.publish, name="publish"),
    path(PUBLIC, views.show, name="public"),
    path(f"{PUBLIC}<int:number>/", views.show, name="version"),
    path(f"{PUBLIC}<int:number>.json", views.download, name="json"),
]
