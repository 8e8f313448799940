"""The one way in which the analysis refuses an input."""

from __future__ import annotations

from pathlib import Path


class InputError(ValueError):
    """An input that cannot be read or judged, told in one sentence.

    The sentence is kept as an English template beside its values, so that whoever
    shows it can translate the template first.

    Parameters
    ----------
    template
        One English sentence with ``{name}`` fields, without the place.
    path
        The file that is refused, if the trouble is in a file.
    line
        The line of that file, counted from 1, if the trouble is on a line.
    values
        What stands in the fields.
    """

    def __init__(
        self, template: str, *, path: Path | None = None, line: int | None = None, **values: object
    ) -> None:
        self.template = template
        self.path = path
        self.line = line
        self.values = values
        sentence = template.format(**values)
        if path is not None:
            place = path.name if line is None else f"{path.name}, line {line}"
            sentence = f"{place}: {sentence}"
        super().__init__(sentence)
