"""When a conversation is done with nobody having said so."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from .page import Field, Page, Values

OFFERED = (15, 30, 60, 120, 240, 480, 1440, 2880, 4320, 10_080)  # minutes
WHOLE = re.compile(r"[0-9]{1,10}")
HOUR, DAY = 60, 1440


def lasting(minutes: str) -> str:
    """So many minutes in words, in the largest unit that fits; "" for none."""
    if not minutes:
        return ""
    number = int(minutes)
    if number % DAY == 0:
        return str(ngettext("%(num)d day", "%(num)d days", number // DAY))
    if number % HOUR == 0:
        return str(ngettext("%(num)d hour", "%(num)d hours", number // HOUR))
    return str(ngettext("%(num)d minute", "%(num)d minutes", number))


def _more(values: Values) -> dict[str, Any]:
    """Also what was chosen otherwise than here."""
    chosen = str(values.get("done_after") or "")
    offered = sorted({*OFFERED, *([int(chosen)] if WHOLE.fullmatch(chosen) else [])})
    choices = [(str(each), lasting(str(each))) for each in offered]
    return {"choices": [("", _("Never: only when somebody says so")), *choices]}


PAGE = Page(
    "conversations",
    _l("Conversations"),
    _l("When a conversation is done with nobody having said so."),
    {"done_after": Field(told=lasting)},
    _more,
)
