import pytest

from spreekruimte.guidelines.draft_check import judged


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let figures of one test not be those of another, whose rows have the same numbers."""
    monkeypatch.setattr(judged, "_KEPT", {})
    judged._lay_out.cache_clear()
