"""Results and answers of a study as files, for everybody who wants to use or recompute them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spreekruimte.studies.estimating import FEWEST_RESPONDENTS, FEWEST_SEEN
from spreekruimte.studies.models import Study
from spreekruimte.studies.queries.answers import Given, given_answers

RESULT_COLUMNS = (
    "channel",
    "kind",
    "group",
    "values",
    "estimate",
    "error",
    "low",
    "high",
)


def write_document(study: Study) -> dict[str, Any]:
    """Give a study with its design and its figures, as JSON has it."""
    return {
        "study": study.pk,
        "organisation": study.organisation.slug,
        "title": {"nl": study.title_nl, "en": study.title_en},
        "simulated": study.is_simulated,
        "method": study.result.method,
        "attributes": study.attributes,
        "forbidden": study.forbidden,
        "pairs": study.pairs,
        "wording": study.wording,
        "efficiency": study.efficiency,
        "per_respondent": study.per_respondent,
        "blocks": study.blocks,
        "fewest_respondents": FEWEST_RESPONDENTS,
        "fewest_seen": FEWEST_SEEN,
        "channels": study.result.figures,
    }


def list_answers(study: Study) -> Iterator[tuple[str | int, ...]]:
    """Give the answers as rows; the first names the columns. Nobody can be told from them."""
    names = [attribute for attribute, _values in study.attributes]
    yield ("simulated", "respondent", "channel", "number", *names, "answer")
    simulated = "yes" if study.is_simulated else "no"
    for given in given_answers(study):
        yield (simulated, *_to_row(given, names))


def _to_row(given: Given, names: list[str]) -> tuple[str | int, ...]:
    values = (given.context[name] for name in names)
    return (given.respondent, given.channel, given.number, *values, given.answer)
