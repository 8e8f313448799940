"""The result of a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spreekruimte.ballots.models import Channel, Round
from spreekruimte.ballots.queries.standing import Standing, standing_of
from spreekruimte.ballots.views.visiting import read_language
from spreekruimte.cases.queries import case_for_public, grounds_for_public
from spreekruimte.verdicts.queries.results import (
    ChannelResult,
    RoundResult,
    result_of,
    results_of,
)
from spreekruimte.verdicts.showing import Picture, find_picture, make_pictures
from spreekruimte.verdicts.showing.framings import warn_of_dealing
from spreekruimte.verdicts.showing.judgement import (
    explain_outcome,
    list_warnings,
    name_channel,
    say_verdict,
)
from spreekruimte.verdicts.showing.mirror import say_gap
from spreekruimte.verdicts.showing.own_group import place_among_groups
from spreekruimte.verdicts.views.looking import Look, to_file, to_page
from spreekruimte.verdicts.views.pictures import give_picture


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """One channel of a round in words and pictures."""

    result: ChannelResult
    name: str
    sentence: str
    meaning: str
    mirror: str
    warnings: list[str]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A round with its channels; those that have been asked."""

    result: RoundResult
    channels: tuple[ShownChannel, ...]


@require_safe
@to_page
def show_result(look: Look) -> HttpResponse:
    """Show what the public finds of a case, round by round; of a protected case, why it is so."""
    shown = case_for_public(look.case.pk, language=read_language())
    context: dict[str, object] = {"case": shown, "grounds": grounds_for_public(look.case)}
    if look.case.state == "protected":
        return render(look.request, "verdicts/protected.html", context)
    rounds = [_show_round(result) for result in results_of(look.case, look.now)]
    context |= {"rounds": rounds, "asked": look.asked, "respondent": look.respondent}
    return render(look.request, "verdicts/result.html", context)


@require_safe
@to_page
def show_own_group(look: Look) -> HttpResponse:
    """Show respondents which opinion group they answer most like; it is kept nowhere."""
    standing = standing_of(look.latest, look.respondent) if look.latest else Standing()
    result = None
    if look.latest is not None and look.respondent is not None:
        result = result_of(look.latest, look.respondent.channel)
    has_voted = standing.judgement is not None
    context = {
        "case": case_for_public(look.case.pk, language=read_language()),
        "has_voted": has_voted,
        "placed": place_among_groups(result, standing) if result and has_voted else None,
    }
    response = render(look.request, "verdicts/own_group.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@to_file
def download_picture(
    look: Look, number: int, channel: str, name: str, kind: str
) -> HttpResponseBase:
    """Give one picture as SVG, or its numbers as CSV."""
    result = find_result(look, number, channel)
    picture = find_picture(result, name) if result else None
    if picture is None:
        raise Http404(_("There is no such picture."))
    file = f"case-{look.case.pk}-round-{number}-{channel}-{name}"
    label = _("Demonstration: the people here are simulated.") if look.case.is_simulated else ""
    return give_picture(picture, file, kind, label=label)


def find_result(look: Look, number: int, channel: str) -> ChannelResult | None:
    """Find what came out of a channel of a round of the case that is looked at."""
    round_ = Round.objects.filter(case=look.case, number=number).select_related("case").first()
    if round_ is None or channel not in Channel.values:
        return None
    return result_of(round_, Channel(channel))


def _show_round(result: RoundResult) -> ShownRound:
    return ShownRound(result, tuple(_show_channel(each) for each in result.channels))


def _show_channel(result: ChannelResult) -> ShownChannel:
    return ShownChannel(
        result=result,
        name=name_channel(result.channel),
        sentence=say_verdict(result.judgement),
        meaning=explain_outcome(result.judgement),
        mirror=say_gap(result.framings),
        warnings=[*list_warnings(result.judgement), *warn_of_dealing(result.framings)],
        pictures=make_pictures(result),
    )
