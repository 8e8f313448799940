import pytest
from django.core.exceptions import ImproperlyConfigured

from spreekruimte.config.trusted_servers import choose_trusted_servers


@pytest.mark.parametrize(
    ("chosen", "servers"),
    [
        (None, set()),
        (" , ", set()),
        ("social.example", {"social.example:443"}),
        ("A.example:8001, 127.0.0.1:80", {"a.example:8001", "127.0.0.1:80"}),
    ],
)
def test_the_servers_are_those_that_the_environment_names(
    chosen: str | None, servers: set[str]
) -> None:
    environment = {} if chosen is None else {"SPREEKRUIMTE_TRUSTED_SERVERS": chosen}
    assert choose_trusted_servers(environment) == servers


@pytest.mark.parametrize(
    "chosen", ["https://a.example", "a.example/x", "a:b", "u@a.example", ":80"]
)
def test_what_is_no_server_is_refused(chosen: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="must hold host"):
        choose_trusted_servers({"SPREEKRUIMTE_TRUSTED_SERVERS": chosen})
