from pathlib import Path

import polib
import pytest
from tools.translations import (
    CATALOGUE,
    PACKAGE,
    Message,
    collect_messages,
    find_faults,
    update_catalogue,
)

from tools import translations


def entry(english: str, dutch: str, **more: object) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid=english, msgstr=dutch, **more))
    return catalogue


def test_all_that_a_reader_sees_has_its_dutch() -> None:
    catalogue = polib.pofile(str(CATALOGUE))
    known = {Message(each.msgid, each.msgid_plural) for each in catalogue}
    assert known == set(collect_messages(PACKAGE))
    assert find_faults(catalogue) == []


def test_what_is_compiled_is_what_is_written() -> None:
    written = polib.pofile(str(CATALOGUE))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == written.to_binary()


def write(folder: Path, name: str, content: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_messages_are_found_wherever_they_stand(tmp_path: Path) -> None:
    write(tmp_path, "a.py", 'x = _("one " "two") + ngettext("%(n)s a", "%(n)s b", n)')
    write(tmp_path, "b.py", 'raise InputError("Bad {name}.", name=1)\ny = _(z)\n')
    write(
        tmp_path,
        "analysis/c.py",
        '"""Not this one."""\nT = "A sentence."\nU = "no-sentence."\nV = "Nor this"\n',
    )
    write(
        tmp_path,
        "d.html",
        '{% load i18n %}{% if x %}{% translate "In a page" %}{% endif %}'
        "{% blocktranslate trimmed with n=x %}\n  In {{ n }}\n  lines{% endblocktranslate %}"
        "{% blocktranslate count n=x %}{{ n }} c{% plural %}{{ n }} d{% endblocktranslate %}",
    )
    write(tmp_path, "e.txt", '_("ignored")')
    write(tmp_path, "templates/f.txt", '{% load i18n %}{% translate "In a mail" %}')
    assert collect_messages(tmp_path) == {
        Message("one two"): {"a.py"},
        Message("%(n)s a", "%(n)s b"): {"a.py"},
        Message("Bad {name}."): {"b.py"},
        Message("A sentence."): {"analysis/c.py"},
        Message("In a page"): {"d.html"},
        Message("In %(n)s lines"): {"d.html"},
        Message("%(n)s c", "%(n)s d"): {"d.html"},
        Message("In a mail"): {"templates/f.txt"},
    }


def test_a_catalogue_keeps_its_dutch_and_drops_what_is_gone() -> None:
    old = entry("Yes", "Ja")
    old.append(polib.POEntry(msgid="Gone", msgstr="Weg"))
    found = {Message("Yes"): {"a.py"}, Message("%(n)s a", "%(n)s b"): {"b.py", "a.py"}}
    updated = update_catalogue(old, found)
    assert [(each.msgid, each.msgstr) for each in updated] == [("%(n)s a", ""), ("Yes", "Ja")]
    assert updated[0].msgstr_plural == {0: "", 1: ""}
    assert updated[0].occurrences == [("a.py", ""), ("b.py", "")]
    assert [each.msgid for each in update_catalogue(updated, found)] == ["%(n)s a", "Yes"]


@pytest.mark.parametrize(
    ("catalogue", "faults"),
    [
        (entry("Yes", "Ja"), []),
        (entry("Yes", ""), ["no Dutch: Yes"]),
        (entry("%(n)s a", "%(m)s a"), ["other fields: %(n)s a"]),
        (entry("{n} a", "a"), ["other fields: {n} a"]),
        (
            entry("%(n)s a", "", msgid_plural="%(n)s b", msgstr_plural={0: "%(n)s", 1: ""}),
            ["no Dutch: %(n)s b"],
        ),
    ],
)
def test_faults_are_named(catalogue: polib.POFile, faults: list[str]) -> None:
    assert find_faults(catalogue) == faults


def test_the_command_updates_compiles_and_names_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = tmp_path / "django.po"
    monkeypatch.setattr(translations, "PACKAGE", tmp_path)
    monkeypatch.setattr(translations, "CATALOGUE", catalogue)
    write(tmp_path, "a.py", '_("Yes")')
    assert translations.main() == 1
    assert capsys.readouterr().err == "no Dutch: Yes\n"
    text = catalogue.read_text("utf-8")
    catalogue.write_text(text.replace('msgid "Yes"\nmsgstr ""', 'msgid "Yes"\nmsgstr "Ja"'))
    assert translations.main() == 0
    compiled = polib.mofile(str(catalogue.with_suffix(".mo")))
    assert [(each.msgid, each.msgstr) for each in compiled] == [("Yes", "Ja")]
