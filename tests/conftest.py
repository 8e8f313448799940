import os
from pathlib import Path

import django
import pytest
from hypothesis import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spreekruimte.config.settings")
django.setup()

# The machines that run the tests are shared: how long one example takes says nothing.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real votes, which stands beside the checkout and is not part of it."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder with real votes (../shared/data) is not here")
    return SHARED_DATA
