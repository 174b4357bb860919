import pytest

from wa_assistant.conversation import phone
from wa_assistant.models.participant import match_key, number_in, speaks_portuguese


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("whatsapp:+5511987654321", "+5511987654321"),
        ("whatsapp:+551187654321", "+551187654321"),  # no ninth digit: kept as it came
        ("simulated:+5511900000000", "+5511900000000"),
        ("whatsapp:BR.1500123", None),
        ("whatsapp:5511987654321", None),
        ("whatsapp:+0511987654321", None),
        ("whatsapp:+55", None),
        ("whatsapp:+5511987654321\n", None),
        ("whatsapp:+٥٥١١٩٨٧٦٥٤٣٢١", None),
        ("+5511987654321", None),
        ("", None),
    ],
)
def test_a_number_is_read_from_an_address_or_there_is_none(address, number):
    assert number_in(address) == number


@pytest.mark.parametrize(
    ("number", "portuguese"),
    [
        ("+5511987654321", True),
        ("+351912345678", True),
        ("+14155550123", False),
        ("+34600000000", False),
        (None, True),
    ],
)
def test_a_number_tells_whether_portuguese_is_spoken(number, portuguese):
    assert speaks_portuguese(number) is portuguese


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("+5511987654321", "+5511987654321"),
        ("+551187654321", "+5511987654321"),
        ("+551167654321", "+5511967654321"),
        ("+559987654321", "+5599987654321"),
        ("+551133334444", "+551133334444"),  # a landline
        ("+551153334444", "+551153334444"),
        ("+558001234567", "+558001234567"),  # no area code: 0800
        ("+5540041234", "+5540041234"),
        ("+55118765432", "+55118765432"),
        ("+14155550123", "+14155550123"),
        ("+351912345678", "+351912345678"),
        ("+5215512345678", "+525512345678"),  # Mexico dials no 1 any more
        ("+525512345678", "+525512345678"),
        ("+5218112345678", "+528112345678"),
        ("+521551234567", "+521551234567"),  # a digit too few
        ("+541112345678", "+5491112345678"),  # Argentina's mobile telephones have a 9
        ("+5491112345678", "+5491112345678"),
        ("+543514567890", "+5493514567890"),
        ("+54111234567", "+54111234567"),
        (None, None),
    ],
)
def test_one_telephone_has_one_key(number, key):
    assert match_key(number) == key


ANA = "+5511987654321"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11 98765-4321", ANA),
        ("11 8765-4321", ANA),
        ("(11) 98765.4321", ANA),
        ("011 98765 4321", ANA),
        ("015 11 98765-4321", ANA),
        ("0 15 11 8765-4321", ANA),
        ("(0xx11) 98765-4321", ANA),
        ("9090 11 98765-4321", ANA),
        ("9015 11 98765-4321", ANA),
        ("5511987654321", ANA),
        ("551187654321", ANA),
        ("+55 11 98765-4321", ANA),
        ("+55 (011) 98765-4321", ANA),
        ("00 55 11 98765-4321", ANA),
        ("whatsapp:+5511987654321", ANA),
        ("https://wa.me/5511987654321", ANA),
        ("\u202a+55 11 98765\u20114321\u202c", ANA),
        ("１１ ９８７６５-４３２１", ANA),
        ("55 98765-4321", "+5555987654321"),  # the area code 55
        ("11 3333-4444", "+551133334444"),
        ("0800 123 4567", "+558001234567"),
        ("4004-1234", "+5540041234"),
        ("+1 (415) 555-0123", "+14155550123"),
        ("14155550123", "+14155550123"),
        ("351912345678", "+351912345678"),
        ("+90 532 123 4567", "+905321234567"),
        ("98765-4321", None),  # whose area code?
        ("+55 98765-4321", None),
        ("9090 98765-4321", None),
        ("+55 11 1234-5678", None),
        ("+55 11 987654321012", None),
        ("+5511", None),
        ("1-800-FLOWERS", None),
        ("11 98765-4321 ramal 2", None),
        ("ana.souza", None),
        ("@ana", None),
        ("BR.1500123", None),
        ("+", None),
        ("00", None),
        ("", None),
        ("1" * 500, None),
        ("\x00", None),
    ],
)
def test_what_the_team_types_is_a_number_or_none(text, number):
    assert phone.typed(text) == number
