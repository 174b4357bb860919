import pytest

from wa_assistant.messaging import phone


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
    assert phone.number(address) == number


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
    assert phone.speaks_portuguese(number) is portuguese
