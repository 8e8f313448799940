"""The addresses of pages."""

from django.urls import URLPattern, path

from spreekruimte.pages import views, well_known

app_name = "pages"
urlpatterns: list[URLPattern] = [
    path("", views.show_home, name="home"),
    path("how-it-works/", views.explain, name="how-it-works"),
    path("method/", views.show_method, name="method"),
    path("privacy/", views.show_privacy, name="privacy"),
    path("accessibility/", views.show_accessibility, name="accessibility"),
    path("rules/", views.show_rules, name="rules"),
    path("open-data/", views.show_open_data, name="open-data"),
    path("robots.txt", well_known.tell_robots),
    path("favicon.ico", well_known.give_icon),
    path(".well-known/security.txt", well_known.tell_security),
]
