from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.channels.fediverse.elsewhere import OURS, Elsewhere
from tests.channels.fediverse.posted import OPTIONS, ask, make_actor, publish_round, tell
from tests.organisations.people import NOW, make_member, make_organisation
from tests.organisations.signing_in import sign_in
from tests.verdicts.rounds import finish

from spreekruimte.channels.fediverse.actors import ensure_actor
from spreekruimte.channels.fediverse.counting import Choice, close_polls, count_choices
from spreekruimte.channels.fediverse.models import Follower, OwnActor
from spreekruimte.channels.fediverse.posting import withdraw_post
from spreekruimte.channels.models import Account
from spreekruimte.organisations.models import OPERATOR, AuditEntry, Role

pytestmark = pytest.mark.django_db

ACTIVITY = {"accept": "application/activity+json"}
ACTOR = "/fediverse/waterdam/"


def get(path: str, **headers: str) -> Any:  # noqa: ANN401 - the client answers with many kinds
    return Client().get(path, headers=headers)


def read(path: str, status: int = 200) -> Any:  # noqa: ANN401 - JSON
    answer = get(path, **ACTIVITY)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/")
    return answer.json()


def test_an_actor_is_a_service_of_the_organisation_with_its_key(actor: OwnActor) -> None:
    document = read(ACTOR)
    assert document["type"] == "Service"
    assert document["id"] == f"{OURS}{ACTOR}"
    assert document["preferredUsername"] == "waterdam"
    assert document["endpoints"]["sharedInbox"] == f"{OURS}/fediverse/inbox"
    assert document["publicKey"] == {
        "id": f"{OURS}{ACTOR}#main-key",
        "owner": f"{OURS}{ACTOR}",
        "publicKeyPem": actor.public_key,
    }
    assert "PRIVATE" not in str(document) + actor.private_key


def test_a_person_gets_a_page(actor: OwnActor) -> None:
    page = get(ACTOR)
    assert actor.organisation.name in page.content.decode()
    assert "@waterdam@ours.example" in page.content.decode()
    assert "Accept" in page["Vary"]


def test_an_actor_is_made_once_and_that_is_in_the_trail(actor: OwnActor) -> None:
    again = ensure_actor(organisation=actor.organisation, actor=OPERATOR, now=NOW)
    assert (again.pk, again.public_key) == (actor.pk, actor.public_key)
    assert AuditEntry.objects.filter(action="ensure_actor").count() == 1


@pytest.mark.parametrize(
    "resource",
    [
        "acct:waterdam@ours.example",
        "acct:Waterdam@OURS.example",
        "@waterdam@ours.example",
        f"{OURS}{ACTOR}",
    ],
)
def test_an_actor_is_found_by_handle_or_address(actor: OwnActor, resource: str) -> None:
    del actor
    answer = Client().get("/.well-known/webfinger", {"resource": resource})
    assert answer["Content-Type"] == "application/jrd+json"
    document = answer.json()
    assert document["subject"] == "acct:waterdam@ours.example"
    assert document["links"][0]["href"] == f"{OURS}{ACTOR}"


@pytest.mark.parametrize(
    "resource",
    [
        "",
        "waterdam",
        "acct:waterdam@another.example",
        "acct:nobody@ours.example",
        f"{OURS}/",
        f"{OURS}/fediverse/nobody/",
        f"{OURS}/fediverse/waterdam/inbox",
        "acct:\0@ours.example",
        "https://another.example/fediverse/waterdam/",
    ],
)
def test_nobody_else_is_found(actor: OwnActor, resource: str) -> None:
    del actor
    answer = Client().get("/.well-known/webfinger", {"resource": resource})
    assert answer.status_code == 404


def test_an_organisation_without_an_actor_is_not_there(there: Elsewhere) -> None:
    del there
    make_organisation("bosveld")
    for path in ("", "outbox", "followers", "posts/x/"):
        assert get(f"/fediverse/bosveld/{path}", **ACTIVITY).status_code == 404


def test_it_is_told_which_program_runs_here(actor: OwnActor) -> None:
    tell(actor)
    [link] = read("/.well-known/nodeinfo")["links"]
    assert link["href"] == f"{OURS}/nodeinfo/2.1"
    document = read("/nodeinfo/2.1")
    assert document["software"]["name"] == "spreekruimte"
    assert document["usage"] == {"users": {"total": 1}, "localPosts": 1}


def test_a_question_tells_its_options_and_no_count(actor: OwnActor) -> None:
    post = ask(actor, publish_round(actor), text="<b>Mag</b>\ndit?\n\nJa of nee?")
    document = read(f"{ACTOR}posts/{post.key}/")
    assert document["type"] == "Question"
    assert [each["name"] for each in document["oneOf"]] == list(OPTIONS)
    assert [each["replies"]["totalItems"] for each in document["oneOf"]] == [0, 0, 0]
    assert document["endTime"] == "2026-11-30T12:00:00Z"
    assert "closed" not in document
    assert "votersCount" not in document
    start = "<p>&lt;b&gt;Mag&lt;/b&gt;<br>dit?</p><p>Ja of nee?</p><p>"
    assert document["content"].startswith(start)
    assert f'<a href="{post.address}">' in document["content"]
    assert set(document["contentMap"]) == {"nl"}


def test_a_note_answers_and_may_be_quiet(actor: OwnActor) -> None:
    post = tell(actor, reply_to="https://peer.example/1", is_quiet=True)
    document = read(f"{ACTOR}posts/{post.key}/")
    assert (document["type"], document["inReplyTo"]) == ("Note", "https://peer.example/1")
    assert document["to"] == [f"{OURS}{ACTOR}followers"]
    assert document["cc"] == ["https://www.w3.org/ns/activitystreams#Public"]


def test_a_person_who_opens_a_post_comes_to_its_page(actor: OwnActor) -> None:
    question, note = ask(actor), tell(actor)
    assert get(f"{ACTOR}posts/{question.key}/")["Location"] == question.address
    assert get(f"{ACTOR}posts/{note.key}/")["Location"] == f"{OURS}{ACTOR}"


def test_a_post_is_of_its_actor_alone(actor: OwnActor) -> None:
    make_actor("bosveld")
    post = tell(actor)
    assert get(f"/fediverse/bosveld/posts/{post.key}/", **ACTIVITY).status_code == 404


def test_a_post_that_was_withdrawn_is_gone(actor: OwnActor) -> None:
    post = ask(actor)
    withdraw_post(post=post, now=NOW)
    document = read(f"{ACTOR}posts/{post.key}/", status=410)
    assert document["type"] == "Tombstone"
    assert read(f"{ACTOR}outbox")["totalItems"] == 0


def test_the_outbox_tells_the_latest_posts_first(actor: OwnActor) -> None:
    for number in range(25):
        tell(actor, key=f"{number:032d}", text=f"Nummer {number}")
    document = read(f"{ACTOR}outbox")
    assert (document["totalItems"], len(document["orderedItems"])) == (25, 20)
    assert "Nummer 24" in document["orderedItems"][0]["object"]["content"]
    assert document["orderedItems"][0]["type"] == "Create"


def test_it_is_told_how_many_follow_and_not_who(actor: OwnActor) -> None:
    Follower.objects.create(actor=actor, digest="f" * 64, inbox="https://x.example/i", since=NOW)
    document = read(f"{ACTOR}followers")
    assert document["totalItems"] == 1
    assert "x.example" not in str(document)


def test_an_editor_connects_the_actor_of_the_organisation_once(there: Elsewhere) -> None:
    del there
    organisation = make_organisation()
    client = sign_in(Client(), make_member(organisation, Role.EDITOR))
    for _time in range(2):
        answer = client.post("/desk/waterdam/channels/fediverse/", follow=True)
        assert answer.redirect_chain == [("/desk/waterdam/channels/", 302)]
        assert "@waterdam@ours.example" in answer.content.decode()
    account = Account.objects.get()
    assert (account.network, account.identifier) == ("fediverse", f"{OURS}{ACTOR}")
    assert OwnActor.objects.count() == 1
    assert client.get("/desk/waterdam/channels/fediverse/").status_code == 405


def test_nobody_but_an_editor_connects_an_actor(there: Elsewhere) -> None:
    del there
    organisation = make_organisation()
    client = sign_in(Client(), make_member(organisation, Role.MODERATOR))
    assert client.post("/desk/waterdam/channels/fediverse/").status_code == 403
    assert not OwnActor.objects.exists()


def test_counts_are_shown_by_size_of_server_once_they_may_be_told(actor: OwnActor) -> None:
    publication = publish_round(actor)
    post = ask(actor, publication)
    voted = [f"https://one.example/{number}" for number in range(12)] + ["https://two.example/1"]
    count_choices([Choice(post.key, OPTIONS[0], each, each.split("/")[2], NOW) for each in voted])
    page = f"/cases/{publication.round.case_id}/polls/fediverse/"
    looking = Client()
    assert looking.get(page).status_code == 302, "who has not judged sees nothing"
    finish(publication.round)
    close_polls(now=NOW)
    shown = " ".join(re.sub(r"<[^>]+>", " ", looking.get(page).content.decode()).split())
    assert "1 1 1 0 0 2" in shown
    assert re.search(r"10 [\w ]+ 99 1 12 0 0", shown)
    assert "13 0 0" in shown
    assert "one.example" not in shown


def test_before_anything_was_counted_the_page_says_so(actor: OwnActor) -> None:
    publication = publish_round(actor)
    finish(publication.round)
    shown = Client().get(
        f"/cases/{publication.round.case_id}/polls/fediverse/", headers={"accept-language": "en"}
    )
    assert "Nothing was counted yet" in shown.content.decode()
