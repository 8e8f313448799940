"""From what a site tells to a message of the dialogue, and away again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.serializers import serialize
from django.test import Client
from tests.ballots.asking import ask
from tests.cases.stored import BY
from tests.channels.webmention.blog import Blog, Page
from tests.organisations.people import NOW

from spreekruimte.ballots.models import CaseKey
from spreekruimte.cases.actions import stop_case
from spreekruimte.cases.models import Case
from spreekruimte.channels.models import Origin
from spreekruimte.channels.webmention.models import Mention
from spreekruimte.channels.webmention.verifying import LEASE, PATIENCE, look_again, verify_next
from spreekruimte.dialogue.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

TEXT = "Dit moet een ambtenaar kunnen zeggen:"


@pytest.fixture
def case() -> Case:
    return ask().case


def link_to(case: Case, host: str = "testserver") -> str:
    return f'<a href="http://{host}/cases/{case.pk}/">deze casus</a>'


def post_about(case: Case, text: str = TEXT) -> str:
    return (
        '<div class="h-entry"><a class="p-author h-card" href="https://jan.example/">Jan Jansen</a>'
        f'<div class="e-content">{text} {link_to(case)}</div></div>'
    )


def tell(case: Case, source: str) -> None:
    target = f"http://testserver/cases/{case.pk}/"
    body = f"source={source}&target={target}"
    form = "application/x-www-form-urlencoded"
    assert Client().post("/webmention", body, content_type=form).status_code == 202


def verify(after: timedelta = timedelta(0)) -> bool:
    return verify_next(now=NOW + after)


def received(case: Case, blog: Blog) -> Message:
    tell(case, blog.write(post_about(case)))
    assert verify()
    return Message.objects.get()


def test_a_blog_post_joins_the_dialogue_and_waits_for_a_moderator(case: Case, blog: Blog) -> None:
    message = received(case, blog)
    assert message.content == f"{TEXT} deze casus"
    assert (message.case_id, message.source, message.state) == (case.pk, "webmention", "waiting")
    assert message.parent is None
    assert not Mention.objects.exists()
    assert not verify()


def test_neither_who_wrote_it_nor_where_can_be_read_afterwards(case: Case, blog: Blog) -> None:
    received(case, blog)
    stored = "".join(serialize("json", model.objects.all()) for model in (Message, Origin, Mention))
    for told in ("Jan", "jan.example", blog.host, "/post"):
        assert told not in stored


def test_posts_of_one_blog_have_one_author_and_of_two_cases_none(case: Case, blog: Blog) -> None:
    received(case, blog)
    tell(case, blog.write(post_about(case, "Nog iets:"), "/second"))
    assert verify()
    assert len(set(Message.objects.values_list("author", flat=True))) == 1


def test_a_page_without_the_link_tells_nothing(case: Case, blog: Blog) -> None:
    tell(case, blog.write("<p>Niets.</p>"))
    assert verify()
    assert not Message.objects.exists()
    assert not Mention.objects.exists()


def test_the_link_has_to_be_the_one_that_was_told(case: Case, blog: Blog) -> None:
    tell(case, blog.write(link_to(case).replace("/cases/", "/embed/")))
    verify()
    assert not Message.objects.exists()


def test_what_is_told_again_is_received_once(case: Case, blog: Blog) -> None:
    received(case, blog)
    tell(case, blog.write(post_about(case)))
    assert verify()
    message = Message.objects.get()
    assert message.changed_at is None


def test_a_post_that_was_changed_waits_again(case: Case, blog: Blog) -> None:
    message = received(case, blog)
    Message.objects.update(state="shown")
    tell(case, blog.write(post_about(case, "Ik dacht er nog eens over na:")))
    assert verify()
    message.refresh_from_db()
    assert message.content == "Ik dacht er nog eens over na: deze casus"
    assert message.state == "waiting"


@pytest.mark.parametrize(
    "page", [Page(status=410), Page(status=404), Page(status=403), Page("<p>Weg.</p>")]
)
def test_a_post_that_is_gone_goes_here_too(case: Case, blog: Blog, page: Page) -> None:
    message = received(case, blog)
    blog.pages["/post"] = page
    tell(case, f"http://{blog.host}/post")
    assert verify()
    message.refresh_from_db()
    assert (message.state, message.content, message.author) == ("erased", "", "")
    assert Origin.objects.get().identifier == ""
    # What was deleted does not come back.
    tell(case, blog.write(post_about(case)))
    assert verify()
    assert Message.objects.get().state == "erased"


def test_pages_are_looked_at_every_day(case: Case, blog: Blog) -> None:
    message = received(case, blog)
    assert look_again(now=NOW + timedelta(hours=23)) == 0
    later = NOW + timedelta(hours=25)
    # Asked of its own accord, a page may lead to the case by the address that we go by.
    blog.write(post_about(case).replace("testserver", "localhost"))
    assert look_again(now=later) == 1
    assert look_again(now=later) == 0
    assert verify_next(now=later)
    message.refresh_from_db()
    assert message.state == "waiting"
    blog.pages.clear()
    much_later = later + timedelta(hours=25)
    assert look_again(now=much_later) == 1
    assert verify_next(now=much_later)
    message.refresh_from_db()
    assert message.state == "erased"
    assert look_again(now=much_later + timedelta(days=2)) == 0


def test_of_a_message_that_was_erased_here_the_way_back_is_forgotten(
    case: Case, blog: Blog
) -> None:
    received(case, blog)
    Message.objects.update(state="erased", content="", author="")
    assert look_again(now=NOW + timedelta(days=2)) == 0
    assert Origin.objects.get().identifier == ""


def test_a_redirect_is_followed_three_times_and_not_a_fourth(case: Case, blog: Blog) -> None:
    blog.write(post_about(case))
    blog.lead("/3", "/post")
    blog.lead("/2", f"http://{blog.host}/3")
    tell(case, blog.lead("/1", "/2"))
    assert verify()
    assert Message.objects.count() == 1
    tell(case, blog.lead("/0", "/1"))
    assert verify()
    assert blog.asked[-1] == "/3"
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/", "http://10.0.0.1/", "http://localhost:1/", "file:///etc/passwd"],
)
def test_a_redirect_behind_our_wall_is_not_followed(case: Case, blog: Blog, address: str) -> None:
    tell(case, blog.lead("/1", address))
    assert verify()
    assert not Mention.objects.exists()
    assert not Message.objects.exists()


def test_a_page_that_is_too_large_is_not_read(case: Case, blog: Blog) -> None:
    tell(case, blog.write(post_about(case) + "x" * (1024 * 1024)))
    assert verify()
    assert not Message.objects.exists()


@pytest.mark.parametrize("media_type", ["text/plain", "image/png", "application/json", ""])
def test_what_is_no_page_is_not_read(case: Case, blog: Blog, media_type: str) -> None:
    source = blog.write(post_about(case))
    blog.pages["/post"].headers = {"Content-Type": media_type}
    tell(case, source)
    assert verify()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("charset", "text"), [("utf-8", "Één"), ("latin-1", "Ã\x89Ã©n"), ("x", "Één")]
)
def test_a_page_is_read_in_its_encoding(case: Case, blog: Blog, charset: str, text: str) -> None:
    source = blog.write(post_about(case, "Één"))
    blog.pages["/post"].headers = {"Content-Type": f'text/html; charset="{charset}"'}
    tell(case, source)
    assert verify()
    # Signs that cannot be seen are not kept.
    shown = "".join(sign for sign in text if sign.isprintable())
    assert Message.objects.get().content.replace(" ", "").startswith(shown)


def test_a_server_that_is_away_is_asked_again_later_and_then_no_more(
    case: Case, blog: Blog
) -> None:
    tell(case, blog.write("", status=503))
    after = timedelta(0)
    for pause in PATIENCE:
        assert verify(after)
        assert not verify(after)
        after += pause
    assert verify(after)
    assert not Mention.objects.exists()
    assert len(blog.asked) == len(PATIENCE) + 1


def test_a_mention_that_somebody_died_over_is_looked_at_again(
    case: Case, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(case, blog.write(post_about(case)))
    with monkeypatch.context() as patch:
        patch.setattr(
            "spreekruimte.channels.webmention.verifying.fetch_page", lambda _address: 1 / 0
        )
        with pytest.raises(ZeroDivisionError):
            verify()
    assert not verify()
    assert verify(LEASE)
    assert Message.objects.count() == 1


def test_what_is_told_while_it_is_looked_at_is_looked_at_again(
    case: Case, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = blog.write(post_about(case))
    tell(case, source)

    def fetch(_address: str) -> str:
        tell(case, source)
        return post_about(case)

    monkeypatch.setattr("spreekruimte.channels.webmention.verifying.fetch_page", fetch)
    assert verify()
    assert Mention.objects.count() == 1


def test_a_case_that_was_stopped_since_takes_no_message(case: Case, blog: Blog) -> None:
    tell(case, blog.write(post_about(case)))
    stop_case(case=case, **BY)
    assert verify()
    assert not Message.objects.exists()
    assert not Mention.objects.exists()


def test_without_the_key_of_a_case_nobody_can_be_named_so_nothing_is_kept(
    case: Case, blog: Blog
) -> None:
    CaseKey.objects.all().delete()
    tell(case, blog.write(post_about(case)))
    assert verify()
    assert not Message.objects.exists()


def test_a_page_with_nothing_but_the_link_is_no_message(case: Case, blog: Blog) -> None:
    address = f"http://testserver/cases/{case.pk}/"
    tell(case, blog.write(f'<p><a href="{address}">{address}</a></p>'))
    assert verify()
    assert not Message.objects.exists()
