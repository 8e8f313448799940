"""The results of cases as they become official, for who follows them with a feed reader."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from spreekruimte.verdicts.queries.announced import Announced, announced_results
from spreekruimte.verdicts.showing.judgement import name_channel, say_verdict

MOST = 50


class RssFeed(Feed):  # type: ignore[type-arg]
    """Official results, the newest first, in Dutch or with ``?lang=en`` in English."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed

    def __call__(self, request: HttpRequest, *arguments: object, **options: object) -> HttpResponse:
        """Answer in the language that the address asks for, whatever the browser reads."""
        language = "en" if request.GET.get("lang") == "en" else "nl"
        with translation.override(language):
            response = super().__call__(request, *arguments, **options)
        response["Cache-Control"] = "no-cache"
        return response

    def title(self) -> str:
        """Name the feed."""
        return _("Spreekruimte: results of cases")

    def description(self) -> str:
        """Say what it brings."""
        return _("What the public finds of posts of public servants, once voting is over.")

    def link(self) -> str:
        """Lead to the list of cases."""
        return "/"

    def items(self) -> list[Announced]:
        """Bring the newest results."""
        return announced_results(MOST)

    def item_title(self, item: Announced) -> str:
        """Tell the case."""
        description = item.description.in_language(
            "en" if translation.get_language() == "en" else "nl"
        )
        simulated = _("Demonstration, simulated citizens") + ": " if item.is_simulated else ""
        return f"{simulated}{description}"

    def item_description(self, item: Announced) -> str:
        """Tell the verdict of each channel."""
        return " ".join(
            f"{name_channel(result.channel)}. {say_verdict(result.judgement)}"
            for result in item.channels
        )

    def item_link(self, item: Announced) -> str:
        """Lead to the result."""
        return reverse("verdicts:result", args=[item.case_id])

    def item_guid(self, item: Announced) -> str:
        """Name what was announced: once per official verdict."""
        return f"{self.item_link(item)}#{item.round_number}.{item.number}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Announced) -> datetime:
        """Say when it became official."""
        return item.published_at

    def item_updateddate(self, item: Announced) -> datetime:
        """Say the same, as Atom asks for it."""
        return item.published_at


class AtomFeed(RssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed

    def subtitle(self) -> str:
        """Say what it brings."""
        return self.description()
