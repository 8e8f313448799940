import json
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ballots.logs import ROUND, Log, logs, salt_of

from spreekruimte.ballots.chain import (
    BallotEntry,
    EntryError,
    ErasureEntry,
    Head,
    add_ballot,
    add_erasure,
    commit,
    first_line,
    read_line,
    write_log,
)
from spreekruimte.ballots.encoding import canonical
from spreekruimte.ballots.receipts import mark_of, receipt_of


def digest(line: str) -> str:
    return sha256(line.rstrip("\n").encode()).hexdigest()


@given(logs())
def test_each_entry_holds_its_position_and_the_digest_of_the_line_before(log: Log) -> None:
    lines = log.lines
    for position, (before, line) in enumerate(pairwise(lines), start=1):
        assert json.loads(line)["position"] == position
        assert json.loads(line)["previous"] == digest(before)
    assert log.head == Head(length=len(lines) - 1, digest=digest(lines[-1]))


@given(logs())
def test_published_lines_are_read_back_as_the_same_entries(log: Log) -> None:
    entries = [read_line(line.rstrip("\n")) for line in log.lines[1:]]
    assert entries == log.entries
    assert list(write_log(ROUND, entries)) == log.lines


def test_the_fields_stand_in_the_documented_order() -> None:
    log = Log()
    log.ballot("admissible")
    log.erase(1)
    start, ballot, erasure = map(json.loads, log.lines)
    assert start == {"log": "spreekruimte ballots 1", "round": ROUND}
    assert list(ballot) == ["position", "previous", "kind", "commitment", "receipt"]
    assert list(erasure) == ["position", "previous", "kind", "concerns"]
    assert (ballot["kind"], erasure["kind"]) == ("ballot", "erasure")
    assert erasure["concerns"] == 1


def test_a_log_stays_as_it_is() -> None:
    log = Log()
    log.ballot("admissible")
    log.ballot("don't know")
    log.erase(1)
    assert log.head.digest == "dc04a817f6f521cdcdab7791c1fd09f0ef92cfb4b0c150a4186515009a381f35"


def test_a_commitment_is_what_the_documentation_says() -> None:
    salt = bytes(range(32))
    expected = sha256(
        b"\0\0\0\0\0\0\0\x20spreekruimte ballot commitment 1"
        b"\0\0\0\0\0\0\0\x20" + salt + b"\0\0\0\0\0\0\0\x02{}"
    )
    assert commit(salt=salt, content=canonical({})) == expected.hexdigest()


@given(*(st.tuples(st.binary(min_size=32, max_size=32), st.binary(max_size=40)) for _ in range(2)))
def test_another_salt_or_content_gives_another_commitment(
    one: tuple[bytes, bytes], other: tuple[bytes, bytes]
) -> None:
    commitments = [commit(salt=salt, content=content) for salt, content in (one, other)]
    assert (commitments[0] == commitments[1]) == (one == other)


@given(logs(least=1), st.data())
def test_a_receipt_leads_to_its_entry_by_the_published_lines_alone(
    log: Log, data: st.DataObject
) -> None:
    if not log.openings:
        return
    position = data.draw(st.sampled_from(sorted(log.openings)))
    receipt = receipt_of(log.openings[position][0])
    found = [json.loads(line)["position"] for line in log.lines if mark_of(receipt) in line]
    assert found == [position]


@given(logs())
def test_the_log_shows_no_receipt_and_no_content(log: Log) -> None:
    published = "".join(log.lines)
    for salt, content in log.openings.values():
        assert receipt_of(salt) not in published
        assert salt.hex() not in published
        assert content.decode() not in published


def test_equal_ballots_of_two_rounds_give_different_logs() -> None:
    heads = [Head.of_round(ROUND), Head.of_round("other")]
    entries = [add_ballot(head, salt=salt_of(0), content=b"{}") for head in heads]
    assert entries[0].previous != entries[1].previous
    assert Head.after(entries[0]) != Head.after(entries[1])


@pytest.mark.parametrize("round_id", ["", "a b", 'a"', "a\n", "é", "a" * 101])
def test_an_id_that_would_have_to_be_escaped_is_refused(round_id: str) -> None:
    with pytest.raises(ValueError, match="id of a round"):
        first_line(round_id)


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        add_ballot(Head.of_round(ROUND), salt=b"short", content=b"{}")


def test_an_erasure_of_what_comes_later_is_refused() -> None:
    log = Log()
    log.ballot("admissible")
    ballot = log.entries[0]
    assert isinstance(ballot, BallotEntry)
    with pytest.raises(EntryError, match="before it"):
        add_erasure(Head.of_round(ROUND), ballot=ballot)


BALLOT = BallotEntry(position=1, previous="0" * 64, commitment="a" * 64, receipt="f" * 64)
ERASURE = ErasureEntry(position=2, previous="0" * 64, concerns=1)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "[" * 100_000,
        BALLOT.line + "\n",
        BALLOT.line + "\r",
        " " + BALLOT.line,
        BALLOT.line.replace(":", ": "),
        BALLOT.line.replace("ballot", "vote"),
        BALLOT.line.replace('"ballot"', '"erasure"'),
        BALLOT.line[:-1] + ',"name":"x"}',
        json.dumps(json.loads(BALLOT.line), sort_keys=True, separators=(",", ":")),
        replace(BALLOT, position=0).line,
        replace(BALLOT, position=10**18).line,
        replace(BALLOT, position=-1).line,
        BALLOT.line.replace(":1,", ":01,"),
        BALLOT.line.replace(":1,", ":1.0,"),
        BALLOT.line.replace(":1,", ":\u0661,"),
        replace(BALLOT, previous="0" * 63).line,
        replace(BALLOT, commitment="A" * 64).line,
        replace(BALLOT, receipt="g" * 64).line,
        replace(ERASURE, concerns=0).line,
        ERASURE.line.replace(',"concerns":1', ""),
    ],
)
def test_a_line_that_is_written_in_another_way_is_refused(line: str) -> None:
    with pytest.raises(EntryError):
        read_line(line)
