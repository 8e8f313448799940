"""The documents say what the programs do."""

import re
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from tests.verdicts.judgements import make_judgement
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from spreekruimte.cli import app
from spreekruimte.cli.judging import judge
from spreekruimte.verdicts.documents import read_schema, to_csv
from spreekruimte.verdicts.files import ALL_FILES

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMMANDS = (DOCS / "command-line.md").read_text(encoding="utf-8")
FILES = (DOCS / "files.md").read_text(encoding="utf-8")


def section(document: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    return document.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def table(text: str) -> list[list[str]]:
    """The rows of the first table in a text, without its head."""
    lines = dropwhile(lambda line: not line.startswith("|"), text.splitlines())
    rows = list(takewhile(lambda line: line.startswith("|"), lines))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def first_column(text: str) -> list[str]:
    return [name for row in table(text) for name in re.findall(r"`([^`]+)`", row[0])]


# The command line


def commands() -> dict[str, TyperCommand]:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return {
        name: command
        for name, command in group.commands.items()
        if isinstance(command, TyperCommand)
    }


def describe(parameter: TyperArgument | TyperOption) -> list[str]:
    """A parameter as a row of the documentation."""
    if parameter.required:
        default = "required"
    elif parameter.default is None:
        default = "none"
    elif parameter.default is False:
        default = "no"
    else:
        default = f"`{parameter.default}`"
    is_option = isinstance(parameter, TyperOption)
    name = parameter.opts[0] if is_option else parameter.metavar
    return [f"`{name}`", default, str(parameter.help)]


def test_each_command_has_its_section() -> None:
    headings = re.findall(r"^## `spreekruimte ([\w-]+)`$", COMMANDS, re.MULTILINE)
    assert headings == list(commands())


@pytest.mark.parametrize("name", list(commands()))
def test_a_command_is_documented_as_its_help_says(name: str) -> None:
    command = commands()[name]
    documented = section(COMMANDS, f"`spreekruimte {name}`")
    assert documented.lstrip().startswith(str(command.help).split("\n")[0])
    shown = [
        parameter
        for parameter in command.params
        if isinstance(parameter, TyperArgument | TyperOption) and parameter.name != "help"
    ]
    assert table(documented) == [describe(parameter) for parameter in shown]


def test_the_bounds_of_options_are_documented() -> None:
    documented = " ".join(section(COMMANDS, "`spreekruimte judge`").split())
    hints = get_type_hints(judge, include_extras=True)
    level, false_alarm = (hints[name].__metadata__[0] for name in ("level", "false_alarm"))
    assert f"`--level` lies between {level.min} and {level.max}" in documented
    assert f"`--false-alarm` between {false_alarm.min} and {false_alarm.max}" in documented


# The files


def keys_of(schema: dict[str, Any], place: str = "") -> list[str]:
    """Every key that a document can hold, as the documentation writes it."""
    found = []
    for name, part in schema.get("properties", {}).items():
        here = f"{place}.{name}" if place else name
        found.append(here)
        if "$ref" in part and not place.endswith("by_group[]"):
            part = read_schema()["$defs"][part["$ref"].rsplit("/", 1)[1]]
        found += keys_of(part, here)
        found += keys_of(part.get("items", {}), f"{here}[]")
    return found


def test_each_key_of_the_verdict_is_documented_once() -> None:
    documented = first_column(section(FILES, "`verdict.json`"))
    assert len(documented) == len(set(documented))
    assert set(documented) == set(keys_of(read_schema()))


def test_each_key_of_the_framings_is_documented_once() -> None:
    schema = read_schema("framings")
    schema["properties"]["arms"]["items"] = schema["$defs"]["arm"]
    documented = first_column(section(FILES, "`framings.json`"))
    assert len(documented) == len(set(documented))
    assert set(documented) == set(keys_of(schema))


def test_each_column_of_the_table_is_documented_once() -> None:
    documented = first_column(section(FILES, "`statements.csv`"))
    header = to_csv(make_judgement(groups=2)).decode("utf-8").split("\r\n")[0].split(",")
    described = [name for name in documented if "…" not in name]
    assert described == [name for name in header if not name.startswith("group_1")]


def test_each_file_is_named() -> None:
    names = sorted(row[0].strip("`") for row in table(FILES))
    assert names == sorted(ALL_FILES)
