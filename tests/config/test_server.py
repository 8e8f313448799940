import pytest

from spreekruimte.config import server


@pytest.mark.parametrize(
    ("address", "processors", "processes"),
    [
        (None, 8, 1),
        ("postgresql:///x", None, 1),
        ("postgresql:///x", 1, 1),
        ("postgresql:///x", 2, 1),
        ("postgresql:///x", 8, 4),
    ],
)
def test_as_few_processes_write_as_can(
    monkeypatch: pytest.MonkeyPatch, address: str | None, processors: int | None, processes: int
) -> None:
    monkeypatch.delenv("SPREEKRUIMTE_DATABASE", raising=False)
    if address:
        monkeypatch.setenv("SPREEKRUIMTE_DATABASE", address)
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert server.count_processes() == processes
