from collections import Counter
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.studies.assignment import draw_block, draw_order

KEY = bytes(32)
pseudonyms = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(st.binary(min_size=32, max_size=32), pseudonyms, st.integers(1, 100))
def test_a_block_is_one_of_those_there_are_and_always_the_same(
    key: bytes, pseudonym: str, blocks: int
) -> None:
    block = draw_block(key, pseudonym, blocks)
    assert 0 <= block < blocks
    assert block == draw_block(key, pseudonym, blocks)


@given(pseudonyms, st.integers(1, 12))
def test_an_order_holds_each_place_once(pseudonym: str, count: int) -> None:
    assert sorted(draw_order(KEY, pseudonym, count)) == list(range(count))


def test_blocks_and_first_places_come_equally_often() -> None:
    names = [sha256(str(number).encode()).hexdigest() for number in range(6000)]
    blocks = Counter(draw_block(KEY, name, 6) for name in names)
    firsts = Counter(draw_order(KEY, name, 6)[0] for name in names)
    for counts in (blocks, firsts):
        # Six standard errors of a share of one in six among 6,000.
        assert all(abs(count - 1000) < 175 for count in counts.values())
        assert len(counts) == 6


def test_another_key_gives_another_lot() -> None:
    names = [sha256(str(number).encode()).hexdigest() for number in range(200)]
    same = sum(draw_block(KEY, name, 50) == draw_block(b"1" * 32, name, 50) for name in names)
    assert same < 40
