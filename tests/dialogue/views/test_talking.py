"""Citizens read the dialogue after judging, speak in it, vote in it, and ask for another look."""

from __future__ import annotations

import pytest
from tests.ballots.asking import ask
from tests.ballots.views.citizen import Citizen, read
from tests.cases.stored import BY, in_state
from tests.dialogue.messages import QUESTION, say
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Moderation, Participation, Round
from spreekruimte.ballots.moderation.actions import Decision, mark_text
from spreekruimte.dialogue.actions.counting import refresh_figures
from spreekruimte.dialogue.actions.moderating import moderate_message
from spreekruimte.dialogue.models import Message, MessageVote
from spreekruimte.dialogue.views import talking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

NEW = "dialogue:say"


def judged(round_: Round) -> Citizen:
    return Citizen(round_.case_id, "en").judge()


def test_who_has_not_judged_is_led_to_the_case_and_can_say_nothing() -> None:
    round_ = ask()
    message = say(round_.case)
    newcomer = Citizen(round_.case_id)
    for sent in (
        newcomer.go("dialogue:dialogue"),
        newcomer.send(NEW, {"content": QUESTION}),
        newcomer.send("dialogue:vote", {"answer": 1}, message_id=message.pk),
    ):
        assert sent["Location"] == newcomer.address("case")
    assert (Message.objects.count(), MessageVote.objects.count()) == (1, 0)


def test_who_has_judged_asks_and_others_answer() -> None:
    round_ = ask()
    first, second = judged(round_), judged(round_)
    sent = first.send(NEW, {"content": QUESTION})
    message = Message.objects.get()
    assert sent["Location"].endswith(
        f"/dialogue/?note=said&message={message.pk}#message-{message.pk}"
    )
    page = second.go("dialogue:dialogue")
    assert "no-store" in page["Cache-Control"]
    assert QUESTION in read(page)
    assert message.author not in page.content.decode()
    second.send("dialogue:answer", {"content": "Ik vind van wel."}, message_id=message.pk)
    assert Message.objects.get(content="Ik vind van wel.").parent == message
    assert "Your messages" in read(first.go("dialogue:dialogue"))
    assert Participation.objects.filter(has_seen_results=True).count() == 2


def test_a_vote_can_be_changed_and_is_shown_to_who_gave_it() -> None:
    round_ = ask()
    message = say(round_.case)
    citizen = judged(round_)
    page = citizen.go("dialogue:dialogue").content.decode()
    for name in ("dialogue:vote", "dialogue:answer"):
        assert f'"{citizen.address(name, message_id=message.pk)}"' in page
    for answer in (1, -1):
        citizen.send("dialogue:vote", {"answer": answer}, message_id=message.pk)
    assert MessageVote.objects.get().answer == -1
    page = citizen.go("dialogue:dialogue").content.decode()
    assert page.count('aria-pressed="true"') == 1
    assert 'value="-1" aria-pressed="true"' in page
    refused = citizen.send("dialogue:vote", {"answer": 7}, message_id=message.pk)
    assert refused.status_code == 400


def test_of_a_closed_case_everybody_reads_and_takes_part() -> None:
    round_ = ask()
    end_round(round=round_, step="close", **BY)
    message = say(round_.case)
    newcomer = Citizen(round_.case_id, "en")
    assert QUESTION in read(newcomer.go("dialogue:dialogue"))
    newcomer.send("dialogue:vote", {"answer": 1}, message_id=message.pk)
    assert newcomer.send(NEW, {"content": "Waarom eigenlijk?"}).status_code == 302
    own = Message.objects.get(content="Waarom eigenlijk?")
    assert MessageVote.objects.get().voter == own.author
    again = newcomer.send(NEW, {"content": "Waarom eigenlijk?"})
    assert again.status_code == 409
    refused = newcomer.send("dialogue:vote", {"answer": 1}, message_id=own.pk)
    assert refused.status_code == 409
    assert "own message" in read(refused)


def test_what_waits_is_shown_to_nobody_else_and_what_was_hidden_can_be_appealed() -> None:
    round_ = ask(Moderation.BEFORE)
    citizen, other = judged(round_), judged(round_)
    assert "note=waiting" in citizen.send(NEW, {"content": QUESTION})["Location"]
    message = Message.objects.get()
    assert QUESTION in read(citizen.go("dialogue:dialogue"))
    assert QUESTION not in read(other.go("dialogue:dialogue"))
    assert other.send("dialogue:vote", {"answer": 1}, message_id=message.pk).status_code == 404
    decision = Decision(message.pk, "hide", mark_text(message.content), "insults")
    moderate_message(organisation=round_.case.organisation, decision=decision, **BY)
    appeal = citizen.address("dialogue:appeal", message_id=message.pk)
    assert appeal in citizen.go("dialogue:dialogue").content.decode()
    assert QUESTION in read(citizen.client.get(appeal))
    sent = citizen.send("dialogue:appeal", message_id=message.pk)
    assert "note=appealed" in sent["Location"]
    assert citizen.send("dialogue:appeal", message_id=message.pk).status_code == 409
    assert other.send("dialogue:appeal", message_id=message.pk).status_code == 404


@pytest.mark.parametrize(
    ("content", "status"), [("", 400), ("Ja", 409), ("Mail naar jan@elders.nl", 409)]
)
def test_what_cannot_be_kept_is_said_beside_the_field(content: str, status: int) -> None:
    round_ = ask()
    sent = judged(round_).send(NEW, {"content": content})
    assert sent.status_code == status
    assert not Message.objects.exists()


def test_one_computer_cannot_flood_a_dialogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "MOST_IN_AN_HOUR", 1)
    round_ = ask()
    citizen = judged(round_)
    assert citizen.send(NEW, {"content": QUESTION}).status_code == 302
    assert citizen.send(NEW, {"content": "En nog een vraag?"}).status_code == 409


def test_a_long_dialogue_goes_on_on_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "PAGE", 2)
    round_ = ask()
    for number in range(3):
        say(round_.case, f"Bericht {number}")
    citizen = judged(round_)
    first = citizen.go("dialogue:dialogue")
    second = citizen.go("dialogue:dialogue", {"start": "2"})
    assert (first.context["previous"], first.context["next"]) == ("", "?start=2")
    assert (second.context["previous"], second.context["next"]) == ("?start=0", "")
    shown = [row.message.pk for page in (first, second) for row in page.context["rows"]]
    assert sorted(shown) == sorted(Message.objects.values_list("pk", flat=True))
    assert citizen.go("dialogue:dialogue", {"start": "x"}).status_code == 404


def test_the_page_of_a_message_is_found_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "PAGE", 2)
    round_ = ask()
    for number in range(5):
        say(round_.case, f"Bericht {number}")
    citizen = judged(round_)
    for message in Message.objects.all():
        page = citizen.go("dialogue:dialogue", {"message": str(message.pk)})
        assert message.pk in [row.message.pk for row in page.context["rows"]]
    voted = citizen.send("dialogue:vote", {"answer": 1}, message_id=message.pk)
    shown = citizen.client.get(voted["Location"]).content.decode()
    assert f'id="message-{message.pk}"' in shown
    unknown = citizen.go("dialogue:dialogue", {"message": str(10**12)})
    assert unknown.context["span"] == (1, 2, 5)


def test_the_page_says_as_of_when_its_figures_are_where_they_are_behind() -> None:
    round_ = ask()
    message = say(round_.case)
    citizen = judged(round_)
    fresh = read(citizen.go("dialogue:dialogue"))
    assert "counted for the first time" in fresh
    assert "not counted yet" in fresh
    refresh_figures(case=round_.case, now=NOW)
    counted = read(citizen.go("dialogue:dialogue"))
    assert "counted" not in counted
    assert "0 agree, 0 disagree, 0 passed." in counted
    citizen.send("dialogue:vote", {"answer": 1}, message_id=message.pk)
    behind = citizen.go("dialogue:dialogue")
    assert "The figures on this page were counted on" in read(behind)
    assert "0 agree, 0 disagree, 0 passed." in read(behind)
    assert 'value="1" aria-pressed="true"' in behind.content.decode()
    refresh_figures(case=round_.case, now=NOW)
    assert "1 agree, 0 disagree, 0 passed." in read(citizen.go("dialogue:dialogue"))


def test_a_protected_case_and_one_that_was_never_asked_have_no_dialogue() -> None:
    case = in_state("protected")
    assert Citizen(case.pk).go("dialogue:dialogue").status_code == 404
    assert Citizen(10**12).go("dialogue:dialogue").status_code == 404


def test_erasing_takes_messages_and_votes_too() -> None:
    round_ = ask()
    message = say(round_.case)
    citizen = judged(round_)
    citizen.send(NEW, {"content": "Mag dit eigenlijk wel?"})
    citizen.send("dialogue:vote", {"answer": 1}, message_id=message.pk)
    citizen.send("dialogue:erase")
    assert not MessageVote.objects.exists()
    assert sorted(Message.objects.values_list("content", flat=True)) == ["", QUESTION]


def test_who_only_spoke_about_a_closed_case_can_erase_that() -> None:
    round_ = ask()
    end_round(round=round_, step="close", **BY)
    citizen = Citizen(round_.case_id, "en")
    citizen.send(NEW, {"content": QUESTION})
    assert "Do you want to erase" in read(citizen.go("dialogue:erase"))
    citizen.send("dialogue:erase")
    assert Message.objects.get().state == "erased"
