"""Tokens of the ballot inside other pages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ballots.models import Tier
from spreekruimte.channels.embed.tokens import (
    LASTS_SECONDS,
    Token,
    make_token,
    make_withdrawal,
    read_token,
    read_withdrawal,
)


def test_a_token_says_of_which_round_and_showing_it_is() -> None:
    assert read_token(make_token(7, nonce="n")) == Token(7, "n")


def test_two_showings_are_two_respondents_of_whom_nothing_is_known() -> None:
    first, second = Token(7, "a").respondent, Token(7, "b").respondent
    assert first.tier == Tier.EMBED
    assert first.key != second.key
    assert first.key != "a"


def test_a_key_has_not_the_form_of_a_token_of_a_program() -> None:
    assert len(Token(7, "a").respondent.key) == 64


@given(st.text(max_size=400))
def test_what_was_not_made_here_is_no_token(text: str) -> None:
    assert read_token(text) is None


def test_a_token_that_was_changed_is_none() -> None:
    token = make_token(7, nonce="n")
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        # The last symbols of each part hold bits that nothing is written in.
        assert read_token(changed) in (None, Token(7, "n"))
    assert read_token(token[:-2]) is None


def test_a_token_lasts_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    token = make_token(7, nonce="n")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + LASTS_SECONDS - 5)
    assert read_token(token) is not None
    monkeypatch.setattr(time, "time", lambda: now + LASTS_SECONDS + 5)
    assert read_token(token) is None


def test_what_takes_a_ballot_back_casts_none_and_the_other_way_round() -> None:
    withdrawal, token = make_withdrawal(7, nonce="n"), make_token(7, nonce="n")
    assert read_withdrawal(withdrawal) == read_token(token) == Token(7, "n")
    assert (read_token(withdrawal), read_withdrawal(token)) == (None, None)


def test_a_ballot_is_taken_back_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    withdrawal = make_withdrawal(7, nonce="n")
    later = time.time() + 300 * 24 * 3600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert read_withdrawal(withdrawal) == Token(7, "n")
