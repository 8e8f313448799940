"""The judgement and the measure rest on who saw the post with all context; reasons on everybody."""

from __future__ import annotations

import hashlib
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.votes import Statement, VoteLog, VoteMatrix, read_replay
from spreekruimte.cases.bank import FRAMINGS, SIDES
from spreekruimte.cases.shares import name_arm
from spreekruimte.verdicts.arms import ARM, JUDGEMENT, select_counted
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.files import REPLAY
from spreekruimte.verdicts.measures import MEASURE
from spreekruimte.verdicts.publication import CaseIdentity, Publication
from spreekruimte.verdicts.publish import publish
from spreekruimte.verdicts.snapshots import describe_figures, digest_figures, digest_votes
from spreekruimte.verdicts.verify import verify

NAMES = (JUDGEMENT, "reason-1", "reason-2", "reason-3")
ARMS = [name_arm(arm) for arm in product(FRAMINGS, SIDES)]
IN_FULL = "post.context"
PEOPLE = 60
CASE = CaseIdentity(3, 1, "open", "case-3-round-1", 200, "ab" * 32, 200)


def make_votes(arms: dict[str, str] | None = None) -> VoteMatrix:
    """Votes and measures of sixty people, not all on all; with what each was shown."""
    log = VoteLog()
    for person in range(PEOPLE):
        cast = {
            name: (1, 1, -1, 0)[(person * (column + 3) + person // 7 + column) % 4]
            for column, name in enumerate(NAMES)
            if (person + column) % 5
        }
        log.append(
            [f"p{person:03d}"] * len(cast), list(cast), list(cast.values()), [person] * len(cast)
        )
    measures = {
        f"p{person:03d}": str(person % 9) if person % 10 else "unknown"
        for person in range(PEOPLE)
        if person % 6
    }
    attributes = {MEASURE: measures} if arms is None else {MEASURE: measures, ARM: arms}
    return log.to_matrix(
        statements=[Statement(name, name) for name in NAMES], attributes=attributes
    )


def divided() -> VoteMatrix:
    return make_votes({f"p{each:03d}": ARMS[each % len(ARMS)] for each in range(PEOPLE)})


def votes_in(matrix: VoteMatrix) -> set[tuple[str, str, int]]:
    rows, columns = matrix.rows.tolist(), matrix.columns.tolist()
    return {
        (matrix.participant_ids[row], matrix.statements[column].id, value)
        for row, column, value in zip(rows, columns, matrix.values.tolist(), strict=True)
    }


def shown_in(matrix: VoteMatrix) -> dict[str, str | None]:
    return dict(zip(matrix.participant_ids, matrix.attributes[ARM], strict=True))


def test_votes_on_one_text_are_judged_to_the_byte_as_they_were_before_cases_had_arms(
    tmp_path: Path,
) -> None:
    """The digests are of what came out before that."""
    matrix = make_votes()
    judgement = judge_votes(matrix)
    assert judgement.matrix is judgement.given is matrix
    digest = digest_votes(matrix)
    assert digest == "53f28018f41a3379f892515c01d598b019c533df9ab3cdba44be7eb725a47e45"
    figures = describe_figures(judgement, input_digest=digest, simulated=False)
    assert digest_figures(figures) == (
        "239e32c24236ca255964b5bf1b609dd445f0e2f0dc8f1c4d23289dec9047067f"
    )
    publish(judgement, tmp_path / "out", Publication(case=CASE))
    written = hashlib.sha256()
    for name in ("case.json", REPLAY, "statements.csv", "verdict.json"):
        content = (tmp_path / "out" / name).read_bytes()
        if name == REPLAY:
            content = zstandard.ZstdDecompressor().stream_reader(content).read()
        written.update(content)
    assert written.hexdigest() == (
        "a1b33989024151e6d38bc50c923d393749bb019bf5c8f17a2101561105581563"
    )


@given(st.lists(st.sampled_from([*ARMS, "", "treatment"]), min_size=PEOPLE, max_size=PEOPLE))
def test_who_saw_another_text_counts_on_reasons_alone(arms: list[str]) -> None:
    told = {f"p{each:03d}": arm for each, arm in enumerate(arms) if arm}
    matrix = make_votes(told)
    elsewhere = {name for name, arm in told.items() if arm in ARMS and arm != IN_FULL}
    counted = select_counted(matrix)
    assert votes_in(counted) == {
        vote for vote in votes_in(matrix) if vote[0] not in elsewhere or vote[1] != JUDGEMENT
    }
    measures = dict(zip(matrix.participant_ids, matrix.attributes[MEASURE], strict=True))
    kept = zip(counted.participant_ids, counted.attributes[MEASURE], strict=True)
    assert dict(kept) == {
        name: None if name in elsewhere else measures[name] for name in counted.participant_ids
    }
    assert np.diff(counted.indptr).min(initial=1) > 0
    assert sorted(counted.arrival.tolist()) == list(range(counted.participant_count))
    # What counts of what counts is the same.
    assert votes_in(select_counted(counted)) == votes_in(counted)


def test_who_only_judged_on_another_text_is_no_participant_of_the_verdict() -> None:
    log = VoteLog()
    log.append(["a", "b"], [JUDGEMENT] * 2, [1, -1], [0, 1])
    shown = {ARM: {"a": "mirror.bare", "b": IN_FULL}}
    counted = select_counted(log.to_matrix(statements=[Statement(JUDGEMENT)], attributes=shown))
    assert (counted.participant_ids, counted.attributes[ARM]) == (("b",), (IN_FULL,))


def test_where_nobody_saw_all_context_there_is_a_verdict_on_nothing() -> None:
    log = VoteLog()
    log.append(["a"], [JUDGEMENT], [1], [0])
    shown = {ARM: {"a": "mirror.bare"}}
    judgement = judge_votes(log.to_matrix(statements=[Statement(JUDGEMENT)], attributes=shown))
    (result,) = judgement.results
    assert (result.agree, result.disagree, result.outcome) == (0, 0, "undecided")
    assert judgement.given.participant_count == 1


def test_the_judgement_counts_who_saw_all_context_and_reasons_count_everybody() -> None:
    matrix = divided()
    shown = shown_in(matrix)
    for result in judge_votes(matrix).results:
        cast = [
            value
            for name, statement, value in votes_in(matrix)
            if statement == result.statement.id
            and (statement != JUDGEMENT or shown[name] == IN_FULL)
        ]
        counts = (cast.count(1), cast.count(-1), cast.count(0))
        assert (result.agree, result.disagree, result.passed) == counts


def test_other_texts_give_votes_another_name() -> None:
    names = {digest_votes(make_votes()), digest_votes(divided())}
    names.add(digest_votes(make_votes({"p000": "mirror.bare"})))
    assert len(names) == 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(judge_votes(divided()), tmp_path / "out", Publication(case=CASE))
    return tmp_path / "out"


def test_the_replay_file_holds_all_votes_with_what_each_was_shown(folder: Path) -> None:
    matrix = read_replay(folder / REPLAY).matrix
    assert votes_in(matrix) == votes_in(divided())
    assert shown_in(matrix) == shown_in(divided())


def test_the_verdict_is_recomputed_from_the_replay_file(folder: Path) -> None:
    assert verify(folder) == []
    # Judged without what was shown, it is another one.
    publish(judge_votes(make_votes()), folder.parent / "other", Publication(case=CASE))
    (folder.parent / "other" / REPLAY).replace(folder / REPLAY)
    places = {difference.place for difference in verify(folder)}
    assert "$.results[0].agree" in places
    assert "$.measures.unknown" in places
