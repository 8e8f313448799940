"""How often values of attributes occur: as often as each other, or as in the case bank."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from spreekruimte.cases.bank import closed_cases

Floats = NDArray[np.float64]
Frequency = Literal["bank", "equal"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)


def count_values(attribute: str, values: tuple[str, ...], frequency: Frequency) -> Floats:
    """Give how often each value occurs, shape (values,).

    Where the case bank knows of none of the values, each counts as often.
    """
    if frequency == "bank" and is_in_bank(attribute, values):
        return np.array([_count_bank()[attribute, value] for value in values], dtype=np.float64)
    return np.ones(len(values))


def is_in_bank(attribute: str, values: tuple[str, ...]) -> bool:
    """Whether some closed case of the bank has one of the values."""
    return any(_count_bank()[attribute, value] for value in values)


@cache
def _count_bank() -> Counter[tuple[str, str]]:
    return Counter(
        (answer.attribute, answer.value) for case in closed_cases() for answer in case.context
    )
