"""A digest of a judgement, to see that two are the same to the last bit."""

from __future__ import annotations

import hashlib

from spreekruimte.verdicts.judgement import Judgement


def digest(judgement: Judgement) -> str:
    """Digest all that was found, to the last bit."""
    found = hashlib.sha256(repr(judgement.results).encode())
    found.update(repr((judgement.groups.outcome, judgement.groups.p_value)).encode())
    found.update(repr(judgement.groups.representatives).encode())
    groups, space = judgement.groups, judgement.space
    for array in (groups.labels, groups.certainty, space.positions, space.axes, space.explained):
        found.update(array.tobytes())
    return found.hexdigest()
