from datetime import timedelta

from tests.cases.gates.facts import TODAY, codes

from spreekruimte.cases.gates.right_of_reply import TERM, ReplyFacts, check_right_of_reply


def check(facts: ReplyFacts) -> list[str]:
    return codes(check_right_of_reply(facts, is_synthetic=False, today=TODAY))


def test_a_reply_must_have_been_offered() -> None:
    assert check(ReplyFacts()) == ["not_offered"]
    assert check(ReplyFacts(TODAY + timedelta(days=1))) == ["not_offered"]
    assert check(ReplyFacts(is_settled=True)) == ["not_offered"]


def test_the_public_servant_has_fourteen_days() -> None:
    assert check(ReplyFacts(TODAY - TERM)) == []
    facts = ReplyFacts(TODAY - TERM + timedelta(days=1))
    (reason,) = check_right_of_reply(facts, is_synthetic=False, today=TODAY).reasons
    assert reason.code == "still_open"
    assert "13 days" in reason.sentence.in_english()
    assert "2026-11-24" in reason.sentence.in_english()


def test_an_answer_or_a_no_ends_the_waiting() -> None:
    assert check(ReplyFacts(TODAY, is_settled=True)) == []


def test_nobody_is_asked_about_a_synthetic_case() -> None:
    assert check_right_of_reply(ReplyFacts(), is_synthetic=True, today=TODAY).passed
