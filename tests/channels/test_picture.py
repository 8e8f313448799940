"""Cards, as they are drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from spreekruimte.channels import picture
from spreekruimte.channels.picture import (
    BLUE,
    HEIGHT,
    OCHRE_SOFT,
    WIDTH,
    Bar,
    Picture,
    draw,
)

PICTURE = Picture(title="Wat vindt u?", told="Een ambtenaar schrijft.", said=("Mag dat?",))

pytestmark = pytest.mark.skipif(not draw(PICTURE), reason="fonts-dejavu-core is not installed")


def open_picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def colour_at(image: Image.Image, x: int, y: int) -> str:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return "#{:02x}{:02x}{:02x}".format(*map(int, found))


def test_it_is_a_png_of_the_size_that_networks_show_whole() -> None:
    image = Image.open(io.BytesIO(draw(PICTURE)))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))


def test_the_same_card_is_the_same_bytes() -> None:
    first = draw(PICTURE)
    draw.cache_clear()
    assert draw(PICTURE) == first


def test_a_bar_is_filled_as_far_as_its_share() -> None:
    content = draw(Picture(title="Wat", said=("Half.",), bars=(Bar(0.5, 0.5, 0.5),)))
    image = open_picture(content)
    rows = [y for y in range(HEIGHT) if colour_at(image, 100, y) == BLUE and y > 60]
    middle = rows[3]
    assert colour_at(image, WIDTH // 2 - 40, middle) == BLUE
    assert colour_at(image, WIDTH // 2 + 40, middle) == OCHRE_SOFT


def test_a_note_stands_over_all_of_it() -> None:
    noted = draw(Picture(title="Wat", said=("Zo.",), note="Demonstratie"))
    assert colour_at(open_picture(noted), 10, 40) == OCHRE_SOFT
    assert colour_at(open_picture(draw(PICTURE)), 10, 40) != OCHRE_SOFT


@settings(max_examples=10)
@given(st.text(max_size=1500), st.lists(st.text(max_size=400), max_size=3))
def test_what_is_too_long_stays_on_the_card(told: str, said: list[str]) -> None:
    bars = tuple(Bar(0.3, 0.2, 0.4) for _each in said)
    image = open_picture(draw(Picture(title="Wat", told=told, said=tuple(said), bars=bars)))
    # The margins and the foot stay free of it.
    foot = open_picture(draw(Picture(title="Wat", said=())))
    for box in ((0, HEIGHT - 62, WIDTH, HEIGHT), (0, 20, 60, HEIGHT)):
        assert image.crop(box).tobytes() == foot.crop(box).tobytes()


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """Let every card be drawn, and every letter looked for, anew."""
    for kept in (draw, picture._load_font):
        kept.cache_clear()
    yield
    for kept in (draw, picture._load_font):
        kept.cache_clear()


@pytest.mark.usefixtures("nothing_kept")
def test_without_letters_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "LETTERS", "NoSuchLetters")
    assert draw(PICTURE) == b""
