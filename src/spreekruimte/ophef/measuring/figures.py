"""The figures of an incident: everything that is measured of its signals, as plain values."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from spreekruimte.analysis.ophef import (
    Burst,
    Counts,
    Direction,
    Kind,
    Share,
    Signals,
    Voices,
    count_items_plus_calls,
    count_per_bin,
    count_robustly,
    describe_voices,
    detect_bursts,
    find_peak,
    sum_staff_hours,
)
from spreekruimte.analysis.ophef.estimates import Estimate, Refusal
from spreekruimte.analysis.ophef.excitation import Excitation, measure_excitation
from spreekruimte.analysis.ophef.half_life import Wave, measure_wave
from spreekruimte.analysis.ophef.intervals import LEVEL
from spreekruimte.verdicts.documents import round_number

METHOD = "ophef 1"
"""What names the way in which signals become figures."""

_SIGNALS = b"spreekruimte signals 1"

Figures = Mapping[str, Any]


def digest_signals(signals: Signals, *, start: float, end: float) -> str:
    """Name the signals, and when they were watched, by 64 hexadecimal digits."""
    digest = hashlib.sha256(_SIGNALS)
    digest.update(np.array([start, end]).tobytes())
    for column in fields(signals):
        digest.update(np.ascontiguousarray(getattr(signals, column.name)).tobytes())
    return digest.hexdigest()


def measure_signals(signals: Signals, *, start: float, end: float) -> Figures:
    """Measure the fuss of an incident.

    Parameters
    ----------
    signals
        On the clock of the wall.
    start, end
        From when until when they were watched, in seconds on that clock; all lie between.

    Returns
    -------
    Figures
        Plain values, as JSON holds them: an interval is ``[value, low, high]``, with None for an
        end without a limit; what cannot be told is ``{"refused": reason, "found", "needed"}``.
    """
    index, robust = count_items_plus_calls(signals), count_robustly(signals)
    times = signals.times[signals.is_fuss]
    counts = count_per_bin(times, start=start, end=end)
    peak = find_peak(counts)
    kinds = np.bincount(signals.kinds, minlength=len(Kind)).tolist()
    return {
        "signals": len(signals),
        "window": [start, end],
        "kinds": {kind.name.lower(): kinds[kind] for kind in Kind},
        "index": {
            "media_items": index.media_items,
            "calls": index.calls,
            "index": _interval(index.index),
        },
        "robust": {
            "authors": robust.authors,
            "outlets": robust.outlets,
            "index": _interval(robust.index),
        },
        "staff_hours": round_number(sum_staff_hours(signals)),
        "voices": _describe_voices(describe_voices(signals)),
        "series": {"start": counts.start, "width": counts.width, "counts": counts.counts.tolist()},
        "peak": {"time": _interval(peak.time), "height": _interval(peak.height)}
        if len(times)
        else None,
        "bursts": _describe_bursts(counts),
        "excitation": _describe_excitation(
            measure_excitation(times, start=start, end=end, level=LEVEL)
        ),
        "wave": _describe_wave(measure_wave(times, start=start, end=end, level=LEVEL)),
    }


def describe_estimate(estimate: Estimate | Refusal) -> list[float | None] | Figures:
    """Give an interval, or why there is none, as plain values."""
    if isinstance(estimate, Refusal):
        return describe_refusal(estimate)
    return _interval(estimate)


def describe_refusal(refusal: Refusal) -> Figures:
    """Give why something cannot be told as plain values."""
    return {
        "refused": str(refusal.reason),
        "found": round_number(float(refusal.found)),
        "needed": round_number(float(refusal.needed)),
    }


def _interval(figure: Estimate | Share) -> list[float | None]:
    ends = (figure.value, figure.low, figure.high)
    return [round_number(each) if math.isfinite(each) else None for each in ends]


def _describe_voices(voices: Voices) -> Figures:
    first = voices.first_amplifier
    return {
        "unique_authors": voices.unique_authors,
        "first_amplifier": {"kind": first.kind.name.lower(), "time": first.time} if first else None,
        "loudest": _share(voices.loudest),
        "outside": _share(voices.outside),
        "employers": _share(voices.employers),
        "directions": {
            each.name.lower(): _share(voices.directions[each])
            for each in (Direction.AGAINST, Direction.NEITHER, Direction.DEFENCE)
        },
        "concentration": _interval(voices.concentration) if voices.concentration else None,
    }


def _share(share: Share) -> Figures:
    return {"share": _interval(share), "known": share.known}


def _describe_bursts(counts: Counts) -> list[Figures]:
    return [_describe_burst(burst) for burst in detect_bursts(counts).bursts]


def _describe_burst(burst: Burst) -> Figures:
    return {
        "start": burst.start,
        "end": burst.end,
        "count": burst.count,
        "p_value": round_number(burst.p_value),
        "factor": _interval(burst.factor),
    }


def _describe_excitation(found: Excitation | Refusal) -> Figures:
    if isinstance(found, Refusal):
        return describe_refusal(found)
    return {
        "branching_ratio": describe_estimate(found.branching_ratio),
        "half_life": describe_estimate(found.half_life),
    }


def _describe_wave(found: Wave | Refusal) -> Figures:
    if isinstance(found, Refusal):
        return describe_refusal(found)
    return {"onset": found.onset, "half_life": describe_estimate(found.half_life)}
