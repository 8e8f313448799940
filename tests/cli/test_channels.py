import pytest
from tests.cli.running import Command
from tests.organisations.people import make_organisation

from spreekruimte.channels.models import Stop
from spreekruimte.organisations.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_of_the_installation_is_stopped_and_goes_on(run: Command) -> None:
    stopped = run("stop-channels")
    assert stopped.status == 0
    assert stopped.said.startswith("Er gaat niets meer naar netwerken.")
    assert Stop.objects.get().organisation is None
    again = run("stop-channels", "--lang", "en")
    assert again.status == 2
    assert again.complained == "spreekruimte: Everything is stopped already.\n"
    assert run("resume-channels").status == 0
    assert not Stop.objects.exists()
    told = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(told) == ["stop_everything", "resume"]


def test_one_organisation_is_stopped_and_goes_on(run: Command) -> None:
    organisation = make_organisation()
    assert run("stop-channels", "--organisation", organisation.slug).status == 0
    assert Stop.objects.get().organisation == organisation
    # What was stopped for one does not go on for all.
    assert run("resume-channels", "--lang", "en").complained.endswith("Nothing is stopped.\n")
    assert run("resume-channels", "--organisation", organisation.slug).status == 0
    assert not Stop.objects.exists()


@pytest.mark.parametrize("command", ["stop-channels", "resume-channels"])
def test_an_organisation_that_is_not_there_is_refused(run: Command, command: str) -> None:
    told = run(command, "--organisation", "nowhere", "--lang", "en")
    assert told.status == 2
    assert "There is no organisation nowhere." in told.complained
    assert not Stop.objects.exists()
