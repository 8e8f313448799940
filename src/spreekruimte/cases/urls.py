"""The addresses of cases: the editor's desk, and where a public servant agrees."""

from django.urls import URLPattern, path

from spreekruimte.cases.views.agreement import agree
from spreekruimte.cases.views.consent import consent
from spreekruimte.cases.views.desk import list_cases, load_bank, make_case, show_desk
from spreekruimte.cases.views.moves import MOVES, move_case
from spreekruimte.cases.views.preview import show_preview
from spreekruimte.cases.views.signing import sign
from spreekruimte.cases.views.subjects import SUBJECTS, edit_subject

CASES = "desk/<slug:slug>/cases/"
CASE = f"{CASES}<int:identifier>/"

app_name = "cases"
urlpatterns: list[URLPattern] = [
    path("consent/", consent, name="consent"),
    path(CASES, list_cases, name="list"),
    path(f"{CASES}new/", make_case, name="new"),
    path(f"{CASES}bank/", load_bank, name="bank"),
    path(CASE, show_desk, name="desk"),
    path(f"{CASE}identification/", sign, name="identification"),
    path(f"{CASE}agreement/", agree, name="agreement"),
    path(f"{CASE}preview/", show_preview, name="preview"),
    *(
        path(f"{CASE}{key}/", edit_subject, {"key": key}, name=subject.name)
        for key, subject in SUBJECTS.items()
    ),
    *(path(f"{CASE}{key}/", move_case, {"key": key}, name=key) for key in MOVES),
]
