"""Makes a number or a date of words that somebody wrote, however they are used to writing it."""

import re
from datetime import date
from decimal import Decimal

from ..models.participant import folded

LONGEST_NUMBER = 24  # characters
ENDS = re.compile(r"^[\s\"'“”«»(]+|[\s\"'“”«»).,;:!?…]+$")
NUMBER = re.compile(r"([+−-]?)(?:R\$|US\$|\$|€)?\s*([\d.,\s’']*\d)\s*(?:%|anos?|years?|reais)?")
GROUPED = re.compile(r"[1-9]\d{0,2}([.,\s’'])\d{3}(?:\1\d{3})*")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
IN_WORDS = re.compile(
    r"(?:dia )?(\d{1,2})[ºo°]?(?:st|nd|rd|th)?(?: de| of)? ([a-z]+),?(?: de)? (\d{4})"
)
MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
MONTHS = (
    ("janeiro", "january"), ("fevereiro", "february"), ("marco", "march"),
    ("abril", "april"), ("maio", "may"), ("junho", "june"),
    ("julho", "july"), ("agosto", "august"), ("setembro", "september"),
    ("outubro", "october"), ("novembro", "november"), ("dezembro", "december"),
)  # fmt: skip


def number(said: str) -> str | None:
    """`said` as "1234.5"; None where it is no number.

    1.234,5 is Brazilian and 1,234.5 English: the last mark of two kinds is the decimal one. A
    single mark before three digits groups thousands, as it does in either language.
    """
    found = NUMBER.fullmatch(bare(said))
    if found is None or len(said) > LONGEST_NUMBER:
        return None
    sign, digits = found[1], found[2]
    if grouped := GROUPED.fullmatch(digits):
        whole, fraction = digits.replace(grouped[1], ""), ""
    else:
        whole, _mark, fraction = _split(digits)
        if not re.fullmatch(r"\d{1,3}(?:([.,\s’'])\d{3}(?:\1\d{3})*)?|\d+", whole):
            return None
        whole = re.sub(r"\D", "", whole)
    value = Decimal(f"{whole}.{fraction or 0}")
    written = f"{value:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return f"-{written}" if sign in "-−" and sign and value else written


def day(said: str) -> str | None:
    """`said` as ISO has it; None where it is no date.

    The day stands before the month, as in Brazil, unless the year comes first.
    """
    wanted = plain(said)
    if found := ISO.fullmatch(wanted):
        year, month, day = (int(each) for each in found.groups())
    elif found := DAY_FIRST.fullmatch(wanted):
        day, month, year = (int(each) for each in found.groups())
        year += 2000 if year < 100 else 0
    elif found := IN_WORDS.fullmatch(wanted):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := MONTH_FIRST.fullmatch(wanted):
        month, day, year = _month(found[1]), int(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the 31st of a month that has none
        return None


def plain(said: str) -> str:
    """Folded, and bare."""
    return bare(folded(said))


def bare(said: str) -> str:
    """Without the marks and brackets around it."""
    return ENDS.sub("", said)


def _month(word: str) -> int:
    """1 to 12 by its name or the first three letters of it; 0 where it is none."""
    for number, names in enumerate(MONTHS, 1):
        if any(word == name or (len(word) == 3 and name.startswith(word)) for name in names):
            return number
    return 0


def _split(digits: str) -> tuple[str, str, str]:
    """The whole part, the decimal mark and the fraction."""
    at = max(digits.rfind("."), digits.rfind(","))
    return (digits, "", "") if at < 0 else (digits[:at], digits[at], digits[at + 1 :])
