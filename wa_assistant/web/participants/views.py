"""A user's word on what a participant has answered; it stands on the card."""

from datetime import date, datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime, format_decimal
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...journey import answers, definition
from ...models.answer import Kind, Source
from .. import access
from ..inbox.views import load
from . import shown

blueprint = Blueprint("answers", __name__, url_prefix="/conversations/<id:participant_id>")


@blueprint.post("/answers")
@access.may(Act.CORRECT_ANSWERS)
def correct(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    stage, name, value = (request.form.get(each, "") for each in ("stage", "name", "value"))
    try:
        answers.correct(current_user, participant_id, stage, name, value)
    except LookupError:
        words = _("This is asked no more.")
        return shown.told(participant_id, words)
    except answers.DoesNotFit as unfit:
        wrong = {"place": (stage, name), "value": value, "problem": _unfit(unfit.question)}
        return shown.refused(participant_id, wrong=wrong)
    return shown.done(participant_id)


@blueprint.post("/answers/<id:answer_id>/confirmation")
@access.may(Act.CORRECT_ANSWERS)
def confirm(participant_id: int, answer_id: int) -> ResponseReturnValue:
    load(participant_id)
    known = [each.answer.id for each in answers.current(participant_id) if each.answer]
    if answer_id in known:  # what has been answered anew meanwhile is shown again instead
        answers.confirm(current_user, answer_id)
    return shown.done(participant_id)


def _unfit(question: definition.Question) -> str:
    said = {
        Kind.NUMBER: _("This is no number."),
        Kind.DATE: _("This is no date."),
        Kind.YES_NO: _("Say yes or no."),
        Kind.CHOICE: _("Choose one of the options."),
    }
    return str(said.get(question.kind) or _("Write something first."))


@blueprint.app_template_filter()
def answered(value: str, kind: str) -> str:
    """A value as the reader's language writes it."""
    if kind == Kind.YES_NO:
        return str(_("Yes") if value == "yes" else _("No"))
    try:
        if kind == Kind.DATE:
            return str(format_date(date.fromisoformat(value), "long"))
        return str(format_decimal(value)) if kind == Kind.NUMBER else value
    except ValueError:
        return value


@blueprint.app_template_filter()
def options_of(question: definition.Question) -> list[tuple[str, str]]:
    """Those of a choice, for a list to choose from."""
    return [("", str(_("Choose"))), *((each, each) for each in question.options)]


@blueprint.app_template_filter()
def day_and_hour(when: datetime) -> str:
    return str(format_datetime(when, "short"))


@blueprint.app_template_filter()
def said_by(source: str) -> str:
    return {
        Source.MODEL: str(_("found by the assistant")),
        Source.PARTICIPANT: str(_("the whole message")),
        Source.USER: str(_("corrected")),
    }.get(Source(source), source)
