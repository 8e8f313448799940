"""What the public pages of the fuss read: incidents and cases that are closed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Language
from spreekruimte.ophef.models import Incident
from spreekruimte.organisations.models import Organisation


def incident_of(case: Case) -> Incident | None:
    """Give the incident that is about a case."""
    found = Incident.objects.select_related("organisation").filter(case=case)
    return found.filter(organisation=case.organisation_id).first()


def titles_of_closed_cases(organisation: Organisation, language: Language) -> Mapping[int, str]:
    """Tell what the incidents are called whose case is closed now, by the id of the case."""
    incidents = Incident.objects.filter(organisation=organisation, case__state="closed")
    return dict(incidents.values_list("case", f"title_{language}"))


def is_simulated(organisation: Organisation) -> bool:
    """Tell whether any case of an organisation is judged by simulated citizens."""
    return Case.objects.filter(organisation=organisation, is_simulated=True).exists()
