from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.guidelines.mandates.test_public_room import make_found
from tests.organisations.people import make_member, make_organisation
from tests.organisations.signing_in import sign_in

from spreekruimte.cases.models import Case
from spreekruimte.guidelines.mandates.models import MandateVersion
from spreekruimte.guidelines.mandates.queries import drafted_cells
from spreekruimte.organisations.models import Organisation, Role

Answer = Any
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage", "at_soon")]
DESK, PUBLIC = "/desk/waterdam/mandates/", "/organisations/waterdam/mandates/"


@pytest.fixture
def client() -> Client:
    organisation = Organisation.objects.filter(slug="waterdam").first() or make_organisation()
    client = Client(headers={"accept-language": "en"})
    return sign_in(client, make_member(organisation, Role.EDITOR, email="editor@waterdam.example"))


def read(answer: Answer, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def seen_in(page: str, place: int = 0) -> str:
    found: list[str] = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)
    return found[place]


def save(client: Client, **cells: str) -> Answer:
    given = {name.replace("__", "-"): room for name, room in cells.items()}
    return client.post(DESK, {"seen": seen_in(read(client.get(DESK))), **given})


def test_an_editor_fills_in_the_table_and_publishes_it(client: Client) -> None:
    assert "has not said yet" in read(client.get(PUBLIC))
    assert save(client, support__own_file="inform").status_code == 302
    page = read(client.get(DESK))
    assert "The draft is saved" in page
    assert "has not said yet" in read(client.get(PUBLIC))
    published = client.post(f"{DESK}publish/", {"seen": seen_in(page, -1)})
    assert published["Location"] == DESK
    assert "<strong>inform</strong>" in read(client.get(PUBLIC))
    assert "nothing new to publish" in read(client.get(DESK))


def test_earlier_versions_can_be_read_and_downloaded(client: Client) -> None:
    for room in ("inform", "discuss"):
        save(client, support__own_file=room)
        client.post(f"{DESK}publish/", {"seen": seen_in(read(client.get(DESK)), -1)})
    first = read(client.get(f"{PUBLIC}1/"))
    assert "This is version 1; a later one holds now." in first
    assert "<strong>inform</strong>" in first
    document = client.get(f"{PUBLIC}2.json").json()
    assert document["version"] == 2
    assert document["cells"][0] == {
        "role": "support",
        "topic": "own_file",
        "given": "discuss",
        "public": None,
    }
    for address in (f"{PUBLIC}3/", f"{PUBLIC}3.json", f"{PUBLIC}{'9' * 30}/"):
        read(client.get(address), 404)


def test_two_editors_do_not_overwrite_each_other_and_nothing_typed_is_lost(
    client: Client,
) -> None:
    seen = seen_in(read(client.get(DESK)))
    save(client, support__own_file="inform")
    given = {"seen": seen, "support-own_file": "discuss"}
    page = read(client.post(DESK, given), 409)
    assert "Somebody else changed the mandates" in page
    assert "<dd>inform</dd>" in page
    assert '<option value="discuss" selected>' in page
    assert drafted_cells(Organisation.objects.get()) == {("support", "own_file"): "inform"}
    again = client.post(DESK, {**given, "seen": seen_in(page)})
    assert again.status_code == 302
    assert drafted_cells(Organisation.objects.get()) == {("support", "own_file"): "discuss"}


def test_bad_input_is_told_and_changes_nothing(client: Client) -> None:
    assert "Choose one of the answers." in read(save(client, support__own_file="shout"), 400)
    assert "Something is missing" in read(client.post(DESK, {}), 400)
    assert "Something is missing" in read(client.post(f"{DESK}publish/", {}), 400)
    assert "Somebody else" in read(client.post(f"{DESK}publish/", {"seen": "0" * 64}), 409)
    assert not MandateVersion.objects.exists()


def test_what_the_public_would_give_stands_beside_each_cell() -> None:
    make_found(90, 10)
    page = read(Client(headers={"accept-language": "en"}).get(PUBLIC))
    assert re.search(r"public: (89|90)% \(8\d to 9\d%\), 1 case", page)
    assert page.count("public: not asked yet") == 29


def test_what_is_simulated_says_so_on_the_page_and_in_the_file(client: Client) -> None:
    case = make_found(90, 10)
    save(client, support__own_file="inform")
    client.post(f"{DESK}publish/", {"seen": seen_in(read(client.get(DESK)), -1)})
    for is_simulated in (False, True):
        Case.objects.filter(pk=case.pk).update(is_simulated=is_simulated)
        assert ('class="simulated"' in read(client.get(PUBLIC))) is is_simulated
        assert client.get(f"{PUBLIC}1.json").json()["simulated"] is is_simulated


def test_only_editors_write_mandates() -> None:
    organisation = make_organisation()
    client = sign_in(Client(), make_member(organisation, Role.AUDITOR))
    assert client.get(DESK).status_code == 403
    assert client.get("/organisations/nowhere/mandates/").status_code == 404
