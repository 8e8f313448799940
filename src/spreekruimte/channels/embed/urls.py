"""The addresses of the ballot inside pages of others, and of what passes a case on."""

from django.urls import URLPattern, path

from spreekruimte.channels.embed import oembed, passing_on, voting, withdrawing

app_name = "embed"
urlpatterns: list[URLPattern] = [
    path("embed/<int:case_id>/", voting.show_ballot, name="ballot"),
    path("embed/<int:case_id>/ballots", voting.take_ballot, name="ballots"),
    path("cases/<int:case_id>/withdraw/<str:token>/", withdrawing.withdraw, name="withdraw"),
    path("oembed", oembed.describe, name="oembed"),
    *(
        path(
            f"cards/<int:case_id>/{language}.png",
            passing_on.draw_card,
            {"language": language},
            name=f"card-{language}",
        )
        for language in ("nl", "en")
    ),
    path("cases/<int:case_id>/share/", passing_on.share, name="share"),
    path("cases/<int:case_id>/poster/", passing_on.show_poster, name="poster"),
]
