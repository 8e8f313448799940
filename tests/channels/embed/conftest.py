from tests.ballots.views.conftest import at_now

# Pytest takes from here what it finds by name.
__all__ = ["at_now"]
