"""What rules speak of: attributes of a context, their allowed values, and codes for these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.errors import InputError

UNKNOWN = -1
"""The code of a value that is not known."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a context.

    Attributes
    ----------
    name
        What rules call it.
    values
        Its allowed values, 1 or more, each once; a value is coded by its place.

    Raises
    ------
    ValueError
        If there is no value, or one is there twice.
    """

    name: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse values that cannot be coded."""
        if not self.values or len(set(self.values)) != len(self.values):
            raise InputError(
                "The attribute {attribute} needs values that differ.", attribute=self.name
            )

    def code(self, value: str) -> int:
        """Give the code of a value, from 0.

        Raises
        ------
        InputError
            If the attribute has no such value.
        """
        if value not in self.values:
            raise InputError(
                "The attribute {attribute} has no value {value}; it has {values}.",
                attribute=self.name,
                value=value,
                values=", ".join(self.values),
            )
        return self.values.index(value)


@dataclass(frozen=True)
class Attributes:
    """The attributes that cases are described by, in the order of the columns of their codes.

    Raises
    ------
    ValueError
        If two have one name.
    """

    columns: tuple[Attribute, ...]

    def __post_init__(self) -> None:
        """Refuse names that do not tell attributes apart."""
        if len({each.name for each in self.columns}) != len(self.columns):
            raise ValueError("Two attributes have one name.")

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {attribute.name: column for column, attribute in enumerate(self.columns)}

    def find(self, name: str) -> int:
        """Give the column of an attribute, from 0.

        Raises
        ------
        InputError
            If there is no such attribute.
        """
        if name not in self._places:
            raise InputError("There is no attribute {attribute}.", attribute=name)
        return self._places[name]

    def code_cases(self, cases: Sequence[Mapping[str, str | None]]) -> NDArray[np.int64]:
        """Give cases as codes, shape (cases, attributes); what a case leaves out is unknown.

        Raises
        ------
        InputError
            If a case has an attribute that there is not, or a value that is not allowed.
        """
        codes = np.full((len(cases), len(self.columns)), UNKNOWN, dtype=np.int64)
        for row, case in enumerate(cases):
            for name, value in case.items():
                column = self.find(name)
                if value is not None:
                    codes[row, column] = self.columns[column].code(value)
        return codes
