"""Closed cases for the draft check."""

from __future__ import annotations

from tests.cases.stored import in_state
from tests.verdicts.results import ended, publish

from spreekruimte.cases.models import Case
from spreekruimte.organisations.models import Organisation


def make_judged(facts: list[str] | None = None, **context: str) -> Case:
    """A closed case with an official verdict, in a context."""
    round_ = ended(people=12, panel=0)
    publish(round_)
    Case.objects.filter(pk=round_.case_id).update(
        context=context, public_facts=list(context) if facts is None else facts
    )
    return Case.objects.get(pk=round_.case_id)


def make_protected(**context: str) -> Case:
    """A case that the law protects."""
    case = in_state("protected", organisation=Organisation.objects.first())
    Case.objects.filter(pk=case.pk).update(context=context, public_facts=list(context))
    return Case.objects.get(pk=case.pk)
