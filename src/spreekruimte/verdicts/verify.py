"""Recompute a published folder from its replay file, and say where it differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from spreekruimte.analysis.votes.lines import Progress, ignore_progress
from spreekruimte.analysis.votes.replay import read_replay
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.files import ALL_FILES, REPLAY, render_files
from spreekruimte.verdicts.method import read_rules
from spreekruimte.verdicts.publication import Publication

# What is long is cut off where it is shown.
Key = TypeVar("Key")

LONGEST = 120
ABSENT = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where what is published is not what comes out.

    `place` is a path in a JSON file, a line of another file, or empty for a whole file.
    """

    file: str
    place: str
    published: str
    recomputed: str


def verify(folder: Path, *, progress: Progress = ignore_progress) -> list[Difference]:
    """Recompute every file of a folder from its replay file and compare byte by byte.

    Parameters
    ----------
    folder
        What `publish` wrote.
    progress
        Is told how far reading and judging are.

    Returns
    -------
    list of Difference
        In order of file and place; none if all is equal.

    Raises
    ------
    InputError
        If the replay file is missing, cannot be read, or asks for what this version
        cannot do.
    """
    replay = read_replay(folder / REPLAY, progress=progress)
    rules = read_rules(replay.method)
    publication = Publication.from_settings(replay.settings)
    judgement = judge_votes(replay.matrix, rules, progress=progress)
    files = render_files(
        judgement,
        input_digest=replay.input_digest,
        publication=publication,
    )
    return [
        difference
        for name in ALL_FILES
        if name != REPLAY
        for difference in compare_file(folder / name, files.get(name))
    ]


def compare_file(path: Path, recomputed: bytes | None) -> Iterator[Difference]:
    """Compare one published file with what comes out; None where there should be no file."""
    published = path.read_bytes() if path.is_file() else None
    if published == recomputed:
        return
    if published is None or recomputed is None:
        yield Difference(path.name, "", _describe_size(published), _describe_size(recomputed))
        return
    found = False
    for difference in _compare_contents(path.name, published, recomputed):
        found = True
        yield difference
    if not found:
        # Equal in meaning, as two ways to write the same JSON are.
        yield Difference(path.name, "", _describe_size(published), _describe_size(recomputed))


def _compare_contents(name: str, published: bytes, recomputed: bytes) -> Iterator[Difference]:
    if name.endswith(".json"):
        try:
            document = json.loads(published)
        except ValueError:
            yield Difference(name, "", "no JSON", _describe_size(recomputed))
            return
        for place, here, there in compare_values(document, json.loads(recomputed)):
            yield Difference(name, place, here, there)
        return
    lines = zip_longest(_split(published), _split(recomputed))
    for number, (here, there) in enumerate(lines, start=1):
        if here != there:
            yield Difference(name, f"line {number}", _show(here), _show(there))


def compare_values(
    published: object, recomputed: object, place: str = "$"
) -> Iterator[tuple[str, str, str]]:
    """Walk through two JSON values side by side.

    Yields
    ------
    tuple of str
        The JSON path of each place where they differ, and both values there.
    """
    if isinstance(published, dict) and isinstance(recomputed, dict):
        for key in sorted(published.keys() | recomputed.keys()):
            yield from _compare_members(published, recomputed, key, f"{place}.{key}")
    elif isinstance(published, list) and isinstance(recomputed, list):
        here, there = dict(enumerate(published)), dict(enumerate(recomputed))
        for index in range(max(len(here), len(there))):
            yield from _compare_members(here, there, index, f"{place}[{index}]")
    elif _write(published) != _write(recomputed):
        yield place, _show_value(published), _show_value(recomputed)


def _compare_members(
    published: Mapping[Key, object], recomputed: Mapping[Key, object], key: Key, place: str
) -> Iterator[tuple[str, str, str]]:
    if key in published and key in recomputed:
        yield from compare_values(published[key], recomputed[key], place)
    elif key in published:
        yield place, _show_value(published[key]), ABSENT
    else:
        yield place, ABSENT, _show_value(recomputed[key])


def _split(content: bytes) -> list[str]:
    return content.decode(errors="replace").splitlines()


def _show_value(value: object) -> str:
    return _show(_write(value))


def _write(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _show(text: str | None) -> str:
    if text is None:
        return ABSENT
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _describe_size(content: bytes | None) -> str:
    return ABSENT if content is None else f"{len(content)} bytes"
