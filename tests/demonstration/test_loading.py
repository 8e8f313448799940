from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import connection
from tests.demonstration.finding import find_all, find_effects
from tests.demonstration.guided import describe, find_all_evidence, rows_of_chill, rows_of_voices
from tests.organisations.people import make_organisation

from spreekruimte.ballots.models import Ballot, LogEntry, Participation, Reason, Round
from spreekruimte.cases.models import Case, Signature
from spreekruimte.demonstration.loading import load_demonstration
from spreekruimte.demonstration.truths import truths
from spreekruimte.dialogue.actions.counting import refresh_figures
from spreekruimte.dialogue.models import Message, MessageVote, Speaker
from spreekruimte.dialogue.queries.threads import dialogue_of
from spreekruimte.guidelines.chill.models import SurveyAnswer, SurveyResult
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.models import Version
from spreekruimte.guidelines.voices.models import VoicesAnswer
from spreekruimte.operation.chains import find_broken_logs
from spreekruimte.ophef.models import Act, Comparison, Incident, Signal
from spreekruimte.organisations.models import AuditEntry, Membership, Organisation
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.models import OfficialVerdict, Snapshot

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "demonstration.md"
EVERYTHING = (
    Organisation,
    Membership,
    Case,
    Signature,
    Round,
    Reason,
    Participation,
    LogEntry,
    Ballot,
    Message,
    MessageVote,
    Snapshot,
    OfficialVerdict,
    AuditEntry,
    Incident,
    Signal,
    Act,
    Version,
    MandateVersion,
    SurveyAnswer,
    SurveyResult,
    VoicesAnswer,
)


def count_rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in EVERYTHING}


def documented(heading: str) -> list[list[str]]:
    """The rows of the table that says what was found, by the end of its heading."""
    text = DOCUMENT.read_text(encoding="utf-8").split(f"{heading}\n\n")[1].split("\n\n")[0]
    rows = [line.strip("|").split("|") for line in text.splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


def number_from_one() -> None:
    """As in an installation: the lot that gives everybody a text knows the numbers of cases."""
    tables = [{"table": model._meta.db_table, "column": "id"} for model in (Case, Round)]
    with connection.cursor() as cursor:
        for statement in [
            *connection.ops.sequence_reset_sql(no_style(), [Case, Round]),
            *connection.ops.sequence_reset_by_name_sql(no_style(), tables),
        ]:
            cursor.execute(statement)


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_the_engine_finds_the_truth_back() -> None:
    number_from_one()
    organisation = load_demonstration(now=NOW)

    # Cases in every state that a newcomer should see.
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states == {"draft": 38, "closed": 3, "open": 2, "protected": 1, "stopped": 1}
    assert set(Case.objects.values_list("organisation", "is_simulated")) == {
        (organisation.pk, True)
    }
    protected, stopped = (Case.objects.get(state=state) for state in ("protected", "stopped"))
    assert protected.reasons == ["rights_floor.membership"]
    assert stopped.reasons == ["identification.name"]
    for case in Case.objects.filter(state__in=("open", "closed")):
        assert case.signatures.count() == 2
        assert len(case.public_facts) >= 4

    # Everybody voted through the log, and every log is whole.
    assert find_broken_logs() == []
    assert Participation.objects.count() == sum(each.people + each.invited for each in truths())
    assert OfficialVerdict.objects.count() == 3

    # The engine finds back what is true.
    findings = find_all()
    for finding in findings:
        true = len(finding.truth.groups)
        assert finding.groups == (true if true > 1 else 0)
        assert finding.placed is None or finding.placed > 0.9
    inside = [each for finding in findings for each in finding.inside]
    # Of 64 intervals that each hold the truth nine times in ten, fewer than 52 do so in one of
    # a hundred demonstrations.
    assert len(inside) == 64
    assert sum(inside) >= 52
    assert [finding.as_row() for finding in findings] == documented("nothing else:")

    # So are the weight of context, the pull of the fuss and the mirror gap, also in each group.
    effects = find_effects()
    assert len(effects) == 9
    assert sum(sum(effect.inside) for effect in effects) >= 26
    assert all(effect.inside[0] for effect in effects)
    assert [effect.as_row() for effect in effects] == documented("often one looks:")

    # Each closed case was talked about: some of it is agreed on in every group, some is not.
    for case in Case.objects.filter(state="closed"):
        refresh_figures(case=case, now=NOW)
        told = dialogue_of(case)
        assert told.shared
        assert Message.objects.filter(case=case, speaker=Speaker.ORGANISATION).count() == 1

    # Each closed case has fuss that says what it is, and the formula can be fitted.
    incidents = Incident.objects.exclude(case=None)
    assert {each.case.state for each in incidents if each.case} == {"closed"}
    assert all("imul" in each.title_nl and "imul" in each.title_en for each in incidents)
    assert not any(each.signals.count() < 100 for each in incidents)
    fitted = Comparison.objects.get(organisation=None).figures
    assert {str(each.pk) for each in incidents} <= set(fitted["measures"])

    # Lines of the guideline are founded, lapsed, not asked, and too strict; the chill that is true,
    # and what several voices do to trust, are found back.
    evidence = find_all_evidence(NOW.date())
    assert [describe(each) for each in evidence] == documented("guideline that holds now:")
    (overreaching,) = [each.distance for each in evidence if each.line.name == "R3"]
    assert overreaching is not None
    assert (overreaching.reach.low, overreaching.reach.high) == pytest.approx((1 / 3, 1 / 3))
    chill, is_inside = rows_of_chill()
    assert all(is_inside)
    assert chill == documented("stays silent there:")
    voices, is_inside = rows_of_voices()
    assert all(is_inside)
    assert voices == documented("with an opinion:")
    assert MandateVersion.objects.count() == 1

    # A second time adds nothing.
    before = count_rows()
    load_demonstration(now=NOW)
    assert count_rows() == before


@pytest.mark.django_db
def test_it_does_not_stand_beside_what_is_real() -> None:
    make_organisation()
    with pytest.raises(RefusedError):
        load_demonstration(now=NOW)
    assert not Case.objects.exists()
