"""Addresses and numbers. An address is kept as the provider writes it; a number is for people."""

import re
import unicodedata

import phonenumbers

from ..models.participant import match_key

HOME = "BR"
HOME_CODE = "+55"
LONGEST_TYPED = 60
# Before a number, people and programs write what it is.
BEFORE = re.compile(r"(?:whatsapp:|tel:|(?:https?://)?(?:wa\.me|api\.whatsapp\.com)/)\s*", re.I)
ANY_CARRIER = re.compile(r"^(\D*)0\s*xx", re.I)
# As it stands in a file, where a number that begins with + would be taken for a formula.
BRACKETED = re.compile(r"^\((\+\d+)\)")
WRITTEN = re.compile(r"\+?[\d\s().\-‐‑–/]+")
# Of a call that the called one pays for: 9090, or 90 and a carrier, then the area code.
REVERSED = re.compile(r"90\d\d([1-9]{2}[2-9]\d{7,8})")


def typed(text: str) -> str | None:
    """The E.164 number that somebody of the team means by `text`; None where it is none.

    Without a country it is one of Brazil, with whatever is dialled there before it: "11 8765-4321",
    "(0xx11) 98765-4321", "015 11 8765-4321". The ninth digit is put where it is missing. This is
    stricter than what comes in: whoever writes to us has a number, whatever we think of it.
    """
    digits, abroad = _digits(text)
    if abroad:
        return _checked(f"+{digits}", new_is_fine=True)
    return _checked(REVERSED.sub(r"\1", digits)) or _checked(f"+{digits}")


def _digits(text: str) -> tuple[str, bool]:
    """The digits that are dialled, "" where `text` is no number; whether a country's code leads."""
    plain = unicodedata.normalize("NFKC", text[: LONGEST_TYPED + 1]).strip()
    plain = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    plain = ANY_CARRIER.sub(r"\g<1>0", BEFORE.sub("", plain, count=1))
    plain = BRACKETED.sub(r"\1", plain)
    if len(text) > LONGEST_TYPED or not WRITTEN.fullmatch(plain):
        return "", False
    digits = "".join(str(unicodedata.digit(each)) for each in plain if each.isdigit())
    abroad = plain.startswith("+") or digits.startswith("00")
    return digits.removeprefix("00") if abroad else digits, abroad


def _checked(dialled: str, *, new_is_fine: bool = False) -> str | None:
    """The number with its ninth digit; `new_is_fine` where the library may not know all."""
    try:
        parsed = phonenumbers.parse(dialled, HOME)
    except phonenumbers.NumberParseException:
        return None
    key = match_key(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)) or ""
    whole = phonenumbers.parse(key)  # the library calls wrong what only lacks the ninth digit
    lenient = new_is_fine and not key.startswith("+55")
    right = phonenumbers.is_possible_number if lenient else phonenumbers.is_valid_number
    return key if right(whole) else None
