from hashlib import sha256
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ballots.receipts import (
    BITS,
    SYMBOLS,
    MistypedError,
    mark_of,
    mark_of_salt,
    parse,
    receipt_of,
)

salts = st.binary(min_size=32, max_size=32)
places = st.integers(0, 19)


def symbols_of(receipt: str) -> list[str]:
    return [character for character in receipt if character != "-"]


def test_a_receipt_cannot_be_guessed() -> None:
    assert BITS >= 80


@given(salts)
def test_a_receipt_stands_in_groups_of_four_unambiguous_symbols(salt: bytes) -> None:
    groups = receipt_of(salt).split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert set("".join(groups)) <= set(SYMBOLS)
    assert not set("ILOU") & set(SYMBOLS)


@given(salts, salts)
def test_each_salt_has_its_own_receipt(one: bytes, other: bytes) -> None:
    assert (receipt_of(one) == receipt_of(other)) == (one == other)


@given(salts)
def test_each_of_the_95_bits_is_in_the_receipt(salt: bytes) -> None:
    digest = sha256(
        b"\0\0\0\0\0\0\0\x1bspreekruimte receipt code 1" + b"\0\0\0\0\0\0\0\x20" + salt
    ).digest()
    bits = "".join(f"{SYMBOLS.index(symbol):05b}" for symbol in symbols_of(receipt_of(salt))[:19])
    assert bits == f"{int.from_bytes(digest, 'big'):0256b}"[:95]


def test_receipts_stay_as_they_are() -> None:
    receipt = receipt_of(bytes(range(32)))
    assert receipt == "D2YV-XJBW-KHFY-45G6-YN2B"
    assert mark_of(receipt) == sha256(f"spreekruimte receipt 1: {receipt}".encode()).hexdigest()


@given(salts)
def test_a_receipt_is_read_as_it_was_shown(salt: bytes) -> None:
    assert parse(receipt_of(salt)) == receipt_of(salt)


between = st.text("- \t\n\u00a0\u2009\u200b\u00ad\u2010\u2013\u2014\u2212", max_size=2)
look_alikes = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}


@given(salts, st.data())
def test_a_receipt_is_read_however_it_is_typed(salt: bytes, data: st.DataObject) -> None:
    typed = "".join(
        data.draw(st.sampled_from(look_alikes.get(symbol, symbol + symbol.lower())))
        + data.draw(between)
        for symbol in symbols_of(receipt_of(salt))
    )
    assert parse(data.draw(between) + typed) == receipt_of(salt)
    assert mark_of(typed) == mark_of(receipt_of(salt))


def reason_for(typed: str) -> str:
    with pytest.raises(MistypedError) as refusal:
        parse(typed)
    assert str(refusal.value).endswith(".")
    return refusal.value.reason


@given(salts, places, st.sampled_from(SYMBOLS))
def test_any_single_wrong_symbol_is_refused(salt: bytes, place: int, symbol: str) -> None:
    symbols = symbols_of(receipt_of(salt))
    symbols[place], was = symbol, symbols[place]
    if symbol == was:
        assert parse("".join(symbols)) == receipt_of(salt)
    else:
        assert reason_for("".join(symbols)) == "check"


@given(salts, places, places)
def test_any_two_swapped_symbols_are_refused(salt: bytes, one: int, other: int) -> None:
    symbols = symbols_of(receipt_of(salt))
    if symbols[one] == symbols[other]:
        return
    symbols[one], symbols[other] = symbols[other], symbols[one]
    assert reason_for("".join(symbols)) == "check"


def test_the_check_holds_at_every_place() -> None:
    for number in range(32):
        receipt = symbols_of(receipt_of(bytes([number] * 32)))
        for place, (one, other) in enumerate(pairwise(receipt)):
            swapped = [*receipt[:place], other, one, *receipt[place + 2 :]]
            assert one == other or reason_for("".join(swapped)) == "check"
        for place, symbol in product(range(20), SYMBOLS):
            changed = [*receipt[:place], symbol, *receipt[place + 1 :]]
            assert changed == receipt or reason_for("".join(changed)) == "check"


@given(salts, places)
def test_a_symbol_too_few_or_too_many_is_refused(salt: bytes, place: int) -> None:
    symbols = symbols_of(receipt_of(salt))
    assert reason_for("".join(symbols[:place] + symbols[place + 1 :])) == "length"
    assert reason_for("".join([*symbols[:place], symbols[place], *symbols[place:]])) == "length"


def test_nothing_is_no_receipt() -> None:
    assert reason_for("") == reason_for(" - ") == "length"


@pytest.mark.parametrize(
    "typed", ["7K3D*", "é", "\u0660", "\uff10", "ſ", "ß", "<script>", "\ud800"]
)
def test_characters_that_no_receipt_has_are_refused(typed: str) -> None:
    assert reason_for(typed) == "symbol"


@given(st.text())
def test_any_text_is_a_receipt_or_refused(typed: str) -> None:
    try:
        receipt = parse(typed)
    except MistypedError:
        return
    assert parse(receipt) == receipt


@given(salts)
def test_the_mark_of_a_salt_is_that_of_its_receipt(salt: bytes) -> None:
    assert mark_of_salt(salt) == mark_of(receipt_of(salt))


def test_a_mark_of_what_is_no_receipt_is_refused() -> None:
    with pytest.raises(MistypedError):
        mark_of("7K3D")


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 16"):
        receipt_of(bytes(16))
