"""The one view of all pages of settings. Of a page all is saved or nothing; the other pages are
left alone."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from .. import access, respond
from .page import Page, Values
from .pages import ORDER, PAGES

blueprint = Blueprint("settings", __name__, url_prefix="/settings")


@blueprint.get("")
@access.may(Act.CHANGE_SETTINGS)
def index() -> ResponseReturnValue:
    return respond.leave(url_for(f".{ORDER[0].name}"))


@access.may(Act.CHANGE_SETTINGS)
def show(name: str) -> ResponseReturnValue:
    page, now = PAGES[name], settings.current()
    return _rendered(page, page.shown(now), settings.marks(now), {})


@access.may(Act.CHANGE_SETTINGS)
def save(name: str) -> ResponseReturnValue:
    page = PAGES[name]
    given, seen = page.given(request.form), page.seen(request.form)
    try:
        changed = settings.change(given, seen, current_user)
    except settings.Refused as refused:
        values, marks = _again(page, given, seen, refused.changed_meanwhile)
        return respond.refused(_rendered(page, values, marks, refused.problems))
    said = ngettext("%(num)d setting is saved.", "%(num)d settings are saved.", len(changed))
    return respond.done(url_for(f".{name}"), said if changed else _("Nothing was changed."))


for each in ORDER:
    known = {"name": each.name}
    blueprint.add_url_rule(f"/{each.name}", each.name, show, defaults=known)
    blueprint.add_url_rule(
        f"/{each.name}", f"save_{each.name}", save, defaults=known, methods=["POST"]
    )


def _rendered(page: Page, values: Values, marks: dict[str, str], problems: dict[str, Any]) -> str:
    return render_template(
        f"settings/{page.name}.html",
        page=page,
        pages=ORDER,
        values=values,
        marks={name: marks[name] for name in page.fields},
        problems=problems,
        **page.more(values),
    )


def _again(
    page: Page, given: dict[str, Any], seen: dict[str, str], meanwhile: frozenset[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values and marks of a form that was refused: what was typed, and how all else is now."""
    now = settings.current()
    values, marks = page.shown(now), settings.marks(now)
    for name, typed in given.items():
        if settings.is_as_seen(name, typed, seen):
            continue
        values[name] = typed
        if name not in meanwhile:
            marks[name] = seen[name]
    return values, marks
