"""A number as people write it, with a point or a comma before what is less than one."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from .problem import Problem

LONGEST = 30
PLAIN = re.compile(r"(-?\d+)(?:[.,](\d+))?", re.ASCII)
GROUPED = re.compile(
    r"(-?\d{1,3}(?:\.\d{3})+),(\d+)|(-?\d{1,3}(?:,\d{3})+)\.(\d+)"
    r"|(-?\d{1,3}(?:\.\d{3}){2,}|-?\d{1,3}(?:,\d{3}){2,})",
    re.ASCII,
)

NO_NUMBER = _l("Write a number like 0.25 or 0,25.")


def read(given: Any) -> Decimal:
    """ "0,25", "0.25", "1.234,50" and "1,234.50"; raises Problem.

    A sign that stands alone begins the fraction, whatever the language of the page: "1.250" is one
    and a quarter.
    """
    text = re.sub(r"\s", "", str(given))
    found = PLAIN.fullmatch(text) or GROUPED.fullmatch(text)
    if found is None or len(text) > LONGEST:
        raise Problem({"": NO_NUMBER})
    whole, *fraction = [part for part in found.groups() if part]
    return Decimal(f"{re.sub('[.,]', '', whole)}.{''.join(fraction) or 0}")


def written(number: Decimal) -> str:
    """As it is stored: without what adds nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
