"""Days on which the team is away whatever the week says: holidays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from .problem import Problem

MOST = 100
WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")

NO_DATE = _l("Write the dates like 25/12/2026, with commas between them.")
TOO_MANY = _l("These are more than %(most)s dates.", most=MOST)


@dataclass(frozen=True)
class Dates:
    """Each day once, the earliest first."""

    days: tuple[date, ...] = ()

    def stored(self) -> list[str]:
        return [day.isoformat() for day in self.days]

    def written(self) -> str:
        """As a form's field holds them."""
        return ", ".join(f"{day:%d/%m/%Y}" for day in self.days)


NONE = Dates()


def read(given: Any) -> Dates:
    """The dates in a list or in a text that sets them apart by commas; raises Problem."""
    parts = re.split(r"[,;\s]+", given) if isinstance(given, str) else given
    if not isinstance(parts, Sequence):
        raise Problem({"": NO_DATE})
    days = {_day(str(part)) for part in parts if part}
    if len(days) > MOST:
        raise Problem({"": TOO_MANY})
    return Dates(tuple(sorted(days)))


def _day(text: str) -> date:
    """What people write, "25/12/2026", or what is stored."""
    found = WRITTEN.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise Problem({"": NO_DATE}) from None
