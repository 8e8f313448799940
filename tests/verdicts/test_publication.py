from pathlib import Path

import pytest
from tests.verdicts.judgements import make_matrix

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.replay import write_replay
from spreekruimte.verdicts.publication import CaseIdentity, Publication, says_simulated


@pytest.mark.parametrize(
    "publication", [Publication(), Publication("en", simulated=True, polis=True)]
)
def test_choices_come_back_from_a_replay_file(publication: Publication) -> None:
    assert Publication.from_settings(publication.to_settings()) == publication


@pytest.mark.parametrize("settings", [{}, {"language": "fr"}, {"language": 1}])
def test_a_language_without_a_report_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(InputError, match="no report in the language"):
        Publication.from_settings(settings)


@pytest.mark.parametrize("simulated", [True, False])
def test_a_replay_file_says_whether_its_votes_are_made_up(tmp_path: Path, simulated: bool) -> None:
    path = tmp_path / "replay.jsonl.zst"
    settings = Publication(simulated=simulated).to_settings()
    write_replay(make_matrix(), path, method={}, settings=settings)
    assert says_simulated(path) is simulated


def test_other_sources_cannot_say_so(tmp_path: Path) -> None:
    assert says_simulated(tmp_path / "votes.csv") is False


def test_the_case_is_read_back_from_the_settings() -> None:
    case = CaseIdentity(7, 2, "open", "case-7-round-2", 40, "ab" * 32, 38)
    publication = Publication(case=case)
    assert Publication.from_settings(publication.to_settings()) == publication
    assert "case" not in Publication().to_settings()


@pytest.mark.parametrize(
    "broken", [None, 7, {}, {"case": 7}, {"case": True}, {"head_length": "40"}, {"extra": 1}]
)
def test_what_is_no_identity_of_a_case_is_refused(broken: object) -> None:
    whole = Publication(case=CaseIdentity(7, 2, "open", "log", 40, "ab" * 32, 38)).to_settings()
    case = whole["case"]
    assert isinstance(case, dict)
    if isinstance(broken, dict) and broken:
        broken = {**case, **broken} if broken != {"case": 7} else broken
    with pytest.raises(InputError):
        Publication.from_settings({**whole, "case": broken})


def test_how_often_texts_were_drawn_is_read_back_from_the_settings() -> None:
    publication = Publication(arms={"post.bare": 100, "mirror.context": 25})
    assert Publication.from_settings(publication.to_settings()) == publication
    assert "arms" not in Publication().to_settings()


@pytest.mark.parametrize(
    "arms", [None, {}, {"post.bare": 0}, {"post.bare": "1"}, {"post.bare": True}, {"treatment": 1}]
)
def test_texts_that_are_not_drawn_as_they_can_be_are_refused(arms: object) -> None:
    with pytest.raises(InputError, match="how often each text"):
        Publication.from_settings({**Publication().to_settings(), "arms": arms})
