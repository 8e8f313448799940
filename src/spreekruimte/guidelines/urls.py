"""The addresses of guidelines: those that everybody reads, and the workshop."""

from django.urls import URLPattern, path

from spreekruimte.guidelines.views import comparing, desk, files, lines, public, workshop

DESK = "desk/<slug:slug>/guidelines/"
WORKSHOP = f"{DESK}<int:identifier>/"
LINE = f"{WORKSHOP}lines/<slug:name>/"
GUIDELINE = "guidelines/<int:identifier>/"
VERSION = f"{GUIDELINE}versions/<int:number>"

app_name = "guidelines"
urlpatterns: list[URLPattern] = [
    path("guidelines/", public.list_public, name="public"),
    path("guidelines/compare/", comparing.compare, name="compare"),
    path("guidelines/packs/<slug:name>/", public.show_pack, name="pack"),
    path("guidelines/packs/<slug:name>.json", files.download_pack, name="pack-json"),
    path(GUIDELINE, public.show_guideline, name="guideline"),
    path(f"{GUIDELINE}expiries.ics", files.follow_expiries, name="calendar"),
    path(f"{VERSION}/", public.show_version, name="version"),
    path(f"{VERSION}/differences/", public.compare_versions, name="differences"),
    path(f"{VERSION}.json", files.download_version, name="json"),
    path(f"{VERSION}.pdf", files.download_pdf, name="pdf"),
    path(DESK, desk.list_guidelines, name="list"),
    path(f"{DESK}new/", desk.make, name="new"),
    path(f"{DESK}copy/", desk.copy, name="copy"),
    path(f"{DESK}import/", desk.upload, name="import"),
    path(WORKSHOP, workshop.show_workshop, name="workshop"),
    path(f"{WORKSHOP}describe/", workshop.describe, name="describe"),
    path(f"{WORKSHOP}differences/", workshop.compare_draft, name="draft-differences"),
    path(f"{WORKSHOP}publish/", workshop.publish, name="publish"),
    path(f"{WORKSHOP}new-line/", lines.add, name="add-line"),
    path(LINE, lines.change, name="change-line"),
    path(f"{LINE}remove/", lines.remove, name="remove-line"),
    *(
        path(f"{WORKSHOP}{key}/", workshop.move, {"key": key}, name=key)
        for key in ("revise", "discard", "withdraw")
    ),
]
