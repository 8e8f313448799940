"""What differs between two versions of a guideline: as text, and as change of room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from spreekruimte.cases.sentences import Language
from spreekruimte.guidelines.lines import Line

Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Words:
    """Some words that stand in both, in the first only, or in the second only."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is not in both as it is.

    Attributes
    ----------
    before, after
        The line in the first and in the second; None where it is not there.
    """

    change: Change
    before: Line | None
    after: Line | None

    @property
    def name(self) -> str:
        """What names the line."""
        line = self.after or self.before
        return line.name if line else ""


def find_changes(before: Sequence[Line], after: Sequence[Line]) -> list[LineChange]:
    """Give the lines that differ: those of the second in its order, then those that are gone."""
    known = {line.name: line for line in before}
    kept = {line.name for line in after}
    changes = [
        LineChange("changed" if line.name in known else "added", known.get(line.name), line)
        for line in after
        if known.get(line.name) != line
    ]
    return changes + [LineChange("removed", line, None) for line in before if line.name not in kept]


def compare_words(before: str, after: str) -> list[Words]:
    """Give two texts as one: the words of both, in order, with what was removed and added."""
    first, second = before.split(), after.split()
    found: list[Words] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(
        a=first, b=second, autojunk=False
    ).get_opcodes():
        removed, added = " ".join(first[start:end]), " ".join(second[other_start:other_end])
        if tag == "equal":
            found.append(Words("same", removed))
            continue
        found += [Words("removed", removed)] if removed else []
        found += [Words("added", added)] if added else []
    return found


def compare_texts(change: LineChange, language: Language) -> list[Words]:
    """Give what changed in the text of a line, in one language."""
    texts = [
        line.text.in_language(language) if line else "" for line in (change.before, change.after)
    ]
    return compare_words(*texts)
