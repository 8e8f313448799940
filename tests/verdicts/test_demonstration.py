from importlib.resources import files
from pathlib import Path

import pytest
from tools.demonstration import PUSHED, TARGET, make_votes, read_posts

from spreekruimte.analysis.votes.replay import digest_input, read_replay
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.publication import Publication, says_simulated
from tools import demonstration

BUNDLED = Path(str(files("spreekruimte.verdicts"))) / "demonstration" / "replay.jsonl.zst"


def test_the_bundled_conversation_is_the_one_that_the_script_makes() -> None:
    assert BUNDLED == TARGET
    assert read_replay(BUNDLED).input_digest == digest_input(make_votes())


def test_the_script_writes_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    for name in ("one", "other"):
        monkeypatch.setattr(demonstration, "TARGET", tmp_path / name)
        demonstration.main()
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert read_replay(tmp_path / "one").settings == read_replay(BUNDLED).settings


def test_the_bundled_conversation_says_that_it_is_simulated() -> None:
    assert says_simulated(BUNDLED)
    assert Publication.from_settings(read_replay(BUNDLED).settings).simulated


def test_shares_are_shares_and_posts_differ() -> None:
    texts, shares = read_posts()
    assert len(set(texts)) == len(texts) == shares.shape[1]
    assert ((shares > 0) & (shares < 1)).all()


def test_the_bundled_conversation_shows_what_a_verdict_can_hold() -> None:
    judgement = judge_votes(read_replay(BUNDLED).matrix)
    assert judgement.groups.count == 3
    assert {result.outcome for result in judgement.results} >= {
        "admissible",
        "inadmissible",
        "divided",
    }
    pushed = [result.statement.id for result in judgement.results if "pushed" in result.flags]
    assert pushed == [str(PUSHED + 1)]
