"""Which text of a case citizens are asked on: always the same, not theirs to choose, not told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.ballots.asking import ask
from tests.ballots.rounds import someone, take_part, vote
from tests.ballots.views.citizen import Citizen, Response, read
from tests.cases.stored import ALL_TELLINGS, BY, TELLING, prepare_framed, submit
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.casting import Answer, Cast, GivenBallot, append_ballots
from spreekruimte.ballots.actions.inviting import make_invitations
from spreekruimte.ballots.actions.looking import give_up_ballot
from spreekruimte.ballots.entering import let_in
from spreekruimte.ballots.models import CaseKey, Participation, Question, Round, Tier
from spreekruimte.ballots.queries.arms import draw_arm, lot_of
from spreekruimte.ballots.respondents import Respondent
from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.shares import FULL_CONTEXT, Arm

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

ARMS: list[Arm] = list(product(FRAMINGS, SIDES))
# What would tell in which arm somebody is.
TELLING_WORDS = re.compile(
    r"framing|kader|mirror|spiegel|\bbare\b|\bside\b|\bfuss\b|\bophef\b|\bdistance\b|"
    r"\bfunction\b|\barm\b|\bfunctie\b|\bafstand\b|weight|share_|\bcontext\b",
    re.IGNORECASE,
)


def ask_framed() -> Round:
    return ask(case=submit(prepare_framed()))


def arm_in(page: Response) -> Arm:
    """The arm of the only text of the case that a page tells."""
    words = read(page)
    (found,) = {
        (framing, side)
        for (framing, side, _language), text in ALL_TELLINGS.items()
        if text in words
    }
    return found


def known(round_: Round, respondent: Respondent, language: str = "nl") -> Citizen:
    """The browser of a respondent."""
    response = HttpResponse()
    let_in(response, respondent, case_id=round_.case_id, round_id=round_.pk)
    citizen = Citizen(round_.case_id, language)
    citizen.client.cookies.update(response.cookies)
    return citizen


def expected(round_: Round, respondent: Respondent) -> Arm:
    return draw_arm(lot_of(round_, round_.case), respondent)


def of_each_arm(round_: Round, tier: Tier = Tier.BROWSER) -> Iterator[tuple[Arm, Respondent]]:
    """For each arm, a respondent who is to be asked in it."""
    found: dict[Arm, Respondent] = {}
    while len(found) < len(ARMS):
        respondent = someone(tier)
        found.setdefault(expected(round_, respondent), respondent)
    return iter(sorted(found.items()))


def test_a_newcomer_reads_the_same_text_at_each_visit_and_is_asked_on_it() -> None:
    round_ = ask_framed()
    for _each in range(8):
        citizen = Citizen(round_.case_id)
        first = arm_in(citizen.go())
        assert [arm_in(citizen.go(page)) for page in ("case", "judgement", "case")] == [first] * 3
        assert arm_in(citizen.send("judgement", {"answer": "x"})) == first
        citizen.judge()
        assert Participation.objects.latest("pk").arm == first
        assert arm_in(citizen.go("measure")) == arm_in(citizen.go()) == first
        assert arm_in(citizen.go("judgement")) == first


def test_who_lost_the_cookie_of_the_case_alone_reads_the_same_text() -> None:
    citizen = Citizen(ask_framed().case_id)
    first = arm_in(citizen.go())
    for _each in range(5):
        del citizen.client.cookies["respondent"]
        assert arm_in(citizen.go()) == first


def test_an_invitation_leads_to_the_same_text_in_every_browser() -> None:
    round_ = ask_framed()
    draws = iter(range(10**12, 10**18, 7**19))
    codes = make_invitations(
        round_=round_, count=6, draw=lambda size: next(draws).to_bytes(size, "big"), **BY
    )
    for code in codes:
        seen = set()
        for _browser in range(3):
            citizen = Citizen(round_.case_id)
            citizen.send("invitation", {"code": code})
            seen.add(arm_in(citizen.go()))
        assert len(seen) == 1


@pytest.mark.parametrize("tier", [Tier.EMAIL, Tier.OPENID, Tier.MASTODON, Tier.BLUESKY])
def test_an_identity_leads_to_the_same_text_in_every_browser_and_language(tier: Tier) -> None:
    round_ = ask_framed()
    for respondent in (someone(tier) for _each in range(6)):
        seen = {arm_in(known(round_, respondent, each).go()) for each in ("nl", "en", "nl")}
        assert seen == {expected(round_, respondent)}


def test_nobody_chooses_by_the_address_a_form_a_header_or_a_cookie() -> None:
    round_ = ask_framed()
    respondent = someone()
    mine = expected(round_, respondent)
    for framing, side in ARMS:
        citizen = known(round_, respondent)
        asked = {"framing": framing, "side": side, "arm": f"{framing}.{side}", "language": "en"}
        citizen.client.cookies.load(asked)
        for page in ("case", "judgement"):
            address = citizen.address(page)
            assert arm_in(citizen.client.get(address, asked, headers=asked)) == mine
        sent = citizen.send("judgement", {"answer": 1, **asked})
        assert sent.status_code == 302
        assert Participation.objects.get().arm == mine
        assert arm_in(citizen.go("measure", query=asked)) == mine


def test_nothing_in_an_answer_tells_the_arm_but_the_text_itself() -> None:
    round_ = ask_framed()
    pages: dict[str, set[str]] = {"case": set(), "judgement": set(), "measure": set()}
    for arm, respondent in of_each_arm(round_):
        citizen = known(round_, respondent)
        citizen.judge()
        for page, seen in pages.items():
            response = citizen.go(page)
            assert arm_in(response) == arm
            assert not TELLING_WORDS.search(without_passing(response))
            seen.add(without_passing(response))
            for cookie in citizen.client.cookies.values():
                assert not TELLING_WORDS.search(cookie.OutputString())
    assert [len(seen) for seen in pages.values()] == [1, 1, 1]


def without_passing(response: Response) -> str:
    """An answer with its headers, without the text of the case, its facts and the token."""
    content = response.content.decode()
    for passing in (
        r'<div class="case">.*?</div>\n(<dl class="facts">.*?</dl>)?',
        r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>',
    ):
        content = re.sub(passing, "", content, flags=re.DOTALL)
    main = re.search(r"<main.*</main>", content, re.DOTALL)
    assert main is not None
    skipped = {"Content-Length", "Set-Cookie", "Expires", "Last-Modified"}
    headers = [f"{name}: {value}" for name, value in response.items() if name not in skipped]
    return " ".join([*headers, *main[0].split()])


def test_two_thousand_ballots_are_stored_with_the_arms_that_were_drawn() -> None:
    round_ = ask_framed()
    respondents = [Respondent(Tier.BROWSER, f"browser-{number:020d}") for number in range(2000)]
    ballots = [GivenBallot(each, Answer(Question.JUDGEMENT, 1)) for each in respondents]
    outcomes = append_ballots(round_id=round_.pk, ballots=ballots, now=NOW)
    assert all(isinstance(each, Cast) for each in outcomes)
    stored = Counter(each.arm for each in Participation.objects.all())
    lot = lot_of(round_, round_.case)
    assert stored == Counter(draw_arm(lot, each) for each in respondents)
    assert abs(stored[FULL_CONTEXT] - 900) < 4 * (2000 * 0.45 * 0.55) ** 0.5
    assert abs(sum(n for (_f, side), n in stored.items() if side == "mirror") - 500) < 80


def test_an_arm_stays_as_it_was_stored() -> None:
    """Who took part before cases had arms was asked with all context."""
    round_ = ask_framed()
    respondent = next(each for arm, each in of_each_arm(round_) if arm != FULL_CONTEXT)
    vote(take_part(round_, respondent), Question.JUDGEMENT, 1)
    assert arm_in(known(round_, respondent).go("judgement")) == FULL_CONTEXT


def test_who_looks_in_place_of_voting_is_stored_with_an_arm() -> None:
    round_ = ask_framed()
    for arm, respondent in of_each_arm(round_):
        assert give_up_ballot(round_=round_, respondent=respondent, now=NOW).arm == arm


def test_the_result_tells_the_case_in_full_whatever_one_was_asked_on() -> None:
    round_ = ask_framed()
    for _arm, respondent in of_each_arm(round_):
        citizen = known(round_, respondent)
        citizen.judge()
        words = read(citizen.client.get(f"/cases/{round_.case_id}/result/"))
        assert TELLING.nl in words


def test_a_case_without_framings_is_asked_with_the_description_alone() -> None:
    round_ = ask()
    round_.case.texts.all().delete()
    for _each in range(5):
        citizen = Citizen(round_.case_id)
        assert TELLING.nl in read(citizen.go())
        citizen.judge()
    assert {each.arm for each in Participation.objects.all()} == {FULL_CONTEXT}


def test_without_a_key_the_case_is_told_in_full() -> None:
    round_ = ask_framed()
    CaseKey.objects.all().delete()
    assert arm_in(Client().get(f"/cases/{round_.case_id}/")) == FULL_CONTEXT
