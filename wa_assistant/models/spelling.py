"""How names and numbers are spelt where they are compared: one spelling, however they are written.

Alike on every database, since code spells them and no collation does.
"""

import re
import unicodedata

# An area code and eight digits. What begins with 6 to 9 is a mobile telephone from before the
# ninth digit, as many WhatsApp accounts still are; what begins with 2 to 5 is a landline.
BRAZIL_WITHOUT_NINE = re.compile(r"\+55([1-9]{2})([6-9]\d{7})")
# Letters that people leave out like an accent, and Unicode does not take apart.
WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def number(address: str) -> str | None:
    """The E.164 number in `address` ("whatsapp:+5511999990000"), None for a user name."""
    match = re.fullmatch(r"[a-z]+:(\+[1-9]\d{6,14})", address)
    return match.group(1) if match else None


def speaks_portuguese(phone: str | None) -> bool:
    """Whether `phone` is of a country where Portuguese is spoken; Brazil where it is unknown."""
    return phone is None or phone.startswith(
        ("+55", "+351", "+238", "+239", "+244", "+245", "+258", "+670")
    )


def match_key(phone: str | None) -> str | None:
    """The key of an E.164 number: "+5511987654321" for "+551187654321" as well; None for None.

    It is never written to: what a provider's address says stays what we answer to.
    """
    if phone is None:
        return None
    old = BRAZIL_WITHOUT_NINE.fullmatch(phone)
    return f"+55{old[1]}9{old[2]}" if old else phone


def folded(words: str) -> str:
    """`words` with single spaces, without case, accents and what is not seen.

    "joao da silva" for "João  da SILVA". Two ways to write the same letters fold to the same,
    so that a part of a name, folded, is found in the folded name.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    kept = "".join(each for each in apart if not _is_mark(each)).translate(WHOLE)
    return " ".join(kept.split())


def _is_mark(character: str) -> bool:
    # What directs or joins characters (Cf) comes along unseen when a name is pasted.
    unseen = unicodedata.category(character) in ("Cc", "Cf") and not character.isspace()
    return unseen or unicodedata.combining(character) != 0
