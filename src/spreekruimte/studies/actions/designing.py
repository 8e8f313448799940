"""Design a study, as long as it is a draft. Whoever changes what is asked draws anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.vignettes import Design, draw_design
from spreekruimte.cases.sentences import LANGUAGES, Bilingual
from spreekruimte.cases.writing import tidy_text
from spreekruimte.organisations.models import Actor, Organisation
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.changing import hold, record
from spreekruimte.studies.models import (
    FEWEST_BLOCKS,
    FEWEST_SHOWN,
    LONGEST_TITLE,
    MOST_BLOCKS,
    MOST_SHOWN,
    Study,
    Vignette,
)
from spreekruimte.studies.plans import (
    Context,
    Plan,
    check_attributes,
    check_combinations,
    check_pairs,
)
from spreekruimte.studies.refusals import tell_refusal
from spreekruimte.studies.telling import OPENING, require_short


@transaction.atomic
def create_study(
    *,
    organisation: Organisation,
    title: Bilingual,
    introduction: Bilingual,
    is_simulated: bool,
    actor: Actor,
    now: datetime,
) -> Study:
    """Start a draft.

    Raises
    ------
    ValidationError
        If a text is absent, too long, or no plain text.
    """
    study = Study(
        organisation=organisation,
        opening_nl=OPENING.nl,
        opening_en=OPENING.en,
        is_simulated=is_simulated,
        created_at=now,
    )
    _write_texts(study, title, introduction)
    study.save()
    record(study, "create_study", actor=actor, now=now, is_simulated=is_simulated)
    return study


@transaction.atomic
def edit_study(
    *, study: Study, title: Bilingual, introduction: Bilingual, actor: Actor, now: datetime
) -> Study:
    """Replace the title and the introduction.

    Raises
    ------
    ValidationError
        If a text is absent, too long, or no plain text.
    RefusedError
        If the study is no draft.
    """
    study = hold(study, "edit")
    _write_texts(study, title, introduction)
    study.save()
    record(study, "edit_study", actor=actor, now=now)
    return study


@transaction.atomic
def choose_attributes(
    *,
    study: Study,
    values: Mapping[str, Sequence[str]],
    forbidden: Sequence[Context],
    pairs: Sequence[tuple[str, str]],
    actor: Actor,
    now: datetime,
) -> Study:
    """Choose what the vignettes are made of; what was drawn before is dropped.

    Parameters
    ----------
    values
        The values of each attribute.
    forbidden
        Combinations that are never shown: each a value by its attribute.
    pairs
        Pairs of attributes of which is said beforehand that they may work together.

    Raises
    ------
    ValidationError
        If a choice does not exist, or there are too few or too many; see `plans`.
    RefusedError
        If the study is no draft.
    """
    study = hold(study, "edit")
    checked = check_attributes(values)
    study.attributes = [[attribute, list(chosen)] for attribute, chosen in checked.items()]
    study.forbidden = check_combinations(checked, forbidden)
    study.pairs = check_pairs(checked, pairs)
    _drop_design(study)
    study.save()
    record(study, "choose_attributes", actor=actor, now=now, attributes=list(checked))
    return study


@transaction.atomic
def word_vignettes(
    *,
    study: Study,
    opening: Bilingual,
    sentences: Mapping[tuple[str, str], Bilingual],
    actor: Actor,
    now: datetime,
) -> Study:
    """Replace the opening of vignettes, and sentences for values.

    Parameters
    ----------
    sentences
        By attribute and value; those of other values follow from the schema.

    Raises
    ------
    ValidationError
        If a text is absent or no plain text, its value is none of the study, or a vignette can
        have more than 80 words.
    RefusedError
        If the study is no draft.
    """
    study = hold(study, "edit")
    plan = Plan.of(study)
    wording: dict[str, dict[str, dict[str, str]]] = {}
    for (attribute, value), sentence in sentences.items():
        if value not in plan.values.get(attribute, ()):
            raise ValidationError(_("That choice does not exist."))
        wording.setdefault(attribute, {})[value] = {
            language: tidy_text(sentence.in_language(language)) for language in LANGUAGES
        }
    study.opening_nl, study.opening_en = tidy_text(opening.nl), tidy_text(opening.en)
    study.wording = wording
    require_short(study)
    study.save()
    record(study, "word_vignettes", actor=actor, now=now, sentences=len(sentences))
    return study


@transaction.atomic
def draw_vignettes(
    *, study: Study, per_respondent: int, blocks: int, actor: Actor, now: datetime
) -> Study:
    """Draw the vignettes of a study, in place of what was drawn before.

    The seed follows from what is compared, so that the same study draws the same everywhere.

    Raises
    ------
    ValidationError
        If a size is out of bounds, a vignette can have more than 80 words, or no design is
        possible; says why.
    RefusedError
        If the study is no draft, or nothing was chosen to compare.
    """
    study = hold(study, "edit")
    if not study.attributes:
        raise RefusedError(_("First choose what the study compares."))
    _require_size(per_respondent, blocks)
    require_short(study)
    plan = Plan.of(study)
    design = _draw(plan, per_respondent=per_respondent, blocks=blocks, seed=_make_seed(study))
    _drop_design(study)
    study.per_respondent, study.blocks = per_respondent, blocks
    study.efficiency = design.efficiency
    study.save()
    Vignette.objects.bulk_create(
        Vignette(study=study, block=block, place=place, context=plan.to_context(levels))
        for block, vignettes in enumerate(design.blocks.tolist())
        for place, levels in enumerate(vignettes)
    )
    record(study, "draw_vignettes", actor=actor, now=now, vignettes=blocks * per_respondent)
    return study


def _draw(plan: Plan, *, per_respondent: int, blocks: int, seed: int) -> Design:
    try:
        return draw_design(
            plan.attributes,
            plan.forbidden_levels,
            blocks=blocks,
            per_respondent=per_respondent,
            seed=seed,
        )
    except InputError as error:
        raise ValidationError(tell_refusal(error.template, error.values)) from error


def _make_seed(study: Study) -> int:
    content = json.dumps([study.attributes, study.forbidden], sort_keys=True)
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8], "big")


def _drop_design(study: Study) -> None:
    study.vignettes.all().delete()
    study.efficiency = None


def _require_size(per_respondent: int, blocks: int) -> None:
    if not FEWEST_SHOWN <= per_respondent <= MOST_SHOWN:
        raise ValidationError(
            _("Show each respondent %(fewest)s to %(most)s vignettes.")
            % {"fewest": FEWEST_SHOWN, "most": MOST_SHOWN}
        )
    if not FEWEST_BLOCKS <= blocks <= MOST_BLOCKS:
        raise ValidationError(
            _("Make %(fewest)s to %(most)s blocks.")
            % {"fewest": FEWEST_BLOCKS, "most": MOST_BLOCKS}
        )


def _write_texts(study: Study, title: Bilingual, introduction: Bilingual) -> None:
    study.title_nl, study.title_en = (_tidy_title(title.nl), _tidy_title(title.en))
    study.introduction_nl = tidy_text(introduction.nl)
    study.introduction_en = tidy_text(introduction.en)


def _tidy_title(title: str) -> str:
    tidied = tidy_text(title)
    if len(tidied) > LONGEST_TITLE:
        raise ValidationError(_("This text is too long."))
    return tidied
