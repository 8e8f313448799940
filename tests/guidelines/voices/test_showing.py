from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.guidelines.voices.models import VoicesAnswer
from spreekruimte.guidelines.voices.showing import draw, measure_shares, say_shares

Answer = VoicesAnswer.Answer


def counts(harm: int = 0, same: int = 0, helps: int = 0, unknown: int = 0) -> dict[Answer, int]:
    return {
        Answer.HARM: harm,
        Answer.NO_DIFFERENCE: same,
        Answer.HELP: helps,
        Answer.UNKNOWN: unknown,
    }


@given(*(st.integers(0, 500) for _ in range(4)))
def test_shares_add_up_and_lie_in_their_intervals(
    harm: int, same: int, helps: int, unknown: int
) -> None:
    shares = measure_shares(counts(harm, same, helps, unknown))
    if harm + same + helps < 20:
        assert shares is None
        return
    assert shares is not None
    assert sum(each.share for each in shares) == pytest.approx(1.0)
    assert all(0.0 <= each.low <= each.share <= each.high <= 1.0 for each in shares)


def test_who_does_not_know_counts_in_no_share() -> None:
    assert measure_shares(counts(30, 20, 10)) == measure_shares(counts(30, 20, 10, 999))
    assert measure_shares(counts(10, 5, 4, 100)) is None


@pytest.mark.parametrize(
    ("given_counts", "told"),
    [
        (counts(10, 20, 200), "help their trust than"),
        (counts(200, 20, 10), "harm their trust than"),
        (counts(20, 20, 20), "not clear"),
        (counts(5, 5, 5), "Fewer than 20 people"),
    ],
)
def test_the_sentence_says_no_more_than_the_intervals(
    given_counts: dict[Answer, int], told: str
) -> None:
    assert told in say_shares(measure_shares(given_counts))


def test_the_picture_says_the_same_as_its_table() -> None:
    picture = draw(counts(20, 20, 60, 7))
    assert picture is not None
    assert "They help my trust: 60%" in picture.sentence
    assert [row[-1] for row in picture.table.rows] == ["20", "20", "60", "7"]
    assert picture.rows[3][1] == 0.6
    assert draw(counts(1)) is None
