"""Tell a vignette: an opening, then one sentence for the value of each attribute."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.sentences import LANGUAGES, Bilingual, Language
from spreekruimte.cases.writing import MOST_WORDS
from spreekruimte.studies.models import Study
from spreekruimte.studies.plans import Context, Plan, name_value

OPENING = Bilingual(
    nl="Een ambtenaar plaatst een bericht op sociale media.",
    en="A public servant posts a message on social media.",
)

Wording = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Sentences of editors, by attribute, value and language."""


def tell_vignette(study: Study, context: Context, language: Language) -> str:
    """Tell one vignette in one language."""
    sentences = (
        tell_value(study.wording, attribute, value).in_language(language)
        for attribute, value in context.items()
    )
    return " ".join([study.opening.in_language(language), *sentences])


def tell_value(wording: Wording, attribute: str, value: str) -> Bilingual:
    """Give the sentence of an editor for a value; else what the schema makes of it."""
    written = wording.get(attribute, {}).get(value)
    if written is not None:
        return Bilingual.read(dict(written))
    label, name = attributes()[attribute].label, name_value(attribute, value)
    return Bilingual(nl=f"{label.nl}: {name.nl}.", en=f"{label.en}: {name.en}.")


def require_short(study: Study) -> None:
    """Refuse wording of which a vignette can be too long for one screen.

    Raises
    ------
    ValidationError
        If the longest vignette has more than 80 words; names the language and the count.
    """
    plan = Plan.of(study)
    for language in LANGUAGES:
        words = len(study.opening.in_language(language).split())
        for attribute, values in plan.values.items():
            words += max(
                len(tell_value(study.wording, attribute, value).in_language(language).split())
                for value in values
            )
        if words > MOST_WORDS:
            raise ValidationError(
                _(
                    "A vignette has at most 80 words. The longest would have %(count)s in "
                    "%(language)s: write shorter sentences, or choose fewer attributes."
                )
                % {"count": words, "language": _name_language(language)}
            )


def _name_language(language: Language) -> str:
    return _("Dutch") if language == "nl" else _("English")
