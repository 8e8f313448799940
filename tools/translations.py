"""Collect what the package says in English, and compile what it says in Dutch.

Brings ``django.po`` up to date with the source, keeping the Dutch that is there, and
compiles it. What lacks its Dutch is named, and makes the exit status 1.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import polib
from django.template import Engine, Node, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

# Templates name tags of every app.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spreekruimte.config.settings")
django.setup()

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "spreekruimte"
CATALOGUE = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
FIELD = re.compile(r"%\(\w+\)s|\{\w+\}")
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "nl",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One text in English, with its plural if it has one."""

    text: str
    plural: str = ""


def collect_messages(package: Path) -> dict[Message, set[str]]:
    """Find all texts that a reader can get to see, each with the files it is in."""
    found: dict[Message, set[str]] = {}
    for path in sorted(package.rglob("*")):
        if path.suffix == ".py":
            messages = _read_module(path, is_analysis="analysis" in path.parts)
        elif path.suffix == ".html" or (path.suffix == ".txt" and "templates" in path.parts):
            messages = _read_template(path)
        else:
            continue
        for message in messages:
            found.setdefault(message, set()).add(str(path.relative_to(package)))
    return found


def update_catalogue(catalogue: polib.POFile, found: dict[Message, set[str]]) -> polib.POFile:
    """Make a catalogue of exactly the texts found, with the Dutch of the old one."""
    known = {Message(entry.msgid, entry.msgid_plural): entry for entry in catalogue}
    updated = polib.POFile(wrapwidth=100)
    updated.metadata = HEADER
    for message in sorted(found):
        old = known.get(message)
        entry = polib.POEntry(
            msgid=message.text,
            msgid_plural=message.plural,
            occurrences=[(place, "") for place in sorted(found[message])],
        )
        if message.plural:
            entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        updated.append(entry)
    return updated


def find_faults(catalogue: polib.POFile) -> list[str]:
    """Name the texts that have no Dutch, or whose Dutch has other fields."""
    faults = []
    for entry in catalogue:
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [
                (entry.msgid, entry.msgstr_plural[0]),
                (entry.msgid_plural, entry.msgstr_plural[1]),
            ]
        for english, dutch in pairs:
            if not dutch:
                faults.append(f"no Dutch: {english}")
            elif set(FIELD.findall(english)) != set(FIELD.findall(dutch)):
                faults.append(f"other fields: {english}")
    return faults


def _read_module(path: Path, *, is_analysis: bool) -> Iterator[Message]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from _read_call(
                node.func.id, [text for each in node.args for text in _text(each)]
            )
    if is_analysis:
        yield from _find_sentences(tree)


def _read_call(name: str, texts: list[str]) -> Iterator[Message]:
    if name in {"_", "gettext_lazy", "InputError", "FetchError"} and texts:
        yield Message(texts[0])
    elif name == "ngettext":
        yield Message(texts[0], texts[1])


def _find_sentences(tree: ast.AST) -> Iterator[Message]:
    """Find the sentences of the analysis: it knows no translations, but its errors are shown."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in documentation:
            yield from (Message(text) for text in _text(node) if " " in text and text.endswith("."))


def _text(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _read_template(path: Path) -> Iterator[Message]:
    template = Template(path.read_text("utf-8"), engine=Engine.get_default())
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            yield Message(str(node.filter_expression.var.literal))
        elif isinstance(node, BlockTranslateNode):
            text, _names = node.render_token_list(node.singular)
            plural, _names = node.render_token_list(node.plural) if node.plural else ("", [])
            yield Message(text, plural)


def main() -> int:
    """Update and compile the catalogue; 1 if anything lacks its Dutch."""
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue = update_catalogue(old, collect_messages(PACKAGE))
    CATALOGUE.write_text(str(catalogue), "utf-8")
    CATALOGUE.with_suffix(".mo").write_bytes(catalogue.to_binary())
    faults = find_faults(catalogue)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
