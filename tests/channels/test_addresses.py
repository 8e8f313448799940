"""Addresses of cases, as others write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.channels.addresses import read_case_address

HOST = "spreekruimte.example:8443"


@pytest.mark.parametrize(
    "address",
    [
        f"https://{HOST}/cases/7/",
        f"http://{HOST}/cases/7",
        f"https://{HOST.upper()}/cases/7/result/?a=b#c",
    ],
)
def test_a_case_is_found_by_any_of_its_addresses(address: str) -> None:
    assert read_case_address(address, host=HOST) == 7


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/cases/7/",
        f"https://{HOST}/",
        f"https://{HOST}/cases/",
        f"https://{HOST}/cases/seven/",
        f"https://{HOST}/cases/７/",
        f"https://{HOST}/cases/7x/",
        f"https://{HOST}/desk/cases/7/",
        f"https://{HOST}/cases/9223372036854775808/",
        f"https://{HOST}/cases/{'9' * 5000}/",
        "https://spreekruimte.example/cases/7/",
        f"https://elsewhere.example/cases/7/?{HOST}",
        f"https://me@{HOST}/cases/7/",
        f"ftp://{HOST}/cases/7/",
        f"https://{HOST}/cases/7/\n",
        "https://[::1/cases/7/",
    ],
)
def test_what_leads_to_no_case_here_is_none(address: str) -> None:
    assert read_case_address(address, host=HOST) is None


@given(st.text(max_size=100))
def test_no_text_is_too_strange(text: str) -> None:
    assert read_case_address(text, host=HOST) is None
