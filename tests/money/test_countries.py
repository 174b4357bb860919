"""WhatsApp charges by the country of who gets the message."""

import pytest

from tests.cast import ANA, BRUNO
from wa_assistant.money.amounts import COUNTRIES
from wa_assistant.money.message_costs import country_of


@pytest.mark.parametrize(
    ("address", "country"),
    [
        (ANA, "BR"),
        ("whatsapp:+551187654321", "BR"),  # without the ninth digit
        (BRUNO, "US"),
        ("whatsapp:+14165550123", "CA"),
        ("whatsapp:+351912345678", "PT"),
        ("whatsapp:+77011234567", "KZ"),  # which shares its code with Russia
        ("whatsapp:+551100000000", "BR"),  # no number the library knows
        ("whatsapp:BR.1234567890", "BR"),  # who has no number
        ("whatsapp:ana.silva", None),
        ("whatsapp:XX.1234567890", None),
        ("whatsapp:+8835100000000", None),  # of no country
        ("whatsapp:+9991234567", None),
        ("simulator:ana", None),
        ("", None),
    ],
)
def test_the_country_of_an_address(address, country):
    assert country_of(address) == country


def test_every_country_with_a_code_is_known():
    assert {"BR", "PT", "AO", "US"} <= COUNTRIES
    assert all(len(code) == 2 for code in COUNTRIES)
