"""Reports in Debian's Chromium."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.site import is_read_on, site, visitor
from tests.verdicts.conftest import at_soon, storage
from tests.verdicts.judgements import make_judgement, make_matrix

from spreekruimte.verdicts.publication import Publication
from spreekruimte.verdicts.report import render_report

# Pytest takes from here what it finds by name.
__all__ = [
    "at_soon",
    "chromium",
    "report",
    "site",
    "storage",
    "visitor",
]

SENTENCE = (
    "Een ambtenaar schrijft op haar eigen account dat de regels over subsidies voor het "
    "verduurzamen van monumenten onuitvoerbaar zijn. Dat mag. ({})"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let each database be visited by its own readers."""
    every = config.getoption("--every-reader")
    items[:] = [item for item in items if _is_visited(item, every=every)]


def _is_visited(item: pytest.Item, *, every: bool) -> bool:
    params = item.callspec.params if hasattr(item, "callspec") else {}
    if {"database", "visitor"} <= params.keys():
        return is_read_on(params["database"], params["visitor"], every=every)
    return True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without windows, or skip."""
    path = shutil.which("chromium-headless-shell")
    if path is None:
        pytest.skip("Debian's chromium-headless-shell is not installed")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread, so Django takes each query here for one that
        # would block a loop.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(
    scope="session", params=[("nl", 5), ("en", 0)], ids=["Dutch, 5 groups", "English, no groups"]
)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything that a report can have, with groups and without."""
    language, groups = request.param
    judgement = make_judgement(make_matrix(500, 32, text=SENTENCE), groups=groups)
    content = render_report(
        judgement, input_digest="ab" * 32, publication=Publication(language, simulated=True)
    )
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(content)
    return path
