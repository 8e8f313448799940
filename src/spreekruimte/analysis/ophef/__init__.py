"""Ophef, the fuss about a post, measured apart from what the public finds of the post."""

from spreekruimte.analysis.ophef.bursts import Burst, Bursts, detect_bursts
from spreekruimte.analysis.ophef.concentration import measure_concentration
from spreekruimte.analysis.ophef.estimates import Estimate
from spreekruimte.analysis.ophef.index import (
    FirstAmplifier,
    ItemsPlusCalls,
    RobustIndex,
    Voices,
    count_items_plus_calls,
    count_robustly,
    describe_voices,
    sum_staff_hours,
)
from spreekruimte.analysis.ophef.intensity import (
    Counts,
    Intensity,
    Peak,
    choose_width,
    count_per_bin,
    find_peak,
    measure_intensity,
)
from spreekruimte.analysis.ophef.intervals import Share
from spreekruimte.analysis.ophef.online import score_online
from spreekruimte.analysis.ophef.rhythm import Base, Rhythm, fit_base
from spreekruimte.analysis.ophef.signals import UNKNOWN, Direction, Kind, Signals, make_signals

__all__ = [
    "UNKNOWN",
    "Base",
    "Burst",
    "Bursts",
    "Counts",
    "Direction",
    "Estimate",
    "FirstAmplifier",
    "Intensity",
    "ItemsPlusCalls",
    "Kind",
    "Peak",
    "Rhythm",
    "RobustIndex",
    "Share",
    "Signals",
    "Voices",
    "choose_width",
    "count_items_plus_calls",
    "count_per_bin",
    "count_robustly",
    "describe_voices",
    "detect_bursts",
    "find_peak",
    "fit_base",
    "make_signals",
    "measure_concentration",
    "measure_intensity",
    "score_online",
    "sum_staff_hours",
]
