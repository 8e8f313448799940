import pytest
from django.core.exceptions import ImproperlyConfigured

from spreekruimte.config.operator import Operator, choose_operator


def test_without_settings_nobody_is_named() -> None:
    assert choose_operator({}) == Operator("", "")


@pytest.mark.parametrize(
    ("contact", "reached_at"),
    [
        ("mailto:ask@waterdam.example", "ask@waterdam.example"),
        ("https://waterdam.example/contact", "https://waterdam.example/contact"),
    ],
)
def test_an_operator_is_named_and_reached(contact: str, reached_at: str) -> None:
    operator = choose_operator(
        {"SPREEKRUIMTE_OPERATOR": " Waterdam ", "SPREEKRUIMTE_CONTACT": contact}
    )
    assert operator == Operator("Waterdam", contact)
    assert operator.reached_at == reached_at


@pytest.mark.parametrize(
    "contact",
    [
        "ask@waterdam.example",
        "http://waterdam.example",
        "https://",
        "mailto:nobody",
        "javascript:alert(1)",
        "mailto:a@b.example\nExpires: 2999",
    ],
)
def test_a_contact_that_cannot_be_followed_is_refused(contact: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SPREEKRUIMTE_CONTACT"):
        choose_operator({"SPREEKRUIMTE_CONTACT": contact})
