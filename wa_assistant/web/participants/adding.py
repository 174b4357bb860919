"""A form by which somebody is added to the participants."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import adding
from ...models import Participant
from ...settings.problem import Problem, Words
from .. import access, respond

blueprint = Blueprint("adding", __name__, url_prefix="/participants/new")


@blueprint.get("")
@access.may(Act.KEEP_PARTICIPANTS)
def form() -> ResponseReturnValue:
    return _page({}, {})


@blueprint.post("")
@access.may(Act.KEEP_PARTICIPANTS)
def add() -> ResponseReturnValue:
    typed = {name: request.form.get(name, "") for name in ("number", "name")}
    try:
        made = adding.add(current_user, typed["number"], typed["name"])
    except Problem as problem:
        return respond.refused(_page(typed, problem.places))
    except adding.IsThereError as there:
        return respond.refused(_page(typed, {}, there.participant))
    words = _("%(name)s is among the participants.", name=made.label)
    return respond.done(url_for("conversations.show", participant_id=made.id), words)


def _page(
    typed: dict[str, str], problems: dict[str, Words], there: Participant | None = None
) -> str:
    context: dict[str, Any] = {"typed": typed, "problems": problems, "there": there}
    return render_template("participants/new.html", **context)
