import pytest
from django.core.exceptions import ImproperlyConfigured

from spreekruimte.config.bluesky import choose_bluesky


def test_without_a_choice_the_public_network_is_asked() -> None:
    chosen = choose_bluesky({})
    assert (chosen.directory, chosen.view) == (
        "https://plc.directory",
        "https://public.api.bsky.app",
    )


def test_a_network_of_ones_own_is_asked_where_it_is_named() -> None:
    chosen = choose_bluesky(
        {
            "SPREEKRUIMTE_BLUESKY_DIRECTORY": "http://127.0.0.1:2582/",
            "SPREEKRUIMTE_BLUESKY_VIEW": " https://view.example ",
        }
    )
    assert (chosen.directory, chosen.view) == ("http://127.0.0.1:2582", "https://view.example")


@pytest.mark.parametrize("chosen", ["view.example", "ftp://view.example", "https://view.example/x"])
def test_what_is_no_origin_is_refused(chosen: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SPREEKRUIMTE_BLUESKY_VIEW"):
        choose_bluesky({"SPREEKRUIMTE_BLUESKY_VIEW": chosen})
