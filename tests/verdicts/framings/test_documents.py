"""What is found comes back from what is written, and keeps to its schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tests.verdicts.framings.divided import WEIGHTS, draw_divided

from spreekruimte.analysis.verdicts import Rules
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.documents import Document, read_schema
from spreekruimte.verdicts.files import FRAMINGS
from spreekruimte.verdicts.framings import from_document, measure_framings, to_document
from spreekruimte.verdicts.publication import Publication
from spreekruimte.verdicts.publish import publish
from spreekruimte.verdicts.verify import verify


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published result in which no reader of the group has an opinion on some texts."""
    folder = tmp_path_factory.mktemp("framings") / "out"
    publish(judge_votes(draw_divided(300)), folder, Publication(arms=WEIGHTS))
    return folder


@pytest.fixture(scope="module")
def written(folder: Path) -> Document:
    document: Document = json.loads((folder / FRAMINGS).read_bytes())
    return document


def test_the_file_keeps_to_its_schema(written: Document) -> None:
    schema = read_schema("framings")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)
    figures = [each for arm in written["arms"] for each in arm["shares"]]
    assert {each["missing"] for each in figures} >= {None, "too few opinions"}


def test_what_is_written_reads_back_as_it_was() -> None:
    found = measure_framings(draw_divided(300), Rules(), WEIGHTS)
    assert found is not None
    document = to_document(found)
    assert to_document(from_document(document)) == document
    assert [each.arm for each in from_document(document).arms] == [each.arm for each in found.arms]


def test_it_is_recomputed_from_the_replay_file(folder: Path, written: Document) -> None:
    assert verify(folder) == []
    written = {**written, "mirror_gap": [{**written["mirror_gap"][0], "estimate": 0.5}]}
    changed = folder.with_name("changed")
    changed.mkdir()
    for path in folder.iterdir():
        (changed / path.name).write_bytes(path.read_bytes())
    (changed / FRAMINGS).write_text(json.dumps(written))
    assert "$.mirror_gap[0].estimate" in {each.place for each in verify(changed)}
