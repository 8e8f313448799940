from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.importing.copying import MOST_WORDS, find_copied

POST = "Dit kabinet luistert niet naar de mensen in de wijken, zeg ik u."


@pytest.mark.parametrize(
    ("telling", "copied"),
    [
        ("Iemand schrijft dat het kabinet niet luistert.", ""),
        ("Luistert niet naar de mensen", ""),
        (
            "Iemand zegt: dit kabinet LUISTERT niet, naar de mensen in de wijken.",
            "dit kabinet LUISTERT niet naar de mensen",
        ),
        ("", ""),
    ],
)
def test_seven_words_in_a_row_are_a_copy(telling: str, copied: str) -> None:
    assert find_copied(telling, POST) == copied


@given(st.lists(st.sampled_from("abcdefgh"), min_size=MOST_WORDS + 1, max_size=20), st.integers(0))
def test_a_part_of_the_post_is_a_copy_wherever_it_stands(words: list[str], place: int) -> None:
    start = place % (len(words) - MOST_WORDS)
    part = " ".join(words[start : start + MOST_WORDS + 1])
    assert find_copied(f"zo zegt men {part}", " ".join(words)) != ""
