"""Take what the pages use from the design system, with the licence notes that belong to it.

``python -m tools.design_system COMPONENTS THEME`` reads the style of the components and the file
with their values (the two packages of npm that `docs/look.md` names), keeps the rules of the
components below and the values that these refer to, and writes the result into `look`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "spreekruimte"
STYLE = PACKAGE / "look" / "static" / "look" / "design-system.css"
COMPONENTS = frozenset(
    f"utrecht-{name}"
    for name in (
        "action-group",
        "alert",
        "blockquote",
        "breadcrumb-nav",
        "button",
        "button-group",
        "button-link",
        "checkbox",
        "code",
        "data-list",
        "document",
        "form-field",
        "form-field-description",
        "form-field-error-message",
        "form-fieldset",
        "form-label",
        "heading-1",
        "heading-2",
        "heading-3",
        "heading-4",
        "link",
        "link-button",
        "link-list",
        "ordered-list",
        "pagination",
        "paragraph",
        "radio-button",
        "select",
        "separator",
        "skip-link",
        "status-badge",
        "surface",
        "table",
        "table-container",
        "textarea",
        "textbox",
        "unordered-list",
    )
)
# What shows a state for a picture of it, where a page shows the state itself.
POSED = re.compile(
    r"--(active|arrows|busy|custom|focus|focus-visible|forced-colors|hover|html-content|html-table"
    r"|placeholder|visited)\b"
)
CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")


def choose_style(components: str, theme: str) -> str:
    """Return the rules of our components and the values that they refer to."""
    rules = "".join(_choose_rules(_parse(components)))
    values = _read_values(_parse(theme))
    told = "".join(f"{name}:{values[name]};" for name in sorted(_refer(rules, values)))
    return f"{_credit(components)}:root{{{told}}}\n{rules}"


def _parse(style: str) -> list[Node]:
    parsed: list[Node] = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return parsed


def _choose_rules(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            yield _choose_selectors(rule)
        elif isinstance(rule, AtRule) and rule.at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            chosen = "".join(_choose_rules(inner))
            if chosen:
                yield f"@{rule.at_keyword} {_write(rule.prelude)}{{\n{chosen}}}\n"


def _choose_selectors(rule: QualifiedRule) -> str:
    selectors = [each.strip() for each in re.split(r",(?![^(]*\))", _write(rule.prelude))]
    kept = ",".join(each for each in selectors if _is_ours(each))
    declarations = tinycss2.parse_blocks_contents(
        rule.content, skip_comments=True, skip_whitespace=True
    )
    told = ";".join(
        f"{each.name}:{_write(each.value)}{'!important' if each.important else ''}"
        for each in declarations
        if each.type == "declaration"
    )
    return f"{kept}{{{told}}}\n" if kept and told else ""


def _is_ours(selector: str) -> bool:
    names = CLASS.findall(selector)
    return (
        bool(names)
        and not POSED.search(selector)
        and all(re.split("__|--", name)[0] in COMPONENTS for name in names)
    )


def _read_values(rules: Iterable[Node]) -> Mapping[str, str]:
    return {
        each.name: _write(each.value)
        for rule in rules
        if isinstance(rule, QualifiedRule)
        for each in tinycss2.parse_blocks_contents(rule.content)
        if each.type == "declaration" and each.name.startswith("--")
    }


def _refer(rules: str, values: Mapping[str, str]) -> set[str]:
    """Find the values that rules need, also through other values."""
    found: set[str] = set()
    unread = set(REFERENCE.findall(rules)) & set(values)
    while unread:
        found |= unread
        unread = {
            name for each in unread for name in REFERENCE.findall(values[each]) if name in values
        } - found
    return found


def _credit(components: str) -> str:
    holders: dict[str, set[str]] = {}
    for found in re.finditer(r"Copyright \(c\) (\S+) (.+)", components):
        holders.setdefault(found[2].strip(), set()).update(re.findall(r"\d{4}", found[1]))
    lines = [
        f" * Copyright (c) {min(years)}-{max(years)} {name}" for name, years in holders.items()
    ]
    return "\n".join(
        [
            "/**",
            " * Chosen from @utrecht/component-library-css and the values of",
            " * @nl-design-system-unstable/voorbeeld-design-tokens by tools/design_system.py.",
            " * @license EUPL-1.2",
            *sorted(lines),
            " * Copyright (c) 2021 NL Design System Community",
            " */",
            "",
        ]
    )


def _write(tokens: Iterable[Node]) -> str:
    text: str = tinycss2.serialize(tokens)
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def main(arguments: list[str], write: Callable[[str], object] = STYLE.write_text) -> int:
    """Write the style that is chosen from two files."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m tools.design_system COMPONENTS THEME\n")
        return 1
    components, theme = (Path(each).read_text("utf-8") for each in arguments)
    write(choose_style(components, theme))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
