"""The repository keeps the promises that its documents make about it."""

import ast
import re
import sys
from collections.abc import Mapping
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.repository import ROOT, named, project

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Migrations are made by Django.
MODULES = sorted(p for p in (ROOT / "src").rglob("*.py") if p.parent.name != "migrations")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+?)( ; .+)? \\$", re.MULTILINE)


def pins(lock: Path) -> set[tuple[str, str]]:
    """The names and versions that a lock file holds."""
    return {
        (found["name"], found["version"])
        for found in PIN.finditer(lock.read_text(encoding="utf-8"))
    }


# Locks


def test_there_is_a_lock_for_each_set_that_set_up_knows() -> None:
    assert [lock.stem for lock in LOCKS] == ["benchmarks", "lock", "run", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_names_no_address_and_no_place_on_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(^|\s)(/|~|[A-Z]:\\)", text)
    assert not re.search(
        r"^\s*-", re.sub(r"^ +--hash=.*", "", text, flags=re.MULTILINE), re.MULTILINE
    )


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_pins_each_package_with_a_hash(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(packages) == len(PIN.findall(text)) > 0
    assert len(re.findall(r"\\\n    --hash=sha256:[0-9a-f]{64}", text)) >= len(packages)


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_one_version_of_a_package_serves_every_python(lock: Path) -> None:
    names = [name for name, _ in pins(lock)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_holds_what_runs_in_the_same_versions(lock: Path) -> None:
    assert pins(lock) >= pins(ROOT / "requirements" / "run.txt")


def test_the_locks_hold_what_the_project_asks_for() -> None:
    def names(requirements: list[Any]) -> set[str]:
        return {re.split(r"[\[<>=!~ ]", each)[0] for each in requirements if isinstance(each, str)}

    groups = project()["dependency-groups"]
    asked = {
        "run": names(project()["project"]["dependencies"]) | names(groups["build"]),
        "test": names(groups["dev"]),
        "benchmarks": names(groups["benchmarks"]),
        "lock": names(groups["lock"]),
    }
    for lock in LOCKS:
        assert asked[lock.stem] <= {name for name, _ in pins(lock)}


# Dependencies


def test_each_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    end = lines.index("[tool.hatch.build]")
    unexplained = [
        line.strip()
        for before, line in zip(lines[start:end], lines[start + 1 : end], strict=False)
        if re.match(r'  "[a-z]', line) and not before.startswith("  # ")
    ]
    assert unexplained == []


def imported_from_elsewhere(module: Path) -> set[str]:
    """The top-level names that a module imports from neither Python nor this package."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    names = {alias.name for node in imports for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"spreekruimte"}


@pytest.fixture(scope="session")
def givers() -> Mapping[str, list[str]]:
    """The distributions that give each top-level name."""
    return packages_distributions()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_the_package_imports_only_what_it_asks_for(
    module: Path, givers: Mapping[str, list[str]]
) -> None:
    asked = {re.split(r"[\[<>=!~ ]", each)[0] for each in project()["project"]["dependencies"]}
    stray = {
        name
        for name in imported_from_elsewhere(module)
        if not asked & {giver.lower() for giver in givers.get(name, [])}
    }
    assert stray == set()


# Modules


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_holds_one_thing(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400
    assert module.stem not in {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "managers",
        "common",
    }
    assert module.parent.name not in {"utils", "helpers", "common"}


@pytest.mark.parametrize(
    "module", [m for m in MODULES if "analysis" in m.relative_to(ROOT).parts], ids=named
)
def test_the_analysis_reads_no_clock_and_shares_no_randomness(module: Path) -> None:
    forbidden = re.compile(
        r"\b(np|numpy)\.random\.(?!Generator|default_rng|SeedSequence|PCG64|Philox|BitGenerator)"
        r"|\b(datetime|date)\.(now|today|utcnow)\b"
    )
    code = ast.unparse(ast.parse(module.read_text(encoding="utf-8")))
    assert not forbidden.search(code)


# Documents


def test_the_readme_names_the_commands_that_there_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("script/run", "script/test", "script/run judge", "script/run verify"):
        assert command in readme
    for script in re.findall(r"\bscript/\w+", readme):
        assert (ROOT / script).is_file()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_links_to_what_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert missing == []


def test_the_index_of_the_documentation_names_each_document() -> None:
    index = ROOT / "docs" / "index.md"
    named_there = index.read_text(encoding="utf-8")
    documents = [path for path in DOCUMENTS if path.parent != ROOT and path != index]
    template = ROOT / "docs" / "decisions" / "0000-template.md"
    missing = [
        named(path)
        for path in documents
        if path != template and f"({path.relative_to(index.parent)})" not in named_there
    ]
    assert missing == []


def test_decision_records_are_numbered_without_gaps() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{n:04}-" for n in range(len(DECISIONS))]


@pytest.mark.parametrize("record", DECISIONS, ids=named)
def test_a_decision_record_has_its_three_parts(record: Path) -> None:
    lines = record.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {record.name[:4]}: ")
    assert [line for line in lines if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]


# Licence and version


def test_the_licence_stands_where_people_and_tools_look_for_it() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert text == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text(encoding="utf-8")
    assert project()["project"]["license"] == "EUPL-1.2"


def test_publiccode_tells_the_licence_and_version_of_the_project() -> None:
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert told["name"] == "Spreekruimte"
    assert told["legal"]["license"] == project()["project"]["license"]
    assert told["softwareVersion"] == project()["project"]["version"]
    assert (
        set(told["description"]) == set(told["localisation"]["availableLanguages"]) == {"en", "nl"}
    )
    assert all(len(text["shortDescription"]) <= 150 for text in told["description"].values())


def test_the_changelog_tells_the_version_of_the_project() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = text.split("\n## ")[1]
    assert newest.startswith("[Unreleased]")
    assert project()["project"]["version"] in text
