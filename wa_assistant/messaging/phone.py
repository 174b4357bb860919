"""Addresses and numbers. An address is kept as the provider writes it; a number is for people."""

import re


def number(address: str) -> str | None:
    """The E.164 number in `address` ("whatsapp:+5511999990000"), None for a user name."""
    match = re.fullmatch(r"[a-z]+:(\+[1-9]\d{6,14})", address)
    return match.group(1) if match else None


def speaks_portuguese(phone: str | None) -> bool:
    """Whether `phone` is of a country where Portuguese is spoken; Brazil where it is unknown."""
    return phone is None or phone.startswith(
        ("+55", "+351", "+238", "+239", "+244", "+245", "+258", "+670")
    )
