import hashlib
import hmac
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ballots.pseudonyms import pseudonym

KEY = bytes(range(32))


def test_a_pseudonym_is_what_the_documentation_says() -> None:
    message = (
        b"\0\0\0\0\0\0\0\x18spreekruimte pseudonym 1"
        b"\0\0\0\0\0\0\0\x05email"
        b"\0\0\0\0\0\0\0\x0fa@voorbeeld.nl\n"
    )
    expected = hmac.new(KEY, message, hashlib.sha256).hexdigest()
    assert pseudonym(case_key=KEY, tier="email", respondent_key="a@voorbeeld.nl\n") == expected


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.lists(st.tuples(st.binary(min_size=32, max_size=32), names, names), unique=True))
def test_another_case_tier_or_respondent_has_another_pseudonym(
    respondents: list[tuple[bytes, str, str]],
) -> None:
    given_out = [
        pseudonym(case_key=case_key, tier=tier, respondent_key=respondent_key)
        for case_key, tier, respondent_key in respondents
    ]
    assert all(one != other for one, other in combinations(given_out, 2))


def test_what_belongs_to_the_tier_does_not_slip_into_the_key() -> None:
    one = pseudonym(case_key=KEY, tier="email", respondent_key="a")
    assert one != pseudonym(case_key=KEY, tier="emai", respondent_key="la")


@pytest.mark.parametrize("length", [0, 16, 64])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match=f"32 bytes, not {length}"):
        pseudonym(case_key=bytes(length), tier="email", respondent_key="a")


@pytest.mark.parametrize(("tier", "respondent_key"), [("", "a"), ("email", "")])
def test_nobody_is_no_respondent(tier: str, respondent_key: str) -> None:
    with pytest.raises(ValueError, match="has a tier and a key"):
        pseudonym(case_key=KEY, tier=tier, respondent_key=respondent_key)
