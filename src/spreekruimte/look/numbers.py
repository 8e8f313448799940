"""Write numbers as the active language does."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def write_count(value: int) -> str:
    """Write a whole number with marks between thousands."""
    return number_format(value, decimal_pos=0, force_grouping=True)


def write_decimal(value: float, digits: int) -> str:
    """Write a number with a fixed number of digits after the decimal mark."""
    return number_format(round(value, digits) + 0.0, decimal_pos=digits)


def write_percent(share: float, digits: int = 0) -> str:
    """Write a share, 0 to 1, as a percentage, with at most so many digits."""
    percentage = round(100 * share, digits)
    return f"{write_decimal(percentage, 0 if percentage % 1 == 0 else digits)}%"


def write_range(low: float, high: float) -> str:
    """Write an interval of shares as whole percentages."""
    return _("%(low)s to %(high)s") % {
        "low": write_decimal(100 * low, 0),
        "high": write_percent(high),
    }


def write_share(share: float, low: float, high: float) -> str:
    """Write a share with its interval, as whole percentages."""
    return _("%(share)s (%(range)s)") % {
        "share": write_percent(share),
        "range": write_range(low, high),
    }


def write_chance(value: float) -> str:
    """Write a chance as a percentage, without calling it impossible or certain."""
    if value < 0.01:
        return _("less than %(bound)s") % {"bound": write_percent(0.01)}
    if value > 0.99:
        return _("more than %(bound)s") % {"bound": write_percent(0.99)}
    return write_percent(value)


def write_points(difference: float) -> str:
    """Write a difference of shares, -1 to 1, in whole percentage points with its sign."""
    points = round(100 * difference)
    sign = "+" if points > 0 else "\u2212" if points < 0 else ""
    return f"{sign}{write_decimal(abs(points), 0)}"
