"""The one view of all pages of settings. Of a page all is saved or nothing; the other pages are
left alone."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from ...settings.history import Change
from .. import access, respond
from .page import Page, Values
from .pages import ORDER, PAGES

blueprint = Blueprint("settings", __name__, url_prefix="/settings")

LONGEST_TOLD = 80  # characters of what was before; what is longer is shown on request


@blueprint.get("")
@access.may(Act.CHANGE_SETTINGS)
def index() -> ResponseReturnValue:
    return respond.leave(url_for(f".{ORDER[0].name}"))


@access.may(Act.CHANGE_SETTINGS)
def show(name: str) -> ResponseReturnValue:
    page, now = PAGES[name], settings.current()
    return rendered(page, page.shown(now), settings.marks(now), {})


@access.may(Act.CHANGE_SETTINGS)
def save(name: str) -> ResponseReturnValue:
    page = PAGES[name]
    given, seen = page.given(request.form), page.seen(request.form)
    try:
        changed = settings.change(given, seen, current_user)
    except settings.Refused as refused:
        return _refused(page, given, seen, refused)
    said = ngettext("%(num)d setting is saved.", "%(num)d settings are saved.", len(changed))
    return respond.done(url_for(f".{name}"), said if changed else _("Nothing was changed."))


@blueprint.post("/undo")
@access.may(Act.CHANGE_SETTINGS)
def undo() -> ResponseReturnValue:
    """One setting as it was before its last change; what was typed in the other fields stays."""
    change = settings.history.of_id(request.form.get("entry", 0, type=access.row_id))
    page = next((each for each in ORDER if change and change.name in each.fields), None)
    if change is None or page is None:
        abort(404)
    typed, seen = page.given(request.form), page.seen(request.form)
    typed.pop(change.name, None)
    try:
        changed = settings.change({change.name: change.stored}, seen, current_user)
    except settings.Refused as refused:
        back = {change.name: page.fields[change.name].shown(change.before)}
        return _refused(page, typed | back, seen, refused)
    said = _("It is as it was before.") if changed else _("Nothing was changed.")
    if all(settings.is_as_seen(name, value, seen) for name, value in typed.items()):
        return respond.done(url_for(f".{page.name}"), said)
    values, marks = again(page, typed, seen, frozenset())
    return rendered(page, values, marks, {}, said)


for each in ORDER:
    known = {"name": each.name}
    blueprint.add_url_rule(f"/{each.name}", each.name, show, defaults=known)
    if each.fields:
        blueprint.add_url_rule(
            f"/{each.name}", f"save_{each.name}", save, defaults=known, methods=["POST"]
        )


def rendered(
    page: Page,
    values: Values,
    marks: dict[str, str],
    problems: Mapping[str, Any],
    said: str = "",
    **shown: Any,
) -> str:
    """The page; `shown`: what stands on it besides."""
    changes = settings.history.latest(page.fields)
    return render_template(
        f"settings/{page.name}.html",
        page=page,
        pages=ORDER,
        values=values,
        marks={name: marks[name] for name in page.fields},
        problems=problems,
        said=said,
        changes={name: _told(page, change) for name, change in changes.items()},
        **page.more(values),
        **shown,
    )


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


def _refused(
    page: Page, given: dict[str, Any], seen: dict[str, str], refused: settings.Refused
) -> ResponseReturnValue:
    values, marks = again(page, given, seen, refused.changed_meanwhile)
    return respond.refused(rendered(page, values, marks, refused.problems))


def again(
    page: Page, given: dict[str, Any], seen: dict[str, str], meanwhile: frozenset[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values and marks of a form that is not over: what was typed, and how all else is now."""
    now = settings.current()
    values, marks = page.shown(now), settings.marks(now)
    for name, typed in given.items():
        if settings.is_as_seen(name, typed, seen):
            continue
        values[name] = typed
        if name not in meanwhile:
            marks[name] = seen[name]
    return values, marks
