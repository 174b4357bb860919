"""What a page of settings does with its form besides saving it: it tells who changed what, goes
back, and shows again what was typed."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ... import settings
from ...settings.history import Change
from .. import access, respond
from .page import Page, Values

LONGEST_TOLD = 80  # characters of what was before; what is longer is shown on request

Shown = Callable[[Page, Values, dict[str, str], Mapping[str, Any], str], str]


def changes(page: Page) -> dict[str, dict[str, Any]]:
    """The last change of each setting of the page, as it tells that, by the setting's name."""
    found = settings.history.latest(page.fields)
    return {name: _told(page, change) for name, change in found.items()}


def undo(
    pages: Collection[Page],
    address: Callable[[Page], str],
    shown: Shown,
    after: Callable[[list[str]], None] = lambda changed: None,
) -> ResponseReturnValue:
    """One setting of `pages` as it was before its last change; what was typed in the other fields
    stays. `shown` gives the page with values, marks, problems and words; `after` is told what is
    different now."""
    change = settings.history.of_id(request.form.get("entry", 0, type=access.row_id))
    page = next((each for each in pages if change and change.name in each.fields), None)
    if change is None or page is None:
        abort(404)
    typed, seen = page.given(request.form), page.seen(request.form)
    typed.pop(change.name, None)
    try:
        changed = settings.change({change.name: change.stored}, seen, current_user)
    except settings.Refused as refused:
        back = {change.name: page.fields[change.name].shown(change.before)}
        values, marks = again(page, typed | back, seen, refused.changed_meanwhile)
        return respond.refused(shown(page, values, marks, refused.problems, ""))
    after(changed)
    said = _("It is as it was before.") if changed else _("Nothing was changed.")
    if all(settings.is_as_seen(name, value, seen) for name, value in typed.items()):
        return respond.done(address(page), said)
    values, marks = again(page, typed, seen, frozenset())
    return shown(page, values, marks, {}, said)


def fresh(page: Page) -> tuple[dict[str, Any], dict[str, str]]:
    """The values and marks of a form as all is now."""
    now = settings.current()
    marks = settings.marks(now)
    return page.shown(now), {name: marks[name] for name in page.fields}


def again(
    page: Page, given: Mapping[str, Any], seen: Mapping[str, str], meanwhile: frozenset[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values and marks of a form that is not over: what was typed, and how all else is now."""
    values, marks = fresh(page)
    for name, typed in given.items():
        if settings.is_as_seen(name, typed, seen):
            continue
        values[name] = typed
        if name not in meanwhile:
            marks[name] = seen[name]
    return values, marks


def _told(page: Page, change: Change) -> dict[str, Any]:
    """A change as the page tells it."""
    before = page.told(change.name, change.before)
    return {
        "id": change.id,
        "name": change.name,
        "who": change.by.label if change.by else _("the system"),
        "at": change.at,
        "before": before,
        "is_long": len(before) > LONGEST_TOLD or "\n" in before,
    }
