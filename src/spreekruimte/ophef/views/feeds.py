"""The feeds of an organisation: see how they do, add one, pause it and go on."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spreekruimte.cases.views.found import user_of
from spreekruimte.look.refusing import refuse
from spreekruimte.ophef.actions.feeds import add_feed, pause_feed, resume_feed
from spreekruimte.ophef.feed_form import FeedForm
from spreekruimte.ophef.feeds.problems import SENTENCES
from spreekruimte.ophef.models import Feed
from spreekruimte.ophef.permissions import may_keep_register
from spreekruimte.ophef.queries.feeds import feeds_of, incidents_with_items
from spreekruimte.ophef.views.found import attempt, find_in
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role


@require_role(Role.EDITOR, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def show_feeds(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the feeds and how they do; add one."""
    may_edit = may_keep_register(user_of(request), organisation)
    form = FeedForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if form.is_bound:
        if not may_edit:
            return refuse(request, 403)
        status = attempt(
            form,
            lambda: add_feed(
                organisation=organisation,
                feed=form.feed,
                actor=user_of(request).actor,
                now=timezone.now(),
            ),
        )
        if status == 200:
            messages.success(request, _("The feed is there. It is asked for within a minute."))
            return redirect("ophef:feeds", organisation.slug)
    page = {
        "organisation": organisation,
        "form": form,
        "feeds": [(feed, tell_problem(feed)) for feed in feeds_of(organisation)],
        "waiting": incidents_with_items(organisation),
        "may_edit": may_edit,
    }
    return render(request, "ophef/feeds.html", page, status=status)


@require_role(Role.EDITOR)
@require_POST
def pause(request: HttpRequest, organisation: Organisation, feed_id: int) -> HttpResponse:
    """Ask for a feed no more."""
    return _change(request, organisation, feed_id, pause_feed)


@require_role(Role.EDITOR)
@require_POST
def resume(request: HttpRequest, organisation: Organisation, feed_id: int) -> HttpResponse:
    """Ask for a feed again."""
    return _change(request, organisation, feed_id, resume_feed)


def tell_problem(feed: Feed) -> str | Promise:
    """Say what went wrong last, or nothing."""
    return SENTENCES.get(feed.problem, "")


def _change(
    request: HttpRequest,
    organisation: Organisation,
    feed_id: int,
    change: Callable[..., Feed],
) -> HttpResponse:
    feed = find_in(Feed.objects.filter(organisation=organisation), feed_id)
    change(feed=feed, actor=user_of(request).actor, now=timezone.now())
    return redirect("ophef:feeds", organisation.slug)
