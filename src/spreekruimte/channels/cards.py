"""Cards that go with a link to a case: its question, or once it is over what the public found.

A card tells what its page tells, in a picture for who scrolls past and in words for who listens.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Language
from spreekruimte.cases.stored import description_of
from spreekruimte.channels.network import Card
from spreekruimte.channels.picture import Bar, Picture, draw
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.models import OfficialVerdict
from spreekruimte.verdicts.queries.results import ChannelResult, result_of
from spreekruimte.verdicts.queries.snapshots import official_verdict
from spreekruimte.verdicts.showing.judgement import name_channel, say_verdict


def question_card(case: Case, language: Language) -> Card:
    """Make the card of a question. It holds no figure, whatever was answered."""
    with translation.override(language):
        return _draw(*_tell_question(case, language))


def verdict_card(verdict: OfficialVerdict, language: Language) -> Card:
    """Make the card of what the public found.

    Raises
    ------
    RefusedError
        If the case is not closed: as long as it is asked (again), nothing is told of it.
    """
    if verdict.round.case.state != "closed":
        raise RefusedError(_("As long as a case is asked, nothing is told of its result."))
    with translation.override(language):
        return _draw(*_tell_verdict(verdict))


def card_of(case: Case, language: Language) -> Card:
    """Make the card that belongs to a case now."""
    with translation.override(language):
        return _draw(*_tell(case, language))


def words_of(case: Case, language: Language) -> Card:
    """Give the card that belongs to a case now without its picture, which takes a while to draw."""
    with translation.override(language):
        return _tell(case, language)[0]


def _tell(case: Case, language: Language) -> tuple[Card, Picture]:
    verdict = verdict_to_tell(case)
    return _tell_verdict(verdict) if verdict else _tell_question(case, language)


def _tell_question(case: Case, language: Language) -> tuple[Card, Picture]:
    title = _("What do you think of this post?")
    told = description_of(case).in_language(language)
    asked = _("Is this post admissible, in your opinion?")
    picture = Picture(title=title, told=told, said=(asked,), note=_note_on(case))
    return _write(picture, told, (told, asked)), picture


def _tell_verdict(verdict: OfficialVerdict) -> tuple[Card, Picture]:
    title = _("What the public finds")
    found = [result_of(verdict.round, channel) for channel in Channel]
    results = [result for result in found if result is not None]
    sentences = tuple(_say(result) for result in results)
    bars = tuple(_draw_bar(result) for result in results)
    note = _note_on(verdict.round.case)
    picture = Picture(title=title, said=sentences, bars=bars, note=note)
    return _write(picture, " ".join(sentences), sentences), picture


def _write(picture: Picture, description: str, read: tuple[str, ...]) -> Card:
    alternative = " ".join(filter(None, [picture.note, picture.title, *read]))
    return Card(picture.title, description, b"", alternative)


def _draw(card: Card, picture: Picture) -> Card:
    return replace(card, picture=draw(picture))


def verdict_to_tell(case: Case) -> OfficialVerdict | None:
    """Return the official verdict of a case, if that may be told now."""
    if case.state != "closed":
        return None
    latest = case.rounds.order_by("-number").first()
    return official_verdict(latest.pk) if latest else None


def _say(result: ChannelResult) -> str:
    return f"{name_channel(result.channel)}. {say_verdict(result.judgement)}"


def _draw_bar(result: ChannelResult) -> Bar | None:
    share = result.judgement.support
    if share.estimate is None:
        return None
    return Bar(share.estimate, share.low, share.high)


def _note_on(case: Case) -> str:
    return _("Demonstration, simulated citizens") if case.is_simulated else ""
