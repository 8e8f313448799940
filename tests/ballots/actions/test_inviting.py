"""Codes for the panel are made once, kept as digests, and told apart."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ballots.rounds import make_round
from tests.cases.stored import BY, LATER
from tests.organisations.people import NOW

from spreekruimte.ballots.actions.inviting import MOST_AT_ONCE, make_invitations
from spreekruimte.ballots.invitations import draw_code, invited_with, parse_code
from spreekruimte.ballots.models import Channel, Invitation
from spreekruimte.ballots.receipts import MistypedError
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError


@given(st.binary(min_size=8, max_size=8))
def test_a_code_is_read_however_it_is_typed(drawn: bytes) -> None:
    code = draw_code(lambda _size: drawn)
    assert len(code) == 14
    for typed in (code, code.lower(), code.replace("-", " "), f" {code}\n", code.replace("0", "O")):
        assert parse_code(typed) == code
        assert invited_with(typed) == invited_with(code)
    assert invited_with(code).channel == Channel.PANEL


@pytest.mark.parametrize("typed", ["", "7K3D", "7K3D-9QXM-0A1B-C2D3", "7K3D-9QXM-0A1!", "ж" * 12])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(MistypedError):
        parse_code(typed)


def test_every_bit_of_the_draw_counts() -> None:
    draws = (1 << bit for bit in range(60))
    codes = {draw_code(lambda size: next(draws).to_bytes(size, "big")) for _bit in range(60)}
    assert len(codes) == 60


@pytest.mark.django_db
def test_codes_are_given_back_and_kept_as_digests_with_an_audit_entry() -> None:
    round_ = make_round()
    codes = make_invitations(round_=round_, count=3, draw=secrets.token_bytes, **BY)
    kept = set(Invitation.objects.filter(round=round_).values_list("digest", flat=True))
    assert kept == {invited_with(code).key for code in codes}
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.action, entry.details) == ("make_invitations", {"count": 3})


@pytest.mark.django_db
@pytest.mark.parametrize("count", [-1, 0, MOST_AT_ONCE + 1])
def test_none_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(RefusedError, match="10000"):
        make_invitations(round_=make_round(), count=count, draw=secrets.token_bytes, **BY)
    assert not Invitation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("has_ended", [True, False])
def test_nobody_is_invited_to_what_is_over(has_ended: bool) -> None:
    round_ = make_round()
    round_.ended_at = NOW if has_ended else None
    now = NOW if has_ended else LATER
    with pytest.raises(RefusedError):
        make_invitations(round_=round_, count=1, draw=secrets.token_bytes, actor=OPERATOR, now=now)
    assert not Invitation.objects.exists()
