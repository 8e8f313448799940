"""The addresses of studies."""

from django.urls import URLPattern, path, re_path

from spreekruimte.studies.views import asking, designing, moving, results, room

STUDY = "studies/<int:study_id>/"
DESK = "desk/<slug:slug>/studies/"
ONE = f"{DESK}<int:study_id>/"
PICTURE = (
    r"^studies/(?P<study_id>[0-9]{1,18})/results/(?P<channel>open|panel)/(?P<name>[a-z_]{1,40})"
    r"\.(?P<kind>svg|csv)$"
)

app_name = "studies"
urlpatterns: list[URLPattern] = [
    path("studies/", asking.list_studies, name="all"),
    path("room/", room.list_rooms, name="room"),
    path("organisations/<slug:slug>/room/", room.list_rooms, name="room-of"),
    path(STUDY, asking.introduce, name="introduction"),
    path(f"{STUDY}ask/", asking.ask, name="ask"),
    path(f"{STUDY}about/", asking.ask_about, name="about"),
    path(f"{STUDY}thanks/", asking.thank, name="thanks"),
    path(f"{STUDY}erase/", asking.erase, name="erase"),
    path(f"{STUDY}invitation/", asking.use_invitation, name="invitation"),
    path(f"{STUDY}results/", results.show_results, name="results"),
    path(f"{STUDY}results.json", results.download_document, name="document"),
    path(f"{STUDY}results.csv", results.download_table, name="table"),
    path(f"{STUDY}answers.csv", results.download_answers, name="answers"),
    re_path(PICTURE, results.download_picture, name="picture"),
    path(f"{STUDY}room/", room.show_room, name="map"),
    *(
        path(f"{STUDY}room.{kind}", room.download_room, {"kind": kind}, name=f"map-{kind}")
        for kind in ("svg", "csv")
    ),
    path(DESK, designing.list_studies, name="list"),
    path(f"{DESK}new/", designing.make_study, name="new"),
    path(ONE, designing.show_desk, name="desk"),
    *(
        path(f"{ONE}{part}/", designing.change_part, {"part": part}, name=part)
        for part in designing.PARTS
    ),
    path(f"{ONE}draw/", designing.draw, name="draw"),
    path(f"{ONE}results/", results.preview_results, name="preview"),
    path(f"{ONE}invitations/", moving.invite, name="invite"),
    *(path(f"{ONE}{step}/", moving.move, {"step": step}, name=step) for step in moving.MOVES),
]
