"""Makes the tables and one case that is asked, with reasons; prints the number of the case.

Run as ``python -m benchmarks.asked_case REASONS``, with the environment of the installation.
"""

from __future__ import annotations

import secrets
import sys
from datetime import timedelta

import django
from django.core.management import call_command
from django.utils import timezone


def main() -> None:
    """Set up an installation that has nothing else."""
    django.setup()
    call_command("migrate", verbosity=0)
    print(_ask(reasons=int(sys.argv[1])))


def _ask(reasons: int) -> int:
    from spreekruimte.ballots.chain import Head
    from spreekruimte.ballots.models import CaseKey, Reason, Round
    from spreekruimte.cases.models import Case
    from spreekruimte.organisations.models import Organisation

    now = timezone.now()
    times = {"opens_at": now, "closes_at": now + timedelta(days=1)}
    case = Case.objects.create(
        organisation=Organisation.objects.create(name="Waterdam", slug="waterdam"),
        provenance="synthetic",
        state="open",
        is_simulated=True,
        description_nl="Een ambtenaar schrijft over een plan.",
        description_en="A public servant writes about a plan.",
        created_at=now,
        **times,
    )
    CaseKey.objects.create(case=case, key=secrets.token_bytes(32))
    round_ = Round(case=case, number=1, opened_at=now, closes_at=times["closes_at"])
    round_.head_digest = Head.of_round(round_.log_name).digest
    round_.save()
    Reason.objects.bulk_create(
        Reason(
            round=round_,
            content=f"Dit is argument {number}: wie bij de overheid werkt, mag zelf iets vinden.",
            language="nl",
            state="shown",
            given_at=now,
        )
        for number in range(1, reasons + 1)
    )
    return case.pk


if __name__ == "__main__":
    main()
