import pytest
from benchmarks.conversation import count_holding, count_wrong, list_truths, main


def test_each_truth_is_drawn_and_mostly_held() -> None:
    truths = list(list_truths())
    assert {truth.figure for truth in truths} == {
        "share answered",
        "answers both ways",
        "time to an answer",
        "mix of groups",
    }
    assert all(count_holding(truth, 60, 40) > 0.8 for truth in truths)


def test_more_groups_make_no_more_mistakes() -> None:
    assert count_wrong(5, 40, 500) <= count_wrong(1, 40, 500) <= 0.05


def test_the_outcome_is_printed_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmarks.conversation.DRAWS", 1)
    main()
    assert capsys.readouterr().out.splitlines()[-1].startswith(("held", "not held: "))
