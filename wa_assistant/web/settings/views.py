"""The one view of all pages of settings. Of a page all is saved or nothing; the other pages are
left alone."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ... import settings
from ...accounts.authority import Act
from .. import access, respond
from . import forms
from .page import Page, Values
from .pages import ORDER, PAGES

blueprint = Blueprint("settings", __name__, url_prefix="/settings")


@blueprint.get("")
@access.may(Act.CHANGE_SETTINGS)
def index() -> ResponseReturnValue:
    return respond.leave(url_for(f".{ORDER[0].name}"))


@access.may(Act.CHANGE_SETTINGS)
def show(name: str) -> ResponseReturnValue:
    page = PAGES[name]
    return rendered(page, *forms.fresh(page), {})


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
    return forms.undo(ORDER, lambda page: url_for(f".{page.name}"), rendered)


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
    return render_template(
        f"settings/{page.name}.html",
        page=page,
        pages=ORDER,
        values=values,
        marks=marks,
        problems=problems,
        said=said,
        changes=forms.changes(page),
        **page.more(values),
        **shown,
    )


def _refused(
    page: Page, given: dict[str, Any], seen: dict[str, str], refused: settings.Refused
) -> ResponseReturnValue:
    values, marks = forms.again(page, given, seen, refused.changed_meanwhile)
    return respond.refused(rendered(page, values, marks, refused.problems))
