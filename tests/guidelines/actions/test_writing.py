from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.guidelines.written import TEXT, make_draft, make_line, make_version, publish, write
from tests.organisations.people import NOW

from spreekruimte.analysis.rules import ALWAYS
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.actions.publishing import revise_guideline
from spreekruimte.guidelines.actions.writing import change_line, remove_line
from spreekruimte.guidelines.documents import MOST_LINES
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import DraftLine, Guideline
from spreekruimte.guidelines.stored import digest_lines, draft_lines_of, fields_of
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError

pytestmark = pytest.mark.django_db


def change(guideline: Guideline, line: Line, seen: Line) -> DraftLine:
    return change_line(
        guideline=guideline, line=line, seen=digest_lines([seen]), actor=OPERATOR, now=NOW
    )


def remove(guideline: Guideline, seen: Line) -> None:
    remove_line(
        guideline=guideline,
        name=seen.name,
        seen=digest_lines([seen]),
        actor=OPERATOR,
        now=NOW,
    )


def test_lines_are_added_in_order_under_names_of_the_guideline() -> None:
    guideline = make_draft(make_line("whatever"), make_line(effect="caution"))
    assert [line.name for line in draft_lines_of(guideline)] == ["R1", "R2"]
    assert AuditEntry.objects.filter(action="add_line").count() == 2


def test_no_name_comes_back() -> None:
    guideline = make_draft(make_line(), make_line())
    remove(guideline, draft_lines_of(guideline)[1])
    guideline.refresh_from_db()
    assert write(guideline, make_line()).name == "R3"
    version = publish(guideline)
    Guideline.objects.update(last_number=0)
    revise_guideline(guideline=guideline, actor=OPERATOR, now=NOW)
    remove(guideline, draft_lines_of(guideline)[0])
    assert [line["name"] for line in version.lines] == ["R1", "R3"]
    assert write(guideline, make_line()).name == "R2"
    assert write(guideline, make_line()).name == "R4"


def test_texts_are_tidied() -> None:
    guideline = make_draft(make_line(text=Bilingual(nl=" Wees  lief. ", en="Be\nkind.")))
    assert draft_lines_of(guideline)[0].text == Bilingual(nl="Wees lief.", en="Be kind.")


@pytest.mark.parametrize(
    "changes",
    [
        {"text": Bilingual(nl="", en="Text")},
        {"effect": "require"},
        {"dated": "yesterday"},
        {"predicate": ALWAYS},
    ],
)
def test_a_line_that_is_wrong_or_below_the_floor_is_not_stored(changes: dict[str, Any]) -> None:
    guideline = make_draft(make_line())
    seen = draft_lines_of(guideline)[0]
    wrong = make_line(**changes)
    with pytest.raises(ValidationError):
        write(guideline, wrong)
    with pytest.raises(ValidationError):
        change(guideline, wrong, seen)
    assert draft_lines_of(guideline) == (seen,)


def test_a_line_is_changed_in_its_place() -> None:
    guideline = make_draft(make_line(), make_line(), make_line())
    first, seen, last = draft_lines_of(guideline)
    changed = replace(seen, effect="caution", text=Bilingual(nl="Anders.", en="Otherwise."))
    change(guideline, changed, seen)
    assert draft_lines_of(guideline) == (first, changed, last)


def test_the_second_of_two_editors_changes_nothing_and_is_told() -> None:
    guideline = make_draft(make_line())
    seen = draft_lines_of(guideline)[0]
    firsts = replace(seen, effect="caution")
    change(guideline, firsts, seen)
    with pytest.raises(RefusedError, match="Somebody else changed this line"):
        change(guideline, replace(seen, effect="permit"), seen)
    with pytest.raises(RefusedError, match="Somebody else changed this line"):
        remove(guideline, seen)
    assert draft_lines_of(guideline) == (firsts,)
    remove(guideline, firsts)
    with pytest.raises(RefusedError, match="removed this line"):
        change(guideline, firsts, firsts)
    with pytest.raises(RefusedError, match="removed this line"):
        remove(guideline, firsts)


def test_what_is_published_is_not_written_in() -> None:
    version = make_version(make_line(text=TEXT))
    with pytest.raises(RefusedError, match="This guideline is published"):
        write(version.guideline, make_line())
    with pytest.raises(RefusedError, match="This guideline is published"):
        change(version.guideline, make_line(), make_line())


def test_a_guideline_can_be_full() -> None:
    guideline = make_draft()
    DraftLine.objects.bulk_create(
        DraftLine(
            guideline=guideline,
            position=number,
            **{**fields_of(make_line()), "name": f"L{number}"},
        )
        for number in range(MOST_LINES)
    )
    with pytest.raises(RefusedError, match="as many lines"):
        write(guideline, make_line())
