"""Which column of an export is what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType
from typing import Literal, get_args

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.ophef.importing import cells
from spreekruimte.ophef.importing.cells import Cell, read_text
from spreekruimte.ophef.models import Kind
from spreekruimte.ophef.reasons import SignalError
from spreekruimte.ophef.reported import Reported

Field = Literal[
    "at", "clock", "kind", "outlet", "outlet_kind", "platform", "author", "reach", "direction",
    "outside", "employers", "amount", "address", "identifier",
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)
LABELS: Mapping[Field, Promise] = MappingProxyType(
    {
        "at": _("Day, or day and time"),
        "clock": _("Time, where it has a column of its own"),
        "kind": _("Kind of signal"),
        "outlet": _("Medium"),
        "outlet_kind": _("Kind of medium"),
        "platform": _("Platform"),
        "author": _("Who called or wrote"),
        "reach": _("Reach"),
        "direction": _("Direction"),
        "outside": _("From outside the jurisdiction"),
        "employers": _("Made by the employer itself"),
        "amount": _("Hours"),
        "address": _("Address on the web"),
        "identifier": _("Number that the other system gave it"),
    }
)
# How columns are called in exports; the first that is there is taken.
_KNOWN: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        "at": ("at", "datum", "date", "datum/tijd", "datumtijd", "tijdstip", "timestamp",
               "datetime", "publicatiedatum", "published", "begintijd"),
        "clock": ("clock", "tijd", "time", "uur"),
        "kind": ("kind", "soort", "type", "kanaal"),
        "outlet": ("outlet", "medium", "bron", "source", "titel bron", "publication", "krant"),
        "outlet_kind": ("outlet_kind", "mediatype", "soort medium", "media type", "bronsoort"),
        "platform": ("platform", "netwerk", "network"),
        "author": ("author", "auteur", "beller", "caller", "afzender", "sender", "van",
                   "telefoonnummer", "nummer beller", "handle", "account"),
        "reach": ("reach", "bereik", "oplage", "circulation", "volgers", "followers"),
        "direction": ("direction", "richting", "sentiment", "toon", "tone"),
        "outside": ("outside", "van buiten", "buiten"),
        "employers": ("employers", "eigen", "own"),
        "amount": ("amount", "uren", "hours", "aantal uren"),
        "address": ("address", "url", "link", "adres", "webadres"),
        "identifier": ("identifier", "id", "nummer", "kenmerk", "uuid", "gesprek-id", "call id"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column is what.

    Attributes
    ----------
    columns
        The name of the column of each field that there is one of.
    kind
        What a line is that does not say so.
    """

    columns: Mapping[Field, str]
    kind: Kind | None = None

    def __post_init__(self) -> None:
        """Demand what every signal has."""
        if "at" not in self.columns:
            raise ValidationError(_("Say which column has the day or time."))
        if "kind" not in self.columns and self.kind is None:
            raise ValidationError(
                _("Say which kind of signal the lines are, or which column does.")
            )

    @classmethod
    def of(cls, stored: object) -> ColumnMapping:
        """Read what `to_json` gave.

        Raises
        ------
        ValidationError
            If it is no mapping, or one that leaves out what every signal has.
        """
        if not isinstance(stored, Mapping) or not isinstance(stored.get("columns"), Mapping):
            raise ValidationError(_("This does not say which column is what."))
        columns = {str(field): str(name) for field, name in stored["columns"].items()}
        for field in columns:
            if field not in FIELDS:
                raise ValidationError(_("There is no field %(field)s.") % {"field": field})
        kind = stored.get("kind") or None
        if kind is not None and kind not in Kind.values:
            raise ValidationError(_("This is not a known kind of signal."))
        chosen = {field: columns[field] for field in FIELDS if field in columns}
        return cls(chosen, None if kind is None else Kind(kind))

    def to_json(self) -> dict[str, object]:
        """Give it as it is stored."""
        return {"columns": dict(self.columns), "kind": self.kind.value if self.kind else ""}


def guess_columns(header: Sequence[str]) -> dict[Field, str]:
    """Guess which column is what from its name."""
    by_name = {name.casefold(): name for name in reversed(header) if name}
    found: dict[Field, str] = {}
    for field in FIELDS:
        for name in _KNOWN[field]:
            if name in by_name and by_name[name] not in found.values():
                found[field] = by_name[name]
                break
    return found


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads lines of a file with a header by a mapping.

    Attributes
    ----------
    places
        In which cell each field stands, counted from 0.
    """

    mapping: ColumnMapping
    places: Mapping[Field, int]
    width: int
    zone: tzinfo

    @classmethod
    def of(cls, mapping: ColumnMapping, header: Sequence[str], zone: tzinfo) -> LineReader:
        """Find the columns of a mapping in a header.

        Raises
        ------
        ValidationError
            If a column is not there.
        """
        for name in mapping.columns.values():
            if name not in header:
                raise ValidationError(_("There is no column %(name)s.") % {"name": name})
        places = {field: header.index(name) for field, name in mapping.columns.items()}
        return cls(mapping, places, len(header), zone)

    def read(self, line: Sequence[Cell]) -> Reported:
        """Read a line as a signal.

        Raises
        ------
        SignalError
            With the first thing that cannot be read.
        """
        if any(read_text(cell) for cell in line[self.width :]):
            raise SignalError("cells")
        given = {field: line[place] for field, place in self.places.items() if place < len(line)}
        default = self.mapping.kind
        has_kind = default is None or read_text(given.get("kind"))
        return Reported(
            kind=cells.read_kind(given.get("kind")) if has_kind else default or Kind.CALL,
            at=cells.read_moment(given.get("at"), given.get("clock"), zone=self.zone),
            outlet=read_text(given.get("outlet")),
            outlet_kind=cells.read_outlet_kind(given.get("outlet_kind")),
            platform=read_text(given.get("platform")).casefold(),
            author=read_text(given.get("author")),
            reach=cells.read_whole(given.get("reach")),
            direction=cells.read_direction(given.get("direction")),
            is_outside=cells.read_yes_or_no(given.get("outside"), "outside"),
            is_employers=bool(cells.read_yes_or_no(given.get("employers"), "employers")),
            amount=cells.read_hours(given.get("amount")),
            address=read_text(given.get("address")),
        )

    def identify(self, line: Sequence[Cell]) -> tuple[str, bool]:
        """Give what tells a line from others, and whether that alone is enough.

        It is the number of the other system where there is one, and otherwise all of the line that
        is read: two calls in one minute can be the same in that.
        """
        texts = {
            field: read_text(line[place])
            for field, place in self.places.items()
            if place < len(line)
        }
        if identifier := texts.get("identifier"):
            return f"identifier\n{identifier}", True
        return "\n".join(f"{field}\t{texts[field]}" for field in sorted(texts)), False

    def name_column(self, field: str) -> str:
        """Give the column that a field stands in; empty where there is none."""
        return next((name for each, name in self.mapping.columns.items() if each == field), "")
