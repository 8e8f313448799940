"""Read the signals of an incident from the database straight into arrays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Case, FloatField, Func, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone
from numpy.typing import NDArray

from spreekruimte.analysis import ophef
from spreekruimte.ophef.models import Incident, Kind, Signal, Withdrawal

KINDS: Mapping[Kind, ophef.Kind] = MappingProxyType(
    {
        Kind.MEDIA: ophef.Kind.MEDIA_ITEM,
        Kind.CALL: ophef.Kind.CALL,
        Kind.EMAIL: ophef.Kind.EMAIL,
        Kind.LETTER: ophef.Kind.LETTER,
        Kind.MENTION: ophef.Kind.MENTION,
        Kind.QUESTION: ophef.Kind.QUESTION,
        Kind.STATEMENT: ophef.Kind.STATEMENT,
        Kind.COMPLAINT: ophef.Kind.COMPLAINT,
        Kind.THREAT: ophef.Kind.THREAT,
        Kind.HOURS: ophef.Kind.STAFF_HOURS,
    }
)
ROWS_AT_ONCE = 50_000
HOUR = 3600
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a moment on the clock of the wall

_ROW = np.dtype(
    [
        ("seconds", np.int64),
        ("kind", np.int8),
        ("author", np.int64),
        ("outlet", np.int64),
        ("reach", np.float64),
        ("direction", np.int8),
        ("outside", np.int8),
        ("employers", np.int8),
        ("amount", np.float64),
    ]
)


class Seconds(Func):
    """Whole seconds since 1970 in UTC, as the database counts them."""

    output_field: ClassVar[Any] = BigIntegerField()

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **context: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Write it for SQLite."""
        # Written out once for the template and once for the values of the question.
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **context: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Write it for PostgreSQL."""
        template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"
        return self.as_sql(compiler, connection, template=template, **context)


def read_signals(incident: Incident) -> ophef.Signals:
    """Read the signals of an incident that count, on the clock of the wall.

    A time is in whole seconds since 1970 by the clock in the Netherlands; of an hour that comes
    twice, both lie in one. Authors and outlets become codes that say nothing.
    """
    withdrawn = Withdrawal.objects.filter(signal__incident=incident).values("signal")
    kinds = Case(*(When(kind=kind, then=Value(int(code))) for kind, code in KINDS.items()))
    found = (
        Signal.objects.filter(incident=incident)
        .exclude(pk__in=withdrawn)
        .order_by()
        .values_list(
            Seconds("at"),
            kinds,
            Coalesce("author", Value(ophef.UNKNOWN)),
            Coalesce("outlet_id", Value(ophef.UNKNOWN)),
            Coalesce(Cast("reach", FloatField()), Value(-1.0)),
            Coalesce("direction", Value(int(ophef.Direction.UNKNOWN))),
            Case(
                When(is_outside=True, then=Value(1)),
                When(is_outside=False, then=Value(0)),
                default=Value(ophef.UNKNOWN),
            ),
            Case(When(is_employers=True, then=Value(1)), default=Value(0)),
            Coalesce(Cast("amount", FloatField()), Value(1.0)),
        )
    )
    rows = np.fromiter(found.iterator(ROWS_AT_ONCE), dtype=_ROW)
    return ophef.make_signals(
        follow_wall(rows["seconds"]),
        rows["kind"],
        authors=_number(rows["author"]),
        outlets=_number(rows["outlet"]),
        reach=np.where(rows["reach"] < 0.0, np.nan, rows["reach"]),
        direction=rows["direction"],
        outside=rows["outside"],
        employers=rows["employers"],
        amounts=rows["amount"],
    )


def follow_wall(seconds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Turn seconds since 1970 in UTC into those of the clock on the wall in the Netherlands."""
    # No clock is put over but at a whole hour.
    hours, places = np.unique(seconds // HOUR, return_inverse=True)
    zone = ZoneInfo(timezone.get_default_timezone_name())
    shifts = [_shift(datetime.fromtimestamp(hour * HOUR, zone)) for hour in hours.tolist()]
    return np.asarray(seconds + np.array(shifts, dtype=np.int64)[places], dtype=np.float64)


def wall_of(moment: datetime) -> float:
    """Give a moment in seconds since 1970 by the clock on the wall."""
    return float(follow_wall(np.array([int(moment.timestamp())]))[0])


def read_wall(seconds: float) -> datetime:
    """Give the time on the wall, without a zone, from its seconds."""
    return EPOCH + timedelta(seconds=seconds)


def _shift(moment: datetime) -> int:
    return int((moment.replace(tzinfo=UTC) - moment.astimezone(UTC)).total_seconds())


def _number(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give codes from 0 for what is known: equal values have one."""
    known = values != ophef.UNKNOWN
    codes = np.full(len(values), ophef.UNKNOWN, dtype=np.int64)
    codes[known] = np.unique(values[known], return_inverse=True)[1]
    return codes
