import pytest
from django.core.exceptions import ImproperlyConfigured

from spreekruimte.config.retention import choose_retention


@pytest.mark.parametrize(("chosen", "months"), [(None, 12), ("", 12), ("6", 6), (" 24 ", 24)])
def test_the_months_are_those_that_the_environment_says(chosen: str | None, months: int) -> None:
    environment = {} if chosen is None else {"SPREEKRUIMTE_RETENTION_MONTHS": chosen}
    assert choose_retention(environment) == months


@pytest.mark.parametrize("chosen", ["0", "-1", "121", "a year", "1.5"])
def test_what_is_no_number_of_months_is_refused(chosen: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="from 1 to 120"):
        choose_retention({"SPREEKRUIMTE_RETENTION_MONTHS": chosen})
