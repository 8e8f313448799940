"""What stands in a cell, in the ways in which Dutch and English exports write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from types import MappingProxyType

from spreekruimte.ophef.models import Direction, Kind, OutletKind
from spreekruimte.ophef.reasons import SignalError

# Text of a file, or what a workbook holds.
Cell = object
# When a day is told and no hour: a time that no other day is far from.
NOON = time(12)
# Between these, no conversion of time zones leaves the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2200

_DAY_FIRST = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
    r"(?:(?:,? +|T)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?(?: uur)?"
)
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?: +|T)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
    r" ?(Z|[+-]\d{2}:?\d{2})?"
)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: uur)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+")
_WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
_DECIMAL = re.compile(r"(\d+(?:\.\d{3})*)(?:,(\d+))?|(\d+(?:,\d{3})*)\.(\d+)")

_YES_OR_NO = {
    **dict.fromkeys(("ja", "j", "yes", "y", "true", "waar", "1", "x"), True),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), False),
}
_UNKNOWN = frozenset({"", "?", "-", "onbekend", "unknown", "n/a", "nvt", "n.v.t."})
_DIRECTIONS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("tegen", "negatief", "against", "negative", "-1"), Direction.AGAINST),
        **dict.fromkeys(("neutraal", "neutral", "0"), Direction.NEUTRAL),
        **dict.fromkeys(
            ("voor", "positief", "verdediging", "defence", "in defence", "positive", "1", "+1"),
            Direction.DEFENCE,
        ),
    }
)
_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **{kind.value: kind for kind in Kind},
        **dict.fromkeys(("media item", "mediabericht", "artikel", "article", "krant"), Kind.MEDIA),
        **dict.fromkeys(
            ("phone call", "phone", "telefoon", "telefoontje", "gesprek", "oproep"), Kind.CALL
        ),
        **dict.fromkeys(("e-mail", "mail"), Kind.EMAIL),
        **dict.fromkeys(("brief", "post"), Kind.LETTER),
        **dict.fromkeys(
            ("social mention", "vermelding", "social", "tweet", "bericht"), Kind.MENTION
        ),
        **dict.fromkeys(("vraag", "kamervraag", "raadsvraag"), Kind.QUESTION),
        **dict.fromkeys(("uitspraak", "verklaring"), Kind.STATEMENT),
        **dict.fromkeys(("klacht", "formal complaint"), Kind.COMPLAINT),
        **dict.fromkeys(("bedreiging", "dreiging"), Kind.THREAT),
        **dict.fromkeys(("uren", "staff hours", "werkuren"), Kind.HOURS),
    }
)
_OUTLET_KINDS: Mapping[str, OutletKind] = MappingProxyType(
    {
        **{kind.value: kind for kind in OutletKind},
        **dict.fromkeys(("krant", "dagblad", "print"), OutletKind.NEWSPAPER),
        **dict.fromkeys(
            ("omroep", "radio", "televisie", "tv", "television"), OutletKind.BROADCASTER
        ),
        **dict.fromkeys(("nieuwssite", "online", "internet", "web"), OutletKind.SITE),
        **dict.fromkeys(("tijdschrift", "weekblad"), OutletKind.MAGAZINE),
    }
)


def read_text(cell: Cell) -> str:
    """Give the text of a cell, its words one space apart; a whole number without a point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())


def read_moment(day: Cell, clock: Cell, *, zone: tzinfo) -> datetime:
    """Read when something happened, as a time in UTC.

    Parameters
    ----------
    day
        A day, with or without the time of day.
    clock
        The time of day, where it stands in a cell of its own; a day without any is at noon.
    zone
        Where the clock hangs. Of an hour that comes twice, the first is meant.

    Raises
    ------
    SignalError
        If there is no time, it cannot be read, or the clock was put forward over it.
    """
    moment = _read_day(day)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise SignalError("not_a_time", "at")
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, _read_clock(clock))
    local = moment.replace(tzinfo=zone)
    there = local.astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None) != moment:
        raise SignalError("no_such_time", "at")
    return there


def read_kind(cell: Cell) -> Kind:
    """Read the kind of a signal."""
    text = read_text(cell).casefold()
    if not text:
        raise SignalError("no_kind", "kind")
    if text not in _KINDS:
        raise SignalError("not_a_kind", "kind")
    return _KINDS[text]


def read_outlet_kind(cell: Cell) -> str:
    """Read the kind of a medium; a word that is not known is another kind."""
    text = read_text(cell).casefold()
    return "" if text in _UNKNOWN else _OUTLET_KINDS.get(text, OutletKind.OTHER).value


def read_whole(cell: Cell) -> int | None:
    """Read a whole number, with or without marks between the thousands; None where there is none.

    ``1.234`` and ``1,234`` are both read as one thousand and more: reach has no decimals.
    """
    text = read_text(cell)
    if text.casefold() in _UNKNOWN:
        return None
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    found = _WHOLE.fullmatch(text)
    if found is None or len(found[1]) > 12:
        raise SignalError("not_a_number", "reach")
    return int(found[1])


def read_hours(cell: Cell) -> Decimal | None:
    """Read a number of hours, with a decimal comma or point; None where there is none."""
    text = read_text(cell)
    if not text:
        return None
    found = _DECIMAL.fullmatch(text)
    if found is None or len(text) > 12:
        raise SignalError("not_hours", "amount")
    whole, part = found[1] or found[3], found[2] or found[4]
    if found[1] and not part and "." in whole and not re.fullmatch(r"\d{1,3}(\.\d{3})+", whole):
        raise SignalError("not_hours", "amount")
    number = Decimal(f"{re.sub(r'[.,]', '', whole)}.{part or 0}")
    return number.quantize(Decimal("0.01"))


def read_direction(cell: Cell) -> int | None:
    """Read on which side a signal is; None where nobody knows."""
    text = read_text(cell).casefold()
    if text in _UNKNOWN:
        return None
    if text not in _DIRECTIONS:
        raise SignalError("not_a_direction", "direction")
    return int(_DIRECTIONS[text])


def read_yes_or_no(cell: Cell, field: str) -> bool | None:
    """Read yes or no; None where nobody knows."""
    text = read_text(cell).casefold()
    if text in _UNKNOWN:
        return None
    if text not in _YES_OR_NO:
        raise SignalError("not_yes_or_no", field)
    return _YES_OR_NO[text]


def _read_day(cell: Cell) -> datetime | date:
    if isinstance(cell, datetime | date):
        return cell
    text = read_text(cell)
    if not text:
        raise SignalError("no_time", "at")
    if found := _YEAR_FIRST.fullmatch(text):
        return _put_together(found[1], found[2], found[3], found[4], found[5], found[6], found[7])
    if found := _DAY_FIRST.fullmatch(text):
        return _put_together(found[3], found[2], found[1], found[4], found[5], found[6])
    raise SignalError("not_a_time", "at")


def _put_together(
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    offset: str | None = None,
) -> datetime | date:
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        moment = datetime(  # noqa: DTZ001 - the zone is added below, or by who asked
            *(int(year), int(month), int(day), int(hour), int(minute or 0), int(second or 0))
        )
        if offset is None:
            return moment
        return datetime.fromisoformat(moment.isoformat() + offset.replace("Z", "+00:00"))
    except ValueError:
        raise SignalError("not_a_time", "at") from None


def _read_clock(cell: Cell) -> time:
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    text = read_text(cell)
    if not text:
        return NOON
    found = _CLOCK.fullmatch(text)
    try:
        if found is not None:
            return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        pass
    raise SignalError("not_a_time", "clock")
