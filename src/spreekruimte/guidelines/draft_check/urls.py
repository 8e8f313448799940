"""The addresses of the draft check; nothing of what is asked or answered stands in one."""

from django.urls import URLPattern, path

from spreekruimte.guidelines.draft_check import views
from spreekruimte.guidelines.draft_check.cookies import PATH

app_name = "draft_check"
urlpatterns: list[URLPattern] = [
    path(PATH[1:], views.check_draft, name="check"),
    path(f"{PATH[1:]}nl/", views.check_draft, {"language": "nl"}, name="check-nl"),
    path(f"{PATH[1:]}en/", views.check_draft, {"language": "en"}, name="check-en"),
]
