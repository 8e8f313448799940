"""Figures of the fuss in plain words.

No cell is told that could point at a person: what fewer than `LEAST` signals say stays untold, and
a share of fewer than `FEWEST_KNOWN` signals too. Media items are public, and told as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.ballots.ladder import MEASURES
from spreekruimte.look.charts import LEAST
from spreekruimte.look.numbers import write_count, write_decimal, write_percent, write_range
from spreekruimte.look.tables import Table
from spreekruimte.ophef.measuring.figures import Figures
from spreekruimte.ophef.measuring.reading import KINDS, read_wall

FEWEST_KNOWN = 20
HOUR, DAY = 3600.0, 86400.0


def explain_refusal(refusal: Figures) -> str:
    """Say why something cannot be told."""
    sentence = {
        "too_few_signals": _("It takes %(needed)s signals; there are %(found)s."),
        "too_few_incidents": _(
            "It takes %(needed)s incidents of which all is known; there are %(found)s."
        ),
        "no_clear_excitation": _("It would be as likely if no signal set off others."),
        "no_clear_wave": _("There was no clear wave that died down."),
        "one_outcome": _("All incidents ended the same, so nothing can explain a difference."),
        "no_difference_in_fuss": _("There was as much fuss in all incidents."),
        "no_difference_in_public": _("What the public finds differs no more than by chance."),
        "inseparable": _(
            "What could explain it goes up and down together too much to be told apart."
        ),
    }[refusal["refused"]]
    return sentence % {
        "found": write_count(int(refusal["found"])),
        "needed": write_count(int(refusal["needed"])),
    }


def is_refusal(figures: object) -> bool:
    """Tell whether figures say why there are none."""
    return isinstance(figures, Mapping) and "refused" in figures


def write_small(count: int) -> str:
    """Write a count, unless it is so small that it could point at a person."""
    if 0 < count < LEAST:
        return _("fewer than %(least)s") % {"least": LEAST}
    return write_count(count)


def write_moment(seconds: float, *, has_hour: bool) -> str:
    """Write a time on the wall."""
    return date_format(read_wall(seconds), "j F Y, H:i" if has_hour else "j F Y")


def write_share(interval: Sequence[float]) -> str:
    """Write a share with its interval."""
    value, low, high = interval
    return f"{write_percent(value)} ({write_range(max(low, 0.0), min(high, 1.0))})"


def write_period(seconds: float) -> str:
    """Write how long something takes, in the unit that suits it."""
    if seconds < 2 * DAY:
        hours = max(round(seconds / HOUR), 1)
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return _("%(count)s days") % {"count": write_decimal(seconds / DAY, 0)}


def name_measure(step: int) -> str:
    """Name a step of the ladder in a sentence, without its capital."""
    name = str(MEASURES[step])
    return name[0].lower() + name[1:]


def say_index(figures: Figures) -> str:
    """Say what the formula counts."""
    index = figures["index"]
    items = ngettext("%(count)s media item", "%(count)s media items", index["media_items"]) % {
        "count": write_count(index["media_items"])
    }
    # "Fewer than so many" is more than one.
    many = max(index["calls"], LEAST) if index["calls"] else 0
    calls = ngettext("%(count)s phone call", "%(count)s phone calls", many) % {
        "count": write_small(index["calls"])
    }
    return _("The formula counts media items and phone calls: %(items)s and %(calls)s.") % {
        "items": items,
        "calls": calls,
    }


def list_findings(figures: Figures) -> list[str]:
    """Say what was measured beside the index, a sentence each."""
    return [*_say_robust(figures), *_say_voices(figures["voices"]), *_say_course(figures)]


def count_kinds(figures: Figures) -> Table:
    """Give how many signals of each kind came in."""
    counts = figures["kinds"]
    rows = [
        (str(kind.label), write_small(counts[code.name.lower()]))
        for kind, code in KINDS.items()
        if counts[code.name.lower()] and code.name != "STAFF_HOURS"
    ]
    # Media items stand first, and are public.
    if counts["media_item"]:
        rows[0] = (rows[0][0], write_count(counts["media_item"]))
    return Table(_("What came in"), (_("Kind"), _("How many")), rows)


def _say_robust(figures: Figures) -> Iterator[str]:
    robust = figures["robust"]
    yield _(
        "Each author and each medium counted once, there were %(authors)s known authors and "
        "%(outlets)s media. A few loud people cannot push this number up."
    ) % {"authors": write_small(robust["authors"]), "outlets": write_count(robust["outlets"])}


def _say_voices(voices: Figures) -> Iterator[str]:
    shares = (
        ("loudest", _("The ten loudest authors made %(share)s of the signals of known authors.")),
        ("outside", _("From outside the area came %(share)s of the signals.")),
        ("employers", _("The employer itself made %(share)s of the signals.")),
    )
    for name, sentence in shares:
        told = voices[name]
        is_enough = told["known"] >= FEWEST_KNOWN and told["share"][0] > 0.0
        if is_enough and (name != "loudest" or voices["unique_authors"] >= FEWEST_KNOWN):
            yield sentence % {"share": write_share(told["share"])}
    first = voices["first_amplifier"]
    if first and first["kind"] == "media_item":
        day = write_moment(first["time"], has_hour=False)
        yield _("A media item was the first that reached people, on %(day)s.") % {"day": day}


def _say_course(figures: Figures) -> Iterator[str]:
    yield _say_excitation(figures["excitation"])
    yield _say_wave(figures["wave"])


def _say_excitation(found: Figures) -> str:
    if is_refusal(found):
        return _("How much of the fuss is about the fuss cannot be told. %(why)s") % {
            "why": explain_refusal(found)
        }
    value, low, high = found["branching_ratio"]
    ends: list[Any] = [min(value, 1.0), low, 1.0 if high is None else high]
    return _("Fuss about fuss: %(share)s of the signals were set off by earlier signals.") % {
        "share": write_share(ends)
    }


def _say_wave(found: Figures) -> str:
    if is_refusal(found):
        return _("How fast the fuss died down cannot be told. %(why)s") % {
            "why": explain_refusal(found)
        }
    value, low, high = found["half_life"]
    if low is None or high is None or not low:
        return _("The fuss halved about every %(period)s.") % {"period": write_period(value)}
    return _("The fuss halved every %(period)s (%(low)s to %(high)s).") % {
        "period": write_period(value),
        "low": write_period(low),
        "high": write_period(high),
    }
