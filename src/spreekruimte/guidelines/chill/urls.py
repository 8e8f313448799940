"""The addresses of surveys among public servants."""

from django.urls import URLPattern, path

from spreekruimte.guidelines.chill.views import asking, desk, results

SURVEY = "surveys/<int:survey_id>/"
DESK = "desk/<slug:slug>/surveys/"

app_name = "chill"
urlpatterns: list[URLPattern] = [
    path(SURVEY, asking.introduce, name="introduction"),
    path(f"{SURVEY}invitation/", asking.use_invitation, name="invitation"),
    path(f"{SURVEY}openid/", asking.return_identified, name="openid"),
    path(f"{SURVEY}ask/", asking.ask, name="ask"),
    path(f"{SURVEY}thanks/", asking.thank, name="thanks"),
    path(f"{SURVEY}results/", results.show, name="results"),
    *(
        path(f"{SURVEY}results/chill.{kind}", results.download, {"kind": kind}, name=kind)
        for kind in ("svg", "csv", "json")
    ),
    path("organisations/<slug:slug>/surveys/", results.list_published, name="published"),
    path(DESK, desk.list_surveys, name="list"),
    path(f"{DESK}new/", desk.open_new, name="new"),
    path(f"{DESK}<int:survey_id>/", desk.show, name="desk"),
    path(f"{DESK}<int:survey_id>/invitations/", desk.invite, name="invite"),
    *(
        path(f"{DESK}<int:survey_id>/{step}/", desk.move, {"step": step}, name=step)
        for step in desk.MOVES
    ),
]
