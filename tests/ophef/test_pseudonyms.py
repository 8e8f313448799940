import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.ophef.pseudonyms import author_number, kept_key

KEY, OTHER = b"k" * 32, b"o" * 32
authors = st.text(min_size=1).filter(lambda text: text.strip().removeprefix("@"))


def number(author: str, platform: str = "", key: bytes = KEY) -> int:
    return author_number(register_key=key, platform=platform, author=author)


@given(authors)
def test_a_pseudonym_fits_a_database_and_follows_from_the_key(author: str) -> None:
    assert 0 <= number(author) < 2**63
    assert number(author) == number(author)
    assert number(author) != number(author, key=OTHER)


@pytest.mark.parametrize(
    "written", ["0201234567", "020-123 45 67", "+31 20 1234567", "0031(0)20-1234567"]
)
def test_a_telephone_number_is_one_author_however_it_is_written(written: str) -> None:
    assert number(written) == number("(020) 1234567")


def test_a_foreign_number_keeps_its_country() -> None:
    assert number("+32 2 123 45 67") == number("003221234567") != number("021234567")


def test_a_handle_is_one_author_on_its_platform() -> None:
    assert number("@Jan@masto.example", "Mastodon") == number("jan@masto.example", "mastodon")
    assert number("jan", "mastodon") != number("jan", "bluesky")


@pytest.mark.parametrize("author", ["", " ", "@"])
def test_nobody_has_no_pseudonym(author: str) -> None:
    with pytest.raises(ValueError, match="handle"):
        number(author)


def test_what_is_kept_of_a_key_follows_from_it_and_the_key_of_the_register() -> None:
    kept = {kept_key(register_key=each, key=key) for each in (KEY, OTHER) for key in ("a", "b")}
    assert len(kept) == 4
    assert {len(each) for each in kept} == {64}
    assert kept_key(register_key=KEY, key="a") in kept


def test_a_key_has_its_length() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        number("jan", key=b"short")
