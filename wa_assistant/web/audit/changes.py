"""What an entry says was before, and was after: of settings, of colleagues, and of who looks after
a conversation. All else that entries hold stands in the export."""

import json
from typing import Any, NamedTuple

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...audit.reading import Entry
from ...models import Subject
from ..shell.labels import ROLES, money
from .setting_names import setting_told

LONGEST = 160
NOTHING: tuple[Any, ...] = (None, "", [], {})
IN_MONEY = "cap_"  # what the names of settings begin with that are amounts
# What is shown, and what it is called where the sentence does not say it.
SHOWN = {"value": "", "to": ""}
OF_THE_TEAM = {"role": _l("Role"), "name": _l("Name"), "sector": _l("Sector")}


class Change(NamedTuple):
    """`before` is empty where nothing was said of it."""

    what: str
    before: str
    after: str


def changes(entry: Entry) -> list[Change]:
    """What is different now."""
    before, after = entry.before or {}, entry.after or {}
    shown = SHOWN | (OF_THE_TEAM if entry.subject in (Subject.USER, Subject.SECTOR) else {})
    return [
        Change(
            str(words),
            _written(entry, name, before[name]) if name in before else "",
            _written(entry, name, after[name]),
        )
        for name, words in shown.items()
        if name in after and _differ(before.get(name), after[name])
    ]


def _differ(before: Any, after: Any) -> bool:
    return before != after and not (before in NOTHING and after in NOTHING)


def _written(entry: Entry, name: str, value: Any) -> str:
    said = _said(entry, name, value)
    return _cut(said) or str(_("nobody") if name == "to" else _("empty"))


def _said(entry: Entry, name: str, value: Any) -> str:
    """The value in words; "" for nothing."""
    if value in NOTHING:
        return ""
    if name == "role":
        return str(ROLES.get(value, value))
    is_setting = entry.subject == Subject.SETTING
    if is_setting and (said := setting_told(entry.subject_id, value)) is not None:
        return said
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if is_setting and entry.subject_id.startswith(IN_MONEY):
        return money(int(value))
    return str(format_decimal(value))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
