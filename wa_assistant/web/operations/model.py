"""What was learned about the model's server: for owners, who can have it forgotten."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from ...accounts.authority import Act
from ...clients import learned
from ...providers import servers
from .. import access, respond

blueprint = Blueprint("model", __name__)

FORMS = {
    learned.JSON_OBJECT: _l(
        "It refuses json_schema. The form is json_object, with the schema in the prompt."
    ),
    learned.WORDS: _l(
        "It refuses json_schema and json_object. The form is words, with the schema in the prompt."
    ),
}


@blueprint.get("/model")
@access.may(Act.MANAGE_MODEL)
def show() -> ResponseReturnValue:
    return render_template(
        "operations/model.html",
        known=servers.known(),
        has_answered=servers.has_answered(),
        told=told,
    )


@blueprint.post("/model/forget")
@access.may(Act.MANAGE_MODEL)
def forget() -> ResponseReturnValue:
    if servers.forget(current_user):
        words = _("It is forgotten. The next call finds out anew.")
        return respond.done(url_for(".show"), words)
    return respond.told(url_for(".show"), _("There was nothing to forget."))


def told(fact: learned.Fact) -> str:
    """What is done because of it."""
    if fact.name == learned.CONTEXT:
        return str(_("The context holds %(number)s tokens.", number=fact.value))
    if fact.name == learned.THINKS:
        return str(_("It thinks: an answer may have %(number)s tokens more.", number=fact.value))
    if fact.name == learned.SYSTEM:
        return str(_("It takes no system message: the rules lead the user's first message."))
    if fact.name == learned.FORM:
        return str(FORMS[fact.value or learned.WORDS])
    if fact.value:
        return str(_("%(name)s is %(value)s.", name=fact.name, value=fact.value))
    if fact.name == "max_completion_tokens":
        return str(_("max_completion_tokens is called max_tokens."))
    return str(_("%(name)s is left out.", name=fact.name))
