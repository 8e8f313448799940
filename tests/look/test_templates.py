"""What holds for the templates of every room."""

import re
from pathlib import Path

import pytest

import spreekruimte

TEMPLATES = sorted(Path(spreekruimte.__path__[0]).glob("*/templates/**/*.html"))
# In an attribute, for a program: ``1607`` there must not become ``1.607``.
NUMBER_OF_A_ROW = re.compile(
    r'="[^"]*\{\{ ?[\w.]*(?:\.id|\.pk|(?:case|round|reason|organisation)_id) ?\}\}'
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_the_number_of_a_row_is_not_written_as_a_quantity(template: Path) -> None:
    found = NUMBER_OF_A_ROW.findall(template.read_text("utf-8"))
    assert found == []


def test_such_a_number_would_be_found() -> None:
    assert NUMBER_OF_A_ROW.search('<a href="/cases/{{ case.id }}/">')
    assert not NUMBER_OF_A_ROW.search('<a href="/cases/{{ case.id|stringformat:"d" }}/">')
