"""What is said here is tidy, waits where it has to, and names no office by a person."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask, judge
from tests.ballots.rounds import someone
from tests.cases.stored import BY, in_state
from tests.dialogue.messages import QUESTION, say
from tests.organisations.people import NOW, make_member

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import CaseKey, Moderation, Round
from spreekruimte.ballots.queries.standing import find_participation
from spreekruimte.ballots.refusals import NoWayBack
from spreekruimte.dialogue.actions import saying
from spreekruimte.dialogue.actions.saying import MOST_MESSAGES, Said, say_as_organisation
from spreekruimte.dialogue.models import LONGEST_MESSAGE, Message
from spreekruimte.dialogue.voices import (
    Voice,
    citizen_voice,
    colleague_voice,
    organisation_voice,
    servant_voice,
)
from spreekruimte.organisations.models import AuditEntry, Role
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


def speak(
    round_: Round, voice: Voice, content: str = QUESTION, parent: Message | None = None
) -> Message:
    said = Said(content, "nl", parent)
    return saying.say(case=round_.case, voice=voice, said=said, now=NOW)


def citizen(round_: Round) -> Voice:
    return citizen_voice(round_.case, judge(round_))


def test_a_citizen_is_known_by_the_pseudonym_of_the_ballots() -> None:
    round_ = ask()
    respondent = judge(round_)
    message = speak(round_, citizen_voice(round_.case, respondent))
    participation = find_participation(round_, respondent)
    assert participation is not None
    assert message.author == participation.pseudonym
    assert (message.speaker, message.source, message.state) == ("citizen", "web", "shown")


@pytest.mark.parametrize(
    ("moderation", "content", "state"),
    [
        (Moderation.AFTER, QUESTION, "shown"),
        (Moderation.BEFORE, QUESTION, "waiting"),
        (Moderation.AFTER, "Mevrouw Jansen schreef toch iets ergers?", "waiting"),
    ],
)
def test_it_waits_where_reasons_do_and_where_it_seems_to_name_somebody(
    moderation: Moderation, content: str, state: str
) -> None:
    round_ = ask(moderation)
    assert speak(round_, citizen(round_), content).state == state


def test_what_was_hidden_before_waits() -> None:
    round_ = ask()
    say(round_.case, state=Message.State.HIDDEN)
    assert speak(round_, citizen(round_), QUESTION.upper()).state == "waiting"


def test_the_organisation_does_not_wait_for_itself_but_does_when_it_seems_to_name_somebody() -> (
    None
):
    round_ = ask(Moderation.BEFORE)
    voice = organisation_voice(round_.case)
    said = {"case": round_.case, "voice": voice, **BY}
    message = say_as_organisation(said=Said("Wij antwoorden u graag.", "nl"), **said)
    assert (message.speaker, message.state) == ("organisation", "shown")
    entry = AuditEntry.objects.get(action="say_as_organisation")
    assert (entry.identifier, entry.actor) == (str(message.pk), "operator")
    named = say_as_organisation(said=Said("Vraag het mevrouw Jansen maar.", "nl"), **said)
    assert named.state == "waiting"


def test_the_first_reply_that_can_be_read_is_noted_in_the_round_that_is_asked() -> None:
    round_ = ask()
    judge(round_)
    servant = servant_voice(round_.case, "7K3D-9QXM-0A1B-C2D3")

    def replied() -> int | None:
        return Round.objects.get(pk=round_.pk).reply_length

    speak(round_, citizen(round_))
    waiting = speak(round_, servant, "Mevrouw Jansen leest mee.")
    assert (waiting.state, replied()) == ("waiting", None)
    length = Round.objects.get(pk=round_.pk).head_length
    speak(round_, servant, "Ik leg het uit.")
    assert replied() == length
    judge(round_, someone())
    speak(round_, servant, "Ik leg het nog eens uit.")
    assert replied() == length


def test_of_public_servants_nothing_is_kept_that_leads_to_a_user() -> None:
    round_ = ask()
    user = make_member(round_.case.organisation, Role.PUBLIC_SERVANT)
    before = AuditEntry.objects.count()
    message = speak(round_, colleague_voice(round_.case, user), "Ik ken die twijfel ook.")
    own = speak(round_, servant_voice(round_.case, "7K3D-9QXM-0A1B-C2D3"), "Ik leg het uit.")
    assert (message.speaker, own.speaker) == ("colleague", "servant")
    assert AuditEntry.objects.count() == before
    stored = str(list(Message.objects.values()))
    assert str(user.pseudonym) not in stored
    assert user.email not in stored


def test_voices_of_one_office_are_one_and_of_others_are_not() -> None:
    round_ = ask()
    assert organisation_voice(round_.case) == organisation_voice(round_.case)
    typed = servant_voice(round_.case, "7k3d9qxm0a1bc2d3")
    assert typed == servant_voice(round_.case, "7K3D-9QXM-0A1B-C2D3")
    assert typed.author != organisation_voice(round_.case).author


@pytest.mark.parametrize("office", ["citizen", "organisation"])
def test_without_the_key_of_the_case_nobody_speaks(office: str) -> None:
    round_ = ask()
    respondent = judge(round_)
    CaseKey.objects.all().delete()
    with pytest.raises(NoWayBack):
        citizen_voice(round_.case, respondent) if office == "citizen" else organisation_voice(
            round_.case
        )


def test_answers_follow_what_is_shown_in_the_same_case() -> None:
    round_ = ask()
    voice = citizen(round_)
    first = say(round_.case)
    assert speak(round_, voice, "Ja, dat vind ik ook.", first).parent == first
    other = say(in_state("open", organisation=round_.case.organisation))
    waiting = say(round_.case, "Later.", state=Message.State.WAITING)
    for parent in (other, waiting):
        with pytest.raises(RefusedError):
            speak(round_, voice, "Nee, juist niet.", parent)


@pytest.mark.parametrize(
    "content", ["Ja", "x" * (LONGEST_MESSAGE + 1), "Vraag @jan@elders.nl maar"]
)
def test_what_does_not_look_as_it_has_to_is_refused(content: str) -> None:
    round_ = ask()
    with pytest.raises(RefusedError):
        speak(round_, citizen(round_), content)
    assert not Message.objects.exists()


def test_nobody_says_the_same_twice_or_too_much() -> None:
    round_ = ask()
    voice = citizen(round_)
    speak(round_, voice)
    with pytest.raises(RefusedError):
        speak(round_, voice, QUESTION.lower())
    for number in range(MOST_MESSAGES - 1):
        say(round_.case, f"Nog een vraag {number}?", author=voice.author)
    with pytest.raises(RefusedError):
        speak(round_, voice, "En nog een laatste vraag?")
    assert speak(round_, organisation_voice(round_.case)).state == "shown"


def test_a_case_that_was_stopped_is_not_talked_about_and_a_closed_one_is() -> None:
    round_ = ask()
    voice = citizen(round_)
    end_round(round=round_, step="close", **BY)
    assert speak(round_, voice).state == "shown"
    round_.case.state = "stopped"
    round_.case.save()
    with pytest.raises(RefusedError):
        speak(round_, voice, "En nu nog iets?")
