"""The page about the log says what the log is."""

import re
from hashlib import sha256
from pathlib import Path

from tests.ballots.logs import ROUND, Log

from spreekruimte.ballots import chain
from spreekruimte.ballots.receipts import mark_of, receipt_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ballot-log.md").read_text(encoding="utf-8")


def a_log() -> Log:
    log = Log()
    log.ballot("admissible")
    log.erase(1)
    return log


def test_the_page_and_the_module_show_the_lines_as_they_are_written() -> None:
    for text in (PAGE, str(chain.__doc__)):
        shown = re.findall(r"^    (\{.*\})$", text, re.MULTILINE)
        written = "".join(a_log().lines).replace(ROUND, "<round>").splitlines()
        digests = re.compile(r'"(previous|commitment)":"[0-9a-f]{64}"')
        written = [digests.sub(r'"\1":"<digest>"', line) for line in written]
        assert shown == [re.sub(r'"[0-9a-f]{64}"', '"<mark>"', line) for line in written]


def test_each_field_is_documented_once() -> None:
    fields = re.findall(r'"(\w+)":', "".join(a_log().lines[1:]))
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(dict.fromkeys(fields))


def test_the_mark_of_a_receipt_is_computed_as_shown() -> None:
    found = re.search(r"printf '(.*)' \| sha256sum", PAGE)
    assert found is not None
    receipt = receipt_of(bytes(range(32)))
    assert found[1].endswith(receipt)
    assert sha256(found[1].encode()).hexdigest() == mark_of(receipt)
