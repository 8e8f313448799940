from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.guidelines.written import make_line

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.differences import (
    Words,
    compare_texts,
    compare_words,
    find_changes,
)

texts = st.lists(st.sampled_from(["be", "kind", "or", "silent"]), max_size=8).map(" ".join)


def test_lines_are_changed_added_and_removed() -> None:
    kept, before, gone = make_line("A"), make_line("B"), make_line("C")
    after, new = make_line("B", effect="caution"), make_line("D")
    changes = find_changes([kept, before, gone], [kept, after, new])
    assert [(each.change, each.name, each.before, each.after) for each in changes] == [
        ("changed", "B", before, after),
        ("added", "D", None, new),
        ("removed", "C", gone, None),
    ]


def test_the_same_lines_do_not_differ() -> None:
    assert find_changes([make_line("A")], [make_line("A")]) == []


@given(texts, texts)
def test_what_stayed_and_what_was_removed_is_the_first_text(before: str, after: str) -> None:
    words = compare_words(before, after)
    assert " ".join(each.text for each in words if each.kind != "added") == before
    assert " ".join(each.text for each in words if each.kind != "removed") == after


def test_words_are_told_apart() -> None:
    assert compare_words("be very kind", "be kind always") == [
        Words("same", "be"),
        Words("removed", "very"),
        Words("same", "kind"),
        Words("added", "always"),
    ]


def test_a_new_line_is_added_as_a_whole_and_an_old_one_removed() -> None:
    line = make_line("A", text=Bilingual("Wees lief.", "Be kind."))
    (added,) = find_changes([], [line])
    assert compare_texts(added, "nl") == [Words("added", "Wees lief.")]
    (removed,) = find_changes([line], [])
    assert compare_texts(removed, "en") == [Words("removed", "Be kind.")]
