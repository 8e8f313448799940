from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.importing.stripping import LEFT_OUT, strip_identity


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Dit mag niet van Waterdam.", (), "Dit mag niet van Waterdam."),
        ("Vraag @iemand@waterdam.example maar.", (), "Vraag […] maar."),
        ("Zie https://waterdam.example/x?y=1 hier", (), "Zie […] hier"),
        ("Bel 06 12345678 of a.b@waterdam.example", (), "Bel […] of […]"),
        ("Het was mevrouw Visser weer.", (), "Het was […] weer."),
        ("zoeff was hier, Zoeff de Haas ook", ("Zoeff de Haas",), "[…] was hier, […] ook"),
        ("Ik ben Bo en blijf bondig", ("Bo",), "Ik ben Bo en blijf bondig"),
        ("hoi @a@b.example @c@d.example allemaal", (), "hoi […] allemaal"),
    ],
)
def test_what_leads_to_a_person_is_left_out_and_the_rest_stays(
    text: str, names: tuple[str, ...], left: str
) -> None:
    assert strip_identity(text, names=names) == left


@given(
    st.lists(st.sampled_from(["dit", "mag", "Zoeff", "niet,", "zoeff-haas", "ZOEFF.", "weer"])),
    st.permutations(["Zoeff Haas", "zoeff-haas"]),
)
def test_no_name_that_is_known_is_left_whatever_the_order(
    words: list[str], names: list[str]
) -> None:
    left = strip_identity(" ".join(words), names=names)
    assert not re.search(r"(?<!\w)zoeff(?!\w)", left, re.IGNORECASE)
    assert left == strip_identity(" ".join(words), names=reversed(names))
    assert strip_identity(left, names=names).replace(LEFT_OUT, "") == left.replace(LEFT_OUT, "")
