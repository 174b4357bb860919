"""How one wants to see the dashboard: one's own language and theme, and whether keys act."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from flask_login import current_user

from ...accounts import team, users
from ...accounts.authority import Act
from ...settings.problem import Problem, Words
from .. import access, respond
from . import sessions
from .devices import device
from .locale import LANGUAGES
from .theme import THEMES

blueprint = Blueprint("preferences", __name__)

THEME_WORDS = {"": _l("Same as the system"), "light": _l("Light"), "dark": _l("Dark")}


@blueprint.get("/preferences")
@access.may(Act.KEEP_PREFERENCES)
def show() -> ResponseReturnValue:
    return _page(current_user.name)


@blueprint.post("/preferences/name")
@access.may(Act.KEEP_PREFERENCES)
def rename() -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        changed = team.rename_oneself(name, current_user)
    except Problem as problem:
        return respond.refused(_page(name, problem.words))
    return respond.done(url_for(".show"), _("Saved.") if changed else _("Nothing was changed."))


def _page(name: str, problem: Words = "") -> str:
    return render_template(
        "shell/preferences.html",
        languages={"": _("Same as the browser"), **LANGUAGES},
        themes=THEME_WORDS,
        sessions=sessions.listed(current_user),
        device=device,
        name=name,
        problem=problem,
    )


@blueprint.post("/preferences")
@access.may(Act.KEEP_PREFERENCES)
def save() -> ResponseReturnValue:
    language, theme = request.form.get("language", ""), request.form.get("theme", "")
    if language not in ("", *LANGUAGES) or theme not in ("", *THEMES):
        abort(400)
    keys = request.form.get("keys") == "yes"
    users.prefer(current_user, language=language or None, theme=theme or None, keys=keys)
    refresh()  # the sentence below is already in the new language
    return respond.done(url_for(".show"), _("Your preferences are saved."))
