from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.duplicates import (
    LEAST_LIKENESS,
    Pair,
    _candidates,
    _Profile,
    find_alike,
    find_pairs,
    measure_likeness,
)

WORDS = [
    "een",
    "ambtenaar",
    "burger",
    "mag",
    "zeggen",
    "wat",
    "hij",
    "vindt",
    "niet",
    "mening",
    "2",
]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Een ambtenaar is ook een burger.", "een ambtenaar is ook een BURGER"),
        ("Een ambtenaar is óók een burger!", "Een ambtenaar is ook een burger."),
        (
            "Een ambtenaar is ook een burger en mag zeggen wat hij vindt.",
            "Een ambtenaar is ook gewoon een burger en mag zeggen wat hij vindt.",
        ),
        ("Dit schaadt het vertrouwen in de overheid.", "dit schaad het vertrouwen in de overhied"),
        (
            "A public servant is a citizen too and may speak.",
            "A public servant is also a citizen and may speak.",
        ),
        ("It isn't a joke.", "It isn’t a joke!"),
    ],
)
def test_nearly_the_same_words_look_alike(first: str, second: str) -> None:
    assert LEAST_LIKENESS <= measure_likeness(first, second) <= 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Een ambtenaar mag dit zeggen.", "Een ambtenaar mag dit niet zeggen."),
        ("Hij mag geen grap maken.", "Hij mag een grap maken."),
        ("A public servant may say this.", "A public servant may not say this."),
        ("She should speak up.", "She shouldn't speak up."),
        ("Dit gebeurde 2 jaar geleden.", "Dit gebeurde 3 jaar geleden."),
        ("Hij schreef het in zijn vrije tijd.", "Zij deed het onder werktijd."),
        ("He did it.", ""),
        ("", ""),
    ],
)
def test_what_says_something_else_does_not(first: str, second: str) -> None:
    assert measure_likeness(first, second) < LEAST_LIKENESS


@given(texts, texts)
def test_likeness_goes_both_ways_and_is_a_share(first: str, second: str) -> None:
    likeness = measure_likeness(first, second)
    assert likeness == measure_likeness(second, first)
    assert 0 <= likeness <= 1


@given(texts.filter(bool))
def test_a_text_is_like_itself(text: str) -> None:
    assert measure_likeness(text, text) == pytest.approx(1)


@given(st.lists(texts, max_size=12), st.sampled_from([0.3, 0.7, 0.9, 1.0]))
def test_no_pair_is_missed_and_none_is_made_up(given_texts: list[str], least: float) -> None:
    expected = [
        Pair(first, second, likeness)
        for first, second in combinations(range(len(given_texts)), 2)
        if (likeness := measure_likeness(given_texts[first], given_texts[second])) >= least
    ]
    expected.sort(key=lambda pair: (-pair.likeness, pair.first, pair.second))
    assert find_pairs(given_texts, least=least) == expected


@given(texts, st.lists(texts, max_size=8))
def test_what_is_like_one_text_comes_most_alike_first(text: str, others: list[str]) -> None:
    found = find_alike(text, others)
    assert {place for place, _ in found} == {
        place
        for place, other in enumerate(others)
        if measure_likeness(text, other) >= LEAST_LIKENESS
    }
    assert all(measure_likeness(text, others[place]) == likeness for place, likeness in found)
    assert [likeness for _, likeness in found] == sorted((each for _, each in found), reverse=True)


def test_texts_that_share_only_common_words_are_not_compared() -> None:
    own = [f"Volgens mij mag {sha256(bytes([n // 9, n % 9])).hexdigest()[:20]}" for n in range(600)]
    own[300] = own[17]
    pairs = find_pairs(own)
    assert [(pair.first, pair.second) for pair in pairs] == [(17, 300)]
    compared = list(_candidates([_Profile.of(text) for text in own], LEAST_LIKENESS))
    assert len(compared) < 5 * len(own)
