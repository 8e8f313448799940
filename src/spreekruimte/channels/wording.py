"""What goes out in words: a question to begin with, an answer, a result."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from spreekruimte.ballots.models import Channel
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Language
from spreekruimte.cases.stored import description_of
from spreekruimte.dialogue.models import Message, Speaker
from spreekruimte.verdicts.models import OfficialVerdict
from spreekruimte.verdicts.queries.results import result_of
from spreekruimte.verdicts.showing.judgement import name_channel, say_verdict


def suggest_question(case: Case, language: Language) -> str:
    """Give a text to begin with for who asks a case elsewhere; an editor makes it fit."""
    with translation.override(language):
        return "\n\n".join(
            [
                description_of(case).in_language(language),
                _("Is this post admissible, in your opinion?"),
                _(
                    "Your vote counts on our site. We read your reply here and may show it there, "
                    "without your name. If you delete it, we do too."
                ),
            ]
        )


def poll_options(language: Language) -> tuple[str, ...]:
    """Give the answers of a poll, in the order of the ballot."""
    with translation.override(language):
        return (_("Admissible"), _("Not admissible"), _("I don't know"))


def tell_answer(message: Message, language: Language) -> str:
    """Give an answer of an office as it is told where the question was asked."""
    if message.speaker == Speaker.ORGANISATION:
        return message.content
    with translation.override(language):
        label = str(Speaker(message.speaker).label)
        return f"{label[:1].upper()}{label[1:]}: {message.content}"


def tell_verdict(verdict: OfficialVerdict, language: Language, *, is_first: bool) -> str:
    """Give a result in words: of each channel what the public finds.

    Parameters
    ----------
    is_first
        Whether none was told there before.
    """
    with translation.override(language):
        found = [result_of(verdict.round, channel) for channel in Channel]
        results = [result for result in found if result is not None]
        sentences = [
            say_verdict(result.judgement)
            if len(results) == 1
            else f"{name_channel(result.channel)}. {say_verdict(result.judgement)}"
            for result in results
        ]
        first = _("The result is there.") if is_first else _("There is a new result.")
        return "\n\n".join([first, *sentences])


def ballot_address(case: Case) -> str:
    """Give the address of the ballot of a case."""
    return settings.ADDRESS.origin + reverse("ballots:case", args=[case.pk])


def result_address(case: Case) -> str:
    """Give the address of the result of a case."""
    return settings.ADDRESS.origin + reverse("verdicts:result", args=[case.pk])


def message_address(message: Message) -> str:
    """Give the address of a message in the dialogue of its case."""
    page = {"message": message.pk}
    dialogue = reverse("dialogue:dialogue", args=[message.case_id], query=page)
    return f"{settings.ADDRESS.origin}{dialogue}#message-{message.pk}"
