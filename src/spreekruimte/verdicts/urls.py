"""The addresses of verdicts."""

from django.urls import URLPattern, path, re_path

from spreekruimte.verdicts.views import context, desk, feeds, files, results

DESK = "desk/<slug:slug>/cases/<int:identifier>/verdict/"
RESULT = "cases/<int:case_id>/result/"
ROUND = r"cases/(?P<case_id>[0-9]{1,18})/result/(?P<number>[0-9]{1,5})"
CHANNEL = r"(?P<channel>open|panel)"
NAME = r"(?P<name>[a-z]{1,20}(\.[a-z]{1,8}){1,2})"

app_name = "verdicts"
urlpatterns: list[URLPattern] = [
    path(DESK, desk.show_verdict, name="desk"),
    path(f"{DESK}<int:number>/publish/", desk.publish, name="publish"),
    path(f"{DESK}<int:number>/check/", desk.check, name="check"),
    path(f"{DESK}jobs/<uuid:job_id>/", desk.show_job, name="job"),
    path(RESULT, results.show_result, name="result"),
    path(f"{RESULT}group/", results.show_own_group, name="group"),
    path("what-context-changes/", context.show_context, name="context"),
    path("what-context-changes.csv", context.download_numbers, name="context-numbers"),
    re_path(
        rf"^what-context-changes/{CHANNEL}/(?P<name>[a-z_]{{1,20}})\.svg$",
        context.download_picture,
        name="context-picture",
    ),
    path("results.atom", feeds.AtomFeed(), name="atom"),
    path("results.rss", feeds.RssFeed(), name="rss"),
    path(f"{RESULT}files.json", files.list_files, name="files"),
    re_path(
        rf"^{ROUND}/{CHANNEL}/pictures/(?P<name>[a-z]{{1,20}})\.(?P<kind>svg|csv)$",
        results.download_picture,
        name="picture",
    ),
    re_path(rf"^{ROUND}/{CHANNEL}/{NAME}$", files.download_file, name="file-of-channel"),
    re_path(rf"^{ROUND}/{NAME}$", files.download_file, name="file"),
]
