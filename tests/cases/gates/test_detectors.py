from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.cases.gates.detectors import (
    find_identifying,
    is_bank_number,
    is_citizen_number,
)


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find_identifying(text)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Volgens mevrouw de Boer klopt dit niet.", "name", "mevrouw de Boer"),
        ("Toen sprak wethouder Zandstra.", "name", "wethouder Zandstra"),
        ("Then Mr Smith replied.", "name", "Mr Smith"),
        ("Dat schreef A.B. van Dam vandaag.", "name", "A.B. van Dam"),
        ("Dat zei P. Visser.", "name", "P. Visser"),
        ("Later belde Vera van den Berg terug.", "name", "Vera van den Berg"),
        ("Willem vond dat niet goed.", "name", "Willem"),
        ("Fatima El Amrani schreef dat.", "name", "Fatima El Amrani"),
        ("Gisteren Vera Molenaar gezien.", "name", "Vera Molenaar"),
        ("Vraag het @wijkagent_Oost eens.", "handle", "@wijkagent_Oost"),
        ("Op @iemand@mastodon.example staat het.", "handle", "@iemand@mastodon.example"),
        ("Mail iemand.anders+werk@dienst.nl maar.", "email", "iemand.anders+werk@dienst.nl"),
        ("Mail iemand [at] dienst.nl maar.", "email", "iemand [at] dienst.nl"),
        ("Zie https://voorbeeld.example/bericht/1 daar.", "link",
         "https://voorbeeld.example/bericht/1"),
        ("Zie dienst.nl/nieuws voor meer.", "link", "dienst.nl/nieuws"),
        ("Bel 06-12345678 nu.", "telephone", "06-12345678"),
        ("Bel 020 123 45 67 nu.", "telephone", "020 123 45 67"),
        ("Bel +31 6 12 34 56 78 nu.", "telephone", "+31 6 12 34 56 78"),
        ("Bel 0031(0)612345678 nu.", "telephone", "0031(0)612345678"),
        ("Bel 0900-8844 nu.", "telephone", "0900-8844"),
        ("Hij woont op 1234 AB daar.", "postcode", "1234 AB"),
        ("Hij woont op 1234ab daar.", "postcode", "1234ab"),
        ("Het was in de Dorpsstraat 12a.", "street", "Dorpsstraat 12a"),
        ("Het was bij Lange Poten Plein 4.", "street", "Lange Poten Plein 4"),
        ("It was 221b Baker Street.", "street", "221b Baker Street"),
        ("Stuur naar postbus 90 daar.", "street", "postbus 90"),
        ("Nummer 111222333 staat erbij.", "citizen_number", "111222333"),
        ("Nummer 1112.22.333 staat erbij.", "citizen_number", "1112.22.333"),
        ("Rekening NL91 ABNA 0417 1643 00 staat erbij.", "bank_number",
         "NL91 ABNA 0417 1643 00"),
        ("Rekening NL91ABNA0417164300 en meer.", "bank_number", "NL91ABNA0417164300"),
        ("De auto met 12-ABC-3 stond er.", "licence_plate", "12-ABC-3"),
        ("De auto met GX-123-B stond er.", "licence_plate", "GX-123-B"),
        ("Op 3 mei 2019 was dat in Assen.", "dated_place", "3 mei 2019"),
        ("On May 3 that was near Utrecht.", "dated_place", "May 3"),
        ("Op 3-5-2019 was dat te Assen.", "dated_place", "3-5-2019"),
        ("Er stond “dit is echt te gek voor woorden”.", "searchable_quote",
         "dit is echt te gek voor woorden"),
        ("Er stond 'dit is echt te gek voor woorden'.", "searchable_quote",
         "dit is echt te gek voor woorden"),
        ("'s Avonds zei hij: 'dit is foto's maken van 't volk'.", "searchable_quote",
         "dit is foto's maken van 't volk"),
        ("Er stond ‘dat 's echt te gek voor woorden’.", "searchable_quote",
         "dat 's echt te gek voor woorden"),
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_found(text: str, kind: str, found: str) -> None:
    assert (kind, found) in [(each.kind, each.found) for each in find_identifying(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Een ambtenaar van een ministerie schrijft over asiel.",
        "Dat zei de minister van Buitenlandse Zaken in de Tweede Kamer.",
        "De Nederlanders stemden. In Nederland is dat zo. Volgens Nederland ook.",
        "The United Kingdom and New Zealand do so too.",
        "In 2012 de minister gevraagd; 1200 mensen en 30 volgers.",
        "Het kostte 1.250.000 euro, of 12,50 per persoon.",
        "Op 3 mei was dat. In Assen gebeurde meer.",
        "In mei 2019 was dat in Assen.",
        "Op 3 mei was dat op Twitter.",
        "Hij noemde dat “te gek” en 'niet goed'.",
        "'s Avonds was er een foto van agenten' fietsen.",
        "Zo'n 5 collega's en foto's van agenten waren er 's avonds.",
        "De straat en de weg zijn open; 24 uur per dag.",
        "Nummer 111222334 staat erbij.",
        "Rekening NL91ABNA0417164301 staat erbij.",
        "Het duurde 10-12 dagen, in 2019-2020-2021.",
        "De regels A-B-C gelden.",
        "Nul komma niks: 00000000.",
    ],
)
def test_plain_text_is_let_through(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    ["Zandstra was kwaad.", "vera molenaar belde.", "De oudste dochter van de bakker schreef dit."],
)
def test_what_the_patterns_say_they_cannot_see_they_do_not_see(text: str) -> None:
    assert kinds(text) == []


@given(st.integers(10_000_000, 999_999_999))
def test_one_wrong_digit_breaks_the_eleven_test(number: int) -> None:
    digits = f"{number:09}"
    if is_citizen_number(digits):
        wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
        assert not is_citizen_number(wrong)


def test_one_in_eleven_numbers_passes_the_eleven_test() -> None:
    passing = sum(is_citizen_number(str(number)) for number in range(100_000_000, 100_011_000))
    assert passing == 1000


@pytest.mark.parametrize("digits", ["0", "000000000"])
def test_nothing_but_zeros_is_no_number(digits: str) -> None:
    assert not is_citizen_number(digits)


@pytest.mark.parametrize("number", ["NL91ABNA0417164300", "GB82WEST12345698765432"])
def test_a_bank_number_passes_and_its_neighbour_does_not(number: str) -> None:
    assert is_bank_number(number)
    assert not is_bank_number(number[:-1] + str((int(number[-1]) + 1) % 10))


@given(st.text())
def test_whatever_is_written_is_looked_through(text: str) -> None:
    assert all(finding.found for finding in find_identifying(text))


@pytest.mark.parametrize(
    "unit",
    ["A. ", "Ab ", "a-", "1 ", "'a ", "“a ", "a.", "@a.", "Ab van ", "Jan ", "Ab. ", "Ab b "],
)
def test_a_long_text_takes_little_time(unit: str) -> None:
    start = process_time()
    list(find_identifying(unit * (20_000 // len(unit))))
    assert process_time() - start < 2
