"""Numbers as they are compared: one telephone has one key, however its number is written."""

import re

# An area code and eight digits. What begins with 6 to 9 is a mobile telephone from before the
# ninth digit, as many WhatsApp accounts still are; what begins with 2 to 5 is a landline.
BRAZIL_WITHOUT_NINE = re.compile(r"\+55([1-9]{2})([6-9]\d{7})")


def match_key(phone: str | None) -> str | None:
    """The key of an E.164 number: "+5511987654321" for "+551187654321" as well; None for None.

    It is never written to: what a provider's address says stays what we answer to.
    """
    if phone is None:
        return None
    old = BRAZIL_WITHOUT_NINE.fullmatch(phone)
    return f"+55{old[1]}9{old[2]}" if old else phone
