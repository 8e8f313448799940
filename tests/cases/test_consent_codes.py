import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.cases.consent_codes import BYTES, digest_code, make_code

CHANCES = st.binary(min_size=BYTES, max_size=BYTES)


def test_a_code_has_four_groups_of_symbols_that_are_read_well() -> None:
    assert make_code(bytes(BYTES)) == "0000-0000-0000-0000"
    assert make_code(b"\xff" * BYTES) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"


@pytest.mark.parametrize("chance", [b"", bytes(9), bytes(11)])
def test_a_code_is_made_of_eighty_bits(chance: bytes) -> None:
    with pytest.raises(ValueError, match="10 bytes"):
        make_code(chance)


@given(CHANCES, CHANCES)
def test_other_chances_give_other_digests(one: bytes, other: bytes) -> None:
    same = digest_code(make_code(one)) == digest_code(make_code(other))
    assert same == (one == other)


@given(CHANCES)
def test_a_code_counts_however_it_is_typed(chance: bytes) -> None:
    code = make_code(chance)
    for typed in (code.lower(), code.replace("-", " "), f" {code.replace('-', '')}\n",
                  code.replace("0", "O").replace("1", "l")):  # fmt: skip
        assert digest_code(typed) == digest_code(code)


@given(st.text())
def test_anything_that_is_typed_has_a_digest(typed: str) -> None:
    assert len(digest_code(typed)) == 64
