from pathlib import Path

import pytest
from tools.design_system import STYLE, choose_style, main

COMPONENTS = """
/**
 * @license EUPL-1.2
 * Copyright (c) 2021-2025 Gemeente Utrecht
 */
.utrecht-button { color: var(--button-color, var(--plain)); /* a remark */ }
.utrecht-button--primary, .utrecht-button--hover, .utrecht-youtube-video { margin: 0 !important; }
.utrecht-button:not(.utrecht-button--subtle, :disabled):focus { outline: 1px }
.utrecht-calendar .utrecht-button { color: red }
.utrecht-button--hover { color: blue }
@media print { .utrecht-link { color: black } .utrecht-calendar { color: black } }
@media screen { .utrecht-calendar { color: black } }
@font-face { font-family: x }
"""
THEME = """
.theme { --button-color: var(--blue); --blue: #00f; --plain: gray; --calendar-color: red; }
"""


def test_only_our_components_are_kept() -> None:
    chosen = choose_style(COMPONENTS, THEME)
    assert ".utrecht-button--primary{margin:0!important}" in chosen
    assert ".utrecht-button:not(.utrecht-button--subtle, :disabled):focus{outline:1px}" in chosen
    assert "@media print{\n.utrecht-link{color:black}\n}" in chosen
    for absent in ("calendar", "youtube", "--hover", "screen", "font-face", "remark"):
        assert absent not in chosen


def test_the_values_that_they_refer_to_come_along_and_no_others() -> None:
    assert ":root{--blue:#00f;--button-color:var(--blue);--plain:gray;}" in choose_style(
        COMPONENTS, THEME
    )


def test_who_made_it_is_told() -> None:
    chosen = choose_style(COMPONENTS, THEME)
    assert "@license EUPL-1.2" in chosen
    assert "Copyright (c) 2021-2025 Gemeente Utrecht" in chosen


def test_it_is_written_from_two_files(tmp_path: Path) -> None:
    components, theme = tmp_path / "index.css", tmp_path / "theme.css"
    components.write_text(COMPONENTS)
    theme.write_text(THEME)
    written: list[str] = []
    assert main([str(components), str(theme)], written.append) == 0
    assert written == [choose_style(COMPONENTS, THEME)]


def test_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    assert "usage" in capsys.readouterr().err


def test_what_is_shipped_has_notices_and_nothing_from_elsewhere() -> None:
    style = STYLE.read_text("utf-8")
    assert style.startswith("/**")
    assert "@license EUPL-1.2" in style
    assert "url(http" not in style
    assert "@import" not in style
