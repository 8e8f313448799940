from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.found import make_finding, make_studied
from tests.guidelines.written import TITLE, holds_where, make_line
from tests.organisations.people import NOW
from tests.studies.studied import make_published

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.documents import read_guideline, write_lines
from spreekruimte.guidelines.evidence import weigh_evidence
from spreekruimte.guidelines.exporting import (
    LONGEST_OCTETS,
    export_pack,
    export_version,
    write_calendar,
)
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.studied_room import find_room
from spreekruimte.organisations.models import Organisation


def write(text: str) -> str:
    line = make_line(predicate=holds_where(tone="sharp"), text=Bilingual(text, text))
    evidence = weigh_evidence(
        [line, make_line("N")], [make_finding()], [], days=365, today=NOW.date()
    )
    version = Version(guideline_id=3, number=1, title_nl=TITLE.nl, title_en=TITLE.en)
    return write_calendar(version, evidence, now=NOW)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=200))
def test_no_line_of_a_calendar_is_too_long_and_no_letter_is_lost(text: str) -> None:
    calendar = write(text)
    lines = calendar.split("\r\n")
    assert all(len(line.encode()) <= LONGEST_OCTETS for line in lines)
    unfolded = calendar.replace("\r\n ", "")
    said = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"lapses: {said}\r\n" in unfolded


def test_only_a_line_with_evidence_is_in_the_calendar() -> None:
    calendar = write("Be kind.")
    assert calendar.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert calendar.count("UID:") == 1
    assert "UID:guideline-3-R1@spreekruimte\r\n" in calendar
    assert "DTSTART;VALUE=DATE:20271123\r\n" in calendar


def read_schema() -> dict[str, Any]:
    path = files("spreekruimte.guidelines").joinpath("schema/guideline.schema.json")
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema


def validate(document: object) -> None:
    jsonschema.validate(document, read_schema(), cls=jsonschema.Draft202012Validator)


def test_the_schema_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(read_schema())


@pytest.mark.parametrize("pack", packs(), ids=str)
def test_each_pack_keeps_to_the_schema(pack: str) -> None:
    validate(export_pack(packs()[pack], None))


def test_what_is_exported_keeps_to_the_schema() -> None:
    lines = [make_line(predicate=holds_where(tone="sharp")), make_line("N")]
    evidence = weigh_evidence(lines, [make_finding()], [make_studied()], days=365, today=NOW.date())
    guideline = Guideline(pk=3, organisation=Organisation(name="Waterdam"))
    version = Version(
        guideline=guideline,
        number=1,
        title_nl=TITLE.nl,
        title_en=TITLE.en,
        lines=write_lines(lines),
        published_at=NOW,
    )
    document = export_version(version, evidence, None)
    validate(document)
    assert [each["standing"] for each in document["evidence"]] == ["founded", "not_asked"]
    (case,) = document["evidence"][0]["cases"]
    assert case["share"] == {"estimate": 0.9, "low": 0.8, "high": 0.95}
    assert case["mirror_gap"] is None
    (study,) = document["evidence"][0]["studies"]
    assert (study["study"], study["people"], study["opinions"]) == (7, 30, 30)
    assert study["share"]["estimate"] == 0.2
    assert document["evidence"][1]["studies"] == []
    with pytest.raises(jsonschema.ValidationError):
        validate({**document, "person": "x"})


def test_a_pack_survives_being_exported_and_taken_over() -> None:
    for pack in packs().values():
        assert read_guideline(export_pack(pack, None)) == (pack.title, pack.lines)


@pytest.mark.django_db
def test_what_lines_do_over_a_study_is_exported() -> None:
    make_published(people=60)
    pack = packs()["nl-rijk-2020"]
    told, untold = (
        make_line(predicate=holds_where(tone="sharp")),
        make_line(predicate=holds_where(act_type="like")),
    )
    documents = []
    for line in (told, untold):
        lines = replace(pack, lines=(line,))
        documents.append(export_pack(lines, find_room(None, [told])))
        validate(documents[-1])
    over, nowhere = (each["over_study"] for each in documents)
    assert (over["people"], over["contexts"]) == (60, 16)
    assert 0 < over["strictness"] < over["decided"] == 1
    assert over["overreach"]["low"] <= over["overreach"]["share"] <= over["overreach"]["high"]
    assert (nowhere["strictness"], nowhere["decided"], nowhere["overreach"]) == (None, 0, None)
