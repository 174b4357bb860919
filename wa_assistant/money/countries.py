"""The country whose rate WhatsApp charges for: that of the participant's number."""

import phonenumbers

from ..models.participant import number_in

UNKNOWN = "ZZ"  # as the library says it
WORLD = "001"


def country_of(address: str) -> str | None:
    """The two letters of an address' country: "BR" for "whatsapp:+5511..." or "whatsapp:BR.123...".

    By the calling code where the number itself is of no country, as new ones are at first. None for
    a user name, and for a number of no country.
    """
    number = number_in(address)
    if number is None:
        return _named(address)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    by_code = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    country = phonenumbers.region_code_for_number(parsed) or by_code
    return None if country in (UNKNOWN, WORLD) else country


def known() -> frozenset[str]:
    """Every country that has a calling code."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def _named(address: str) -> str | None:
    """WhatsApp's own name of who has no number begins with their country."""
    country, point, _ = address.rpartition(":")[2].partition(".")
    return country if point and country in phonenumbers.SUPPORTED_REGIONS else None
