"""Opinion groups, or "no groups"."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from spreekruimte.analysis.opinions.classes import (
    assign_classes,
    fit_classes,
    place_for_classes,
    refine_classes,
    score_opinions,
)
from spreekruimte.analysis.opinions.null_model import compare_with_null, count_shuffles
from spreekruimte.analysis.opinions.representatives import find_representatives
from spreekruimte.analysis.opinions.results import OpinionGroups, Representative
from spreekruimte.analysis.opinions.sheets import OpinionSheets, collect_opinions, sample_sheets
from spreekruimte.analysis.votes import VoteMatrix

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]

MAX_GROUPS = 5
FOLDS = 3
FOLDS_WHEN_FEW = 8
FEW_OPINIONS = 32_768
CERTAIN = 0.6
SMALLEST_GROUP = 10
ENOUGH = 0.85
TRUST = (1.0, 0.5, 0.25)
FULL_STEPS = 8
# Folds that are predicted at the same time; they are added up in their order.
RUNNERS = 2


def find_groups(matrix: VoteMatrix, *, false_alarm: float = 0.05) -> OpinionGroups:
    """Find the opinion groups of a conversation, or none.

    There are groups only where three things hold: the opinions have more structure
    than the null model gives at the rate `false_alarm`; groups predict opinions that
    they have not seen better than each statement's rate does; and every group has
    members enough, and a statement on which it differs from everybody else. The first
    alone would be wrong no more often than `false_alarm`.

    Parameters
    ----------
    matrix
        The votes; passes and statements that are not judged take no part.
    false_alarm
        Highest chance of finding groups where there is no structure, in (0, 1).
    """
    sheets = collect_opinions(matrix)
    if sheets.count < 2 * SMALLEST_GROUP:
        return _no_groups(matrix, p_value=1.0)
    seed = seed_from(sheets)
    sample = sample_sheets(sheets, matrix.participant_ids)
    p_value = compare_with_null(sample, seed, shuffles=count_shuffles(false_alarm))
    if p_value > false_alarm:
        return _no_groups(matrix, p_value)
    positions = place_for_classes(sample, MAX_GROUPS)
    for count in range(choose_count(sample, seed), 1, -1):
        model = fit_classes(sample, positions, count, seed)
        if sample is not sheets:
            model = refine_classes(sheets, model, steps=FULL_STEPS)
        labels, certainty = _label(assign_classes(sheets, model)[0])
        if np.bincount(labels + 1, minlength=count + 1)[1:].min() < SMALLEST_GROUP:
            continue
        named = find_representatives(sheets, sample, labels, seed=seed, certain=CERTAIN)
        if len({representative.group for representative in named}) == count:
            return _describe(matrix, sheets, p_value, labels, certainty, named)
    return _no_groups(matrix, p_value)


def _no_groups(matrix: VoteMatrix, p_value: float) -> OpinionGroups:
    nobody = np.full(matrix.participant_count, -1, dtype=np.int32)
    return OpinionGroups("no groups", p_value, nobody, np.zeros(matrix.participant_count), ())


def _label(share: Floats) -> tuple[Labels, Floats]:
    """Label each sheet with its class, numbered by size; -1 where that is not certain enough."""
    certainty = share.max(axis=1)
    likeliest = share.argmax(axis=1)
    certain = certainty >= CERTAIN
    sizes = np.bincount(likeliest[certain], minlength=share.shape[1])
    order = np.argsort(-sizes, kind="stable")
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return np.where(certain, number[likeliest], np.int32(-1)), certainty


def _describe(
    matrix: VoteMatrix,
    sheets: OpinionSheets,
    p_value: float,
    labels: Labels,
    certainty: Floats,
    representatives: tuple[Representative, ...],
) -> OpinionGroups:
    """Give the groups of the sheets to the participants, of whom some have no sheet."""
    every_label = np.full(matrix.participant_count, -1, dtype=np.int32)
    every_label[sheets.rows] = labels
    every_certainty = np.zeros(matrix.participant_count)
    every_certainty[sheets.rows] = certainty
    return OpinionGroups("groups", p_value, every_label, every_certainty, representatives)


def seed_from(sheets: OpinionSheets) -> int:
    """Derive a 64-bit seed from the opinions themselves."""
    digest = hashlib.blake2b(digest_size=8)
    for array in (sheets.indptr, sheets.columns, sheets.values):
        digest.update(np.ascontiguousarray(array).tobytes())
    return int.from_bytes(digest.digest(), "little")


def choose_count(sheets: OpinionSheets, seed: int) -> int:
    """Choose the number of classes by how well they predict opinions that they have not seen.

    The opinions are dealt into folds; classes are fitted without a fold, a
    participant's class is learnt from the participant's other opinions, and the fold
    is predicted. What a number of classes gains in log-likelihood over one class must
    exceed its standard error; of those, the smallest number counts that reaches
    `ENOUGH` of the best gain. That finds separate groups, and does not cut a gradual
    range of opinions ever finer.
    """
    scores = _predict_unseen(sheets, seed)
    differences = scores - scores[:, :1]
    totals = np.add.reduce(differences, axis=2)
    errors = np.std(differences, axis=2) * np.sqrt(sheets.count)
    gains = np.append(0.0, np.maximum(totals - errors, 0.0).max(axis=0))
    if gains.max() == 0.0:
        return 1
    return int(np.flatnonzero(gains >= ENOUGH * gains.max())[0])


def _predict_unseen(sheets: OpinionSheets, seed: int) -> Floats:
    """Score the unseen opinions of each sheet under 1 to `MAX_GROUPS` classes.

    The rates of the classes are overfitted to what they were fitted to, so each number
    of classes is also tried with rates drawn towards those of everybody. Where there are
    few opinions more folds leave more to fit to.

    Shape (TRUST, MAX_GROUPS, sheets): log of the predicted chance, summed over folds.
    """
    fold_count = FOLDS_WHEN_FEW if sheets.opinion_count < FEW_OPINIONS else FOLDS
    folds = _deal_folds(sheets, fold_count, seed)
    scores = np.zeros((len(TRUST), MAX_GROUPS, sheets.count))
    with ThreadPoolExecutor(max_workers=RUNNERS) as pool:
        for of_fold in pool.map(
            lambda fold: _predict_fold(sheets, folds == fold, seed), range(fold_count)
        ):
            scores += of_fold
    return scores


def _predict_fold(sheets: OpinionSheets, is_unseen: NDArray[np.bool_], seed: int) -> Floats:
    """Score the unseen opinions of each sheet; the shape is that of `_predict_unseen`."""
    known, unseen = sheets.select_opinions(~is_unseen), sheets.select_opinions(is_unseen)
    positions = place_for_classes(known, MAX_GROUPS)
    overall = known.share_agreeing()
    scores = np.empty((len(TRUST), MAX_GROUPS, sheets.count))
    for count in range(1, MAX_GROUPS + 1):
        model = fit_classes(known, positions, count, seed)
        share, _ = assign_classes(known, model)
        for row, trust in enumerate(TRUST):
            drawn = model.draw_towards(overall, trust)
            scores[row, count - 1] = score_opinions(unseen, share, drawn)
    return scores


def _deal_folds(sheets: OpinionSheets, fold_count: int, seed: int) -> NDArray[np.int64]:
    """Deal the opinions of each sheet into folds as evenly as can be, shape (opinions,)."""
    generator = np.random.default_rng(seed)
    luck = generator.random(sheets.opinion_count)
    rows = np.repeat(np.arange(sheets.count), np.diff(sheets.indptr))
    order = np.lexsort((luck, rows))
    folds = np.empty(sheets.opinion_count, dtype=np.int64)
    folds[order] = np.arange(sheets.opinion_count) % fold_count
    return folds
