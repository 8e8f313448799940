"""The addresses of verdicts."""

from django.urls import URLPattern, path, re_path

from spreekruimte.verdicts.views import feeds, results

RESULT = "cases/<int:case_id>/result/"

app_name = "verdicts"
urlpatterns: list[URLPattern] = [
    path(RESULT, results.show_result, name="result"),
    path(f"{RESULT}group/", results.show_own_group, name="group"),
    path("results.atom", feeds.AtomFeed(), name="atom"),
    path("results.rss", feeds.RssFeed(), name="rss"),
    re_path(
        r"^cases/(?P<case_id>[0-9]{1,18})/result/(?P<number>[0-9]{1,5})/(?P<channel>open|panel)/"
        r"(?P<name>[a-z]{1,20})\.(?P<kind>svg|csv)$",
        results.download_picture,
        name="picture",
    ),
]
