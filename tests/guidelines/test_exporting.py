from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.found import make_finding
from tests.guidelines.written import TITLE, holds_where, make_line
from tests.organisations.people import NOW

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.documents import read_guideline
from spreekruimte.guidelines.evidence import weigh_evidence
from spreekruimte.guidelines.exporting import LONGEST_OCTETS, export_pack, write_calendar
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.packs import packs


def write(text: str) -> str:
    line = make_line(predicate=holds_where(tone="sharp"), text=Bilingual(text, text))
    evidence = weigh_evidence([line, make_line("N")], [make_finding()], days=365, today=NOW.date())
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


def test_a_pack_survives_being_exported_and_taken_over() -> None:
    for pack in packs().values():
        assert read_guideline(export_pack(pack)) == (pack.title, pack.lines)
