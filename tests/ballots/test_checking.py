from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ballots.logs import ROUND, Log, logs, salt_of

from spreekruimte.ballots.chain import (
    BallotEntry,
    Entry,
    ErasureEntry,
    Head,
    add_ballot,
    write_log,
)
from spreekruimte.ballots.checking import Fault, find_fault, is_opening
from spreekruimte.ballots.encoding import canonical


def fault_in(log: Log, lines: list[str]) -> Fault | None:
    return find_fault(lines, round_id=ROUND, head=log.head)


@given(logs())
def test_a_log_of_ballots_and_erasures_is_sound(log: Log) -> None:
    assert fault_in(log, log.lines) is None
    assert fault_in(log, [line.rstrip("\n") for line in log.lines]) is None


@given(logs(least=1), st.data())
def test_erasing_contents_leaves_every_line_as_it_was(log: Log, data: st.DataObject) -> None:
    before, head = log.lines, log.head
    kept = list(log.openings)
    for position in data.draw(st.lists(st.sampled_from(kept), unique=True)) if kept else ():
        log.erase(position)
    assert log.lines[: len(before)] == before
    assert find_fault(log.lines, round_id=ROUND, head=log.head, earlier=[head]) is None


@given(logs(), st.data())
def test_any_change_of_a_line_is_found_there_or_just_after(log: Log, data: st.DataObject) -> None:
    lines = log.lines
    number = data.draw(st.integers(0, len(lines) - 1))
    text = lines[number].rstrip("\n")
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(
        st.sampled_from('0123456789abcdef"{}:, \n\ré').filter(lambda c: c != text[place])
    )
    lines[number] = text[:place] + other + text[place + 1 :] + "\n"
    fault = fault_in(log, lines)
    assert fault is not None
    assert fault.position in {number, number + 1}


@given(logs(least=1), st.data())
def test_any_changed_field_is_found(log: Log, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(log.entries) - 1))
    entry = log.entries[place]
    digests = st.sampled_from(["0" * 64, "f" * 64, entry.previous])
    if isinstance(entry, ErasureEntry):
        changed: Entry = replace(entry, concerns=data.draw(st.integers(1, 20)))
    else:
        changed = replace(
            entry,
            previous=data.draw(digests),
            commitment=data.draw(digests | st.just(entry.commitment)),
            receipt=data.draw(digests | st.just(entry.receipt)),
        )
    entries = [*log.entries[:place], changed, *log.entries[place + 1 :]]
    fault = fault_in(log, list(write_log(ROUND, entries)))
    assert (fault is None) == (changed == entry)


@given(logs(least=2), st.data())
def test_any_change_of_order_is_found(log: Log, data: st.DataObject) -> None:
    lines = data.draw(st.permutations(log.lines))
    assert (fault_in(log, lines) is None) == (lines == log.lines)


@given(logs(), st.data())
def test_any_removal_is_found_where_it_was(log: Log, data: st.DataObject) -> None:
    lines = log.lines
    start = data.draw(st.integers(0, len(lines) - 1))
    end = data.draw(st.integers(start + 1, len(lines)))
    fault = fault_in(log, lines[:start] + lines[end:])
    assert fault is not None
    assert fault.position == start


@given(logs(), logs(least=1), st.data())
def test_any_insertion_is_found_where_it_is(log: Log, other: Log, data: st.DataObject) -> None:
    lines = log.lines
    place = data.draw(st.integers(0, len(lines)))
    new = data.draw(st.sampled_from([*lines, *other.lines]))
    fault = fault_in(log, [*lines[:place], new, *lines[place:]])
    assert fault is not None
    # A line that equals its neighbour is one too many, wherever it is said to stand.
    assert place <= fault.position <= place + 1


@given(logs(least=1), st.data())
def test_a_log_that_was_made_anew_from_some_entry_on_is_found(
    log: Log, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(log.entries) - 1))
    seen = Head.after(log.entries[place])
    head = Head.after(log.entries[place - 1]) if place else Head.of_round(ROUND)
    entries = log.entries[:place]
    while len(entries) < len(log.entries):
        entries.append(add_ballot(head, salt=salt_of(99), content=b"{}"))
        head = Head.after(entries[-1])
    lines = list(write_log(ROUND, entries))
    assert find_fault(lines, round_id=ROUND, head=head) is None
    assert fault_in(log, lines) == Fault(len(log.entries), "head")
    fault = find_fault(lines, round_id=ROUND, head=head, earlier=[seen])
    assert fault == Fault(place + 1, "head")


@given(logs(), st.data())
def test_a_log_that_only_grew_agrees_with_all_that_was_seen(log: Log, data: st.DataObject) -> None:
    heads = [Head.of_round(ROUND), *map(Head.after, log.entries)]
    earlier = data.draw(st.lists(st.sampled_from(heads)))
    assert find_fault(log.lines, round_id=ROUND, head=log.head, earlier=earlier) is None


def three() -> Log:
    log = Log()
    for judgement in ("admissible", "not admissible", "don't know"):
        log.ballot(judgement)
    return log


def test_a_log_that_was_longer_before_is_too_short() -> None:
    log = three()
    head = Head.after(log.entries[1])
    fault = find_fault(log.lines[:3], round_id=ROUND, head=head, earlier=[log.head])
    assert fault == Fault(3, "shorter")
    assert str(fault) == "Entry 3 is missing: the log ends too soon."


def test_two_published_heads_of_one_length_cannot_both_be_right() -> None:
    log = three()
    other = replace(Head.after(log.entries[1]), digest="0" * 64)
    fault = find_fault(
        log.lines, round_id=ROUND, head=log.head, earlier=[Head.after(log.entries[1]), other]
    )
    assert fault == Fault(2, "head")


def test_nothing_is_not_a_log() -> None:
    assert find_fault([], round_id=ROUND, head=Head.of_round(ROUND)) == Fault(0, "shorter")


def test_the_log_of_another_round_is_told_apart() -> None:
    log = three()
    fault = find_fault(log.lines, round_id="other", head=log.head)
    assert fault == Fault(0, "round")
    assert str(fault) == "The first line is not the first line of the log of this round."


def test_what_is_wrong_with_one_line_is_told() -> None:
    log = three()
    lines = log.lines
    unreadable = [*lines[:2], "no entry\n", *lines[3:]]
    assert fault_in(log, unreadable) == Fault(2, "unreadable")
    assert fault_in(log, [lines[0], *lines[2:]]) == Fault(1, "position")
    unlinked = replace(log.entries[1], previous="0" * 64).line
    assert fault_in(log, [*lines[:2], unlinked, lines[3]]) == Fault(2, "previous")
    assert fault_in(log, [*lines, lines[3]]) == Fault(4, "longer")


def erasing(log: Log, concerns: int) -> Fault | None:
    """What is found when the next entry of a log says that it erases this one."""
    entry = ErasureEntry(log.head.length + 1, log.head.digest, concerns)
    lines = [*log.lines, entry.line]
    return find_fault(lines, round_id=ROUND, head=Head.after(entry))


@pytest.mark.parametrize(
    ("concerns", "wrong"),
    [(1, None), (2, "erased-twice"), (4, "no-ballot"), (5, "no-ballot"), (6, "no-ballot")],
)
def test_only_an_earlier_ballot_can_be_erased_and_only_once(
    concerns: int, wrong: str | None
) -> None:
    log = three()
    log.erase(2)
    fault = erasing(log, concerns)
    assert (fault.wrong if fault else None) == wrong


def test_lines_after_the_first_fault_are_not_read() -> None:
    log = three()

    def lines() -> Iterator[str]:
        yield from log.lines[:2]
        yield "no entry"
        pytest.fail("a line after the first fault was read")

    assert find_fault(lines(), round_id=ROUND, head=log.head) == Fault(2, "unreadable")


def test_lines_after_the_published_end_are_not_read() -> None:
    log = three()

    def lines() -> Iterator[str]:
        while True:
            yield from log.lines

    assert find_fault(lines(), round_id=ROUND, head=log.head) == Fault(4, "longer")


def test_each_kind_of_fault_has_its_sentence() -> None:
    sentences = {
        str(Fault(1, wrong))
        for wrong in (
            "round",
            "unreadable",
            "position",
            "previous",
            "no-ballot",
            "erased-twice",
            "head",
            "longer",
            "shorter",
        )
    }
    assert len(sentences) == 9


@given(logs(least=1))
def test_an_entry_is_opened_by_its_own_salt_and_content_only(log: Log) -> None:
    for position, (salt, content) in log.openings.items():
        entry = log.entries[position - 1]
        assert isinstance(entry, BallotEntry)
        assert is_opening(entry, salt=salt, content=content)
        assert not is_opening(entry, salt=salt_of(99), content=content)
        assert not is_opening(entry, salt=salt, content=content + b" ")
        assert not is_opening(entry, salt=salt, content=canonical({}))
    for one, other in pairwise(log.openings):
        entry = log.entries[one - 1]
        assert isinstance(entry, BallotEntry)
        salt, content = log.openings[other]
        assert not is_opening(entry, salt=salt, content=content)


def test_an_entry_with_the_mark_of_another_receipt_is_not_opened() -> None:
    log = three()
    first, second = log.entries[:2]
    assert isinstance(first, BallotEntry)
    assert isinstance(second, BallotEntry)
    salt, content = log.openings[1]
    swapped = replace(first, receipt=second.receipt)
    assert not is_opening(swapped, salt=salt, content=content)
