"""Record signals, one or many, and withdraw them.

The author of a signal goes no further than this module: what is stored is a pseudonym.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from spreekruimte.ballots.encoding import encode
from spreekruimte.ballots.pseudonyms import KEY_BYTES
from spreekruimte.ophef.actions.changing import hold_open
from spreekruimte.ophef.models import (
    AccessToken,
    Import,
    Incident,
    Link,
    Outlet,
    RegisterKey,
    Signal,
    Source,
    Tally,
    Withdrawal,
)
from spreekruimte.ophef.pseudonyms import author_number, kept_key
from spreekruimte.ophef.reported import Reported, check_reported
from spreekruimte.organisations import audit
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError

# So many keys are asked for at once: a database takes no more values in one question.
KEYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of recording one signal.

    Attributes
    ----------
    is_new
        False where it was there already, and nothing was stored.
    """

    signal: Signal
    is_new: bool


def key_of(*parts: object) -> str:
    """Give the key of a signal from what tells it from others of its source.

    It is not stored as it is; see `spreekruimte.ophef.pseudonyms.kept_key`.
    """
    return sha256(encode(*(str(part).encode("utf-8") for part in parts))).hexdigest()


@transaction.atomic
def record_signal(
    *,
    incident: Incident,
    reported: Reported,
    source: Source,
    key: str,
    token: AccessToken | None = None,
    actor: Actor,
    now: datetime,
) -> Recorded:
    """Add one signal, unless one with its key is there.

    Parameters
    ----------
    key
        What makes it enter once; see `key_of`.
    token
        With what it came in, if with a token.

    Raises
    ------
    SignalError
        If it cannot be a signal of this incident.
    RefusedError
        If the incident is closed, or the key is that of another signal.
    """
    held = hold_open(incident)
    register_key = _register_key(held.organisation)
    kept = kept_key(register_key=register_key, key=key)
    known = Signal.objects.filter(
        organisation_id=held.organisation_id, source=source, key=kept
    ).first()
    if known is not None:
        if (known.incident_id, known.kind) != (held.pk, reported.kind):
            raise RefusedError(_("This key was used for another signal."))
        return Recorded(known, is_new=False)
    check_reported(reported, incident=held, now=now)
    [signal] = _store(held, [(kept, reported)], source, now, token=token)
    audit.record(
        actor=actor,
        action="record_signal",
        kind="signal",
        identifier=signal.pk,
        organisation=held.organisation,
        now=now,
        details={"incident": held.pk, "kind": signal.kind, "source": signal.source},
    )
    return Recorded(signal, is_new=True)


@transaction.atomic
def add_imported(*, imported: Import, lines: Sequence[tuple[str, Reported]], now: datetime) -> int:
    """Add the signals of some lines of an import, save those that are there; give how many.

    The import has one entry in the audit trail for all its lines, when it is done.

    Parameters
    ----------
    lines
        The key of each, and what it says; already checked.

    Raises
    ------
    RefusedError
        If the incident is closed.
    """
    held = hold_open(imported.incident)
    register_key = _register_key(held.organisation)
    kept = {kept_key(register_key=register_key, key=key): each for key, each in lines}
    known = _known_keys(held.organisation_id, list(kept))
    new = {key: each for key, each in kept.items() if key not in known}
    return len(_store(held, list(new.items()), Source.IMPORT, now, imported=imported))


@transaction.atomic
def withdraw_signal(*, signal: Signal, actor: Actor, now: datetime) -> bool:
    """Let a signal not count that was entered by mistake; tell whether it counted until now."""
    held = Incident.objects.select_for_update().get(pk=signal.incident_id)
    if Withdrawal.objects.filter(signal=signal).exists():
        return False
    _withdraw(held, [(signal.pk, signal.kind)], now)
    audit.record(
        actor=actor,
        action="withdraw_signal",
        kind="signal",
        identifier=signal.pk,
        organisation=held.organisation,
        now=now,
        details={"incident": held.pk, "kind": signal.kind},
    )
    return True


@transaction.atomic
def withdraw_import(*, imported: Import, actor: Actor, now: datetime) -> int:
    """Let no signal of an import count; give how many did until now.

    Raises
    ------
    RefusedError
        While it is under way.
    """
    if imported.state in (Import.State.WAITING, Import.State.RUNNING):
        raise RefusedError(_("This import is under way. Wait until it is done."))
    held = Incident.objects.select_for_update().get(pk=imported.incident_id)
    counted = Signal.objects.filter(imported=imported, withdrawal__isnull=True)
    count = _withdraw(held, list(counted.values_list("pk", "kind")), now)
    audit.record(
        actor=actor,
        action="withdraw_import",
        kind="import",
        identifier=imported.pk,
        organisation=held.organisation,
        now=now,
        details={"incident": held.pk, "count": count},
    )
    return count


def _known_keys(organisation_id: int, keys: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(keys), KEYS_AT_ONCE):
        found = Signal.objects.filter(
            organisation_id=organisation_id,
            source=Source.IMPORT,
            key__in=keys[start : start + KEYS_AT_ONCE],
        )
        known.update(found.values_list("key", flat=True))
    return known


def _store(
    incident: Incident,
    lines: Sequence[tuple[str, Reported]],
    source: Source,
    now: datetime,
    *,
    imported: Import | None = None,
    token: AccessToken | None = None,
) -> list[Signal]:
    outlets = _find_outlets(incident.organisation, [each for _key, each in lines])
    register_key = _register_key(incident.organisation)
    signals = [
        Signal(
            organisation_id=incident.organisation_id,
            incident=incident,
            kind=each.kind,
            at=each.at,
            recorded_at=now,
            outlet=outlets.get(each.outlet),
            platform=each.platform,
            author=_pseudonym(register_key, each),
            reach=each.reach,
            direction=each.direction,
            is_outside=each.is_outside,
            is_employers=each.is_employers,
            amount=each.amount,
            source=source,
            key=key,
            imported=imported,
            token=token,
        )
        for key, each in lines
    ]
    stored: list[Signal] = Signal.objects.bulk_create(signals)
    Link.objects.bulk_create(
        Link(signal=signal, address=each.address)
        for signal, (_key, each) in zip(stored, lines, strict=True)
        if each.address
    )
    _count(incident, Counter(signal.kind for signal in stored))
    return stored


def _withdraw(incident: Incident, signals: Sequence[tuple[int, str]], now: datetime) -> int:
    Withdrawal.objects.bulk_create(Withdrawal(signal_id=pk, at=now) for pk, _kind in signals)
    fewer: Counter[str] = Counter()
    fewer.subtract(kind for _pk, kind in signals)
    _count(incident, fewer)
    return len(signals)


def _count(incident: Incident, more: Counter[str]) -> None:
    """Bring the tallies up to date, and count the change; the incident is held."""
    for kind, change in sorted(more.items()):
        tally, _is_new = Tally.objects.get_or_create(incident=incident, kind=kind)
        Tally.objects.filter(pk=tally.pk).update(count=F("count") + change)
    if more:
        Incident.objects.filter(pk=incident.pk).update(revision=F("revision") + 1)


def _find_outlets(organisation: Organisation, given: Sequence[Reported]) -> dict[str, Outlet]:
    """Give the outlets that are named, made where they are not known; a kind once said stays."""
    named = {each.outlet: each.outlet_kind for each in given if each.outlet}
    if not named:
        return {}
    found = Outlet.objects.filter(organisation=organisation, name__in=list(named))
    outlets = {outlet.name: outlet for outlet in found}
    for name, kind in sorted(named.items()):
        if name not in outlets:
            outlets[name], _is_new = Outlet.objects.get_or_create(
                organisation=organisation, name=name, defaults={"kind": kind}
            )
        elif kind and not outlets[name].kind:
            Outlet.objects.filter(pk=outlets[name].pk).update(kind=kind)
    return outlets


def _register_key(organisation: Organisation) -> bytes:
    kept, _is_new = RegisterKey.objects.get_or_create(
        organisation=organisation, defaults={"key": secrets.token_bytes(KEY_BYTES)}
    )
    return bytes(kept.key)


def _pseudonym(register_key: bytes, given: Reported) -> int | None:
    if not given.author.strip().removeprefix("@"):
        return None
    return author_number(register_key=register_key, platform=given.platform, author=given.author)
