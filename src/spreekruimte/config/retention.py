"""How long what leads to people is kept.

``SPREEKRUIMTE_RETENTION_MONTHS``
    For so many months after the last round of a case, what leads from its ballots to people is
    kept. Without it: 12.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

MONTHS = "SPREEKRUIMTE_RETENTION_MONTHS"
DEFAULT, MOST = 12, 120


def choose_retention(environment: Mapping[str, str]) -> int:
    """Read how many months.

    Raises
    ------
    ImproperlyConfigured
        If it is not a whole number from 1 to 120.
    """
    chosen = environment.get(MONTHS, "").strip() or str(DEFAULT)
    if not (chosen.isdecimal() and 1 <= int(chosen) <= MOST):
        raise ImproperlyConfigured(f"{MONTHS} must be a whole number from 1 to {MOST}")
    return int(chosen)
