"""A receipt finds its ballot, and says never what was voted."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.ballots.asking import ask
from tests.ballots.views.citizen import Citizen, in_dutch, read, stored
from tests.cases.stored import BY

from spreekruimte.ballots.actions.rounds import end_round
from spreekruimte.ballots.models import Round
from spreekruimte.ballots.queries.mine import ballots_of
from spreekruimte.ballots.receipts import mark_of
from spreekruimte.ballots.views.receipts import MISTYPED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

FOUND = "Uw stem staat in het logboek"


def voted() -> tuple[Citizen, Round, str]:
    round_ = ask()
    Citizen(round_.case_id).judge()
    citizen = Citizen(round_.case_id).judge(-1, 8)
    participation = round_.participations.order_by("-pk").first()
    assert participation is not None
    return citizen, round_, ballots_of(participation)[0].receipt


def test_a_receipt_is_found_however_it_is_typed_and_from_its_qr_code() -> None:
    citizen, round_, receipt = voted()
    for typed in (receipt, receipt.lower().replace("-", " "), f"  {receipt}\n"):
        page = citizen.send("receipt", {"receipt": typed})
        assert page.status_code == 200
        words = read(page)
        assert FOUND in words
        assert mark_of(receipt) in words
        assert f"casus {round_.case_id}" in words
        assert "Regel in het logboek 3 " in words
        assert "toelaatbaar" not in words
        assert "ontsla" not in words.lower()
    assert FOUND in read(citizen.client.get(citizen.address("receipt"), {"receipt": receipt}))


def test_the_line_is_not_told_to_who_has_not_judged_while_the_round_lasts() -> None:
    citizen, round_, receipt = voted()
    elsewhere = Citizen(round_.case_id)
    words = read(elsewhere.send("receipt", {"receipt": receipt}))
    assert FOUND in words
    assert "Regel in het logboek 3" not in words
    end_round(round=round_, step="close", **BY)
    assert "Regel in het logboek 3" in read(elsewhere.send("receipt", {"receipt": receipt}))
    assert "no-store" in citizen.go("receipt")["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Fill in your receipt."),
        ("7K3D-9QXM", MISTYPED["length"]),
        ("7K3D-9QXM-0A1B-C2D3-E4F6", MISTYPED["check"]),
        ("<script>alert(1)</script>", MISTYPED["symbol"]),
        ("чек", MISTYPED["symbol"]),
        ("١٢٣٤", MISTYPED["symbol"]),
    ],
)
def test_what_is_no_receipt_is_told_with_what_to_do(typed: str, sentence: str) -> None:
    client = Client()
    for page in (
        client.post("/receipt/", {"receipt": typed}),
        client.get("/receipt/", {"receipt": typed}),
    ):
        assert page.status_code == 400
        assert in_dutch(str(sentence)) in read(page) or str(sentence) in read(page)
        assert "<script>alert" not in page.content.decode()


def test_one_that_is_too_long_is_not_looked_up() -> None:
    assert Client().post("/receipt/", {"receipt": "A" * 10_000}).status_code == 400
    assert Client().post("/receipt/", {"receipt": "A" * 5_000_000}).status_code == 413


def test_a_receipt_of_nobody_is_said_to_be_so() -> None:
    ask()
    before = stored()
    page = Client().post("/receipt/", {"receipt": "D2YV-XJBW-KHFY-45G6-YN2B"})
    assert page.status_code == 404
    assert in_dutch("No ballot here has this receipt. Compare it with yours.") in read(page)
    assert stored() == before


def test_the_page_can_be_opened_without_a_receipt() -> None:
    assert "Uw stembewijs" in read(Client().get("/receipt/"))
    assert Client().put("/receipt/").status_code == 405
