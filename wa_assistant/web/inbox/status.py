"""Marking a conversation as done, snoozing it, and opening it again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import later_on, status, takeover
from ...conversation.status import Seen
from ...models.participant import ConversationStatus
from .. import access, respond
from ..access import row_id, row_place
from .labels import ahead
from .takeover import done, taken_over, told
from .views import load

blueprint = Blueprint("status", __name__, url_prefix="/conversations/<id:participant_id>/status")

MOMENTS = {
    later_on.HOUR: _l("In 1 hour"),
    later_on.EVENING: _l("This evening"),
    later_on.TOMORROW: _l("Tomorrow morning"),
    later_on.MONDAY: _l("Next Monday"),
}


@blueprint.post("/done")
@access.may(Act.KEEP_STATUS)
def finish(participant_id: int) -> ResponseReturnValue:
    return _do(participant_id, _("Marked as done."), status.done)


@blueprint.post("/snooze")
@access.may(Act.KEEP_STATUS)
def snooze(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    try:
        until = until_asked()
    except later_on.NoMomentError:
        return told(participant_id, no_moment())
    return _do(participant_id, snoozed(until), status.snooze, until)


@blueprint.post("/open")
@access.may(Act.KEEP_STATUS)
def open_again(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    status.open_again(participant_id, current_user)
    return done(participant_id)


@blueprint.post("/undo")
@access.may(Act.KEEP_STATUS)
def undo(participant_id: int) -> ResponseReturnValue:
    load(participant_id)
    if status.take_back(participant_id, current_user):
        return done(participant_id)
    return told(participant_id, _("This has changed since, and stays as it is."))


def until_asked() -> datetime | None:
    """The moment a form asks for: one that is offered, or a date and time of one's own."""
    return later_on.read(request.form.get("until", ""), request.form.get("at", ""))


def no_moment() -> str:
    return str(_("Choose a date and a time ahead, within a year."))


def snoozed(until: datetime | None) -> str:
    if until is None:
        return str(_("Snoozed until they write."))
    return str(_("Snoozed until %(moment)s.", moment=ahead(until)))


@blueprint.app_context_processor
def _menu() -> dict[str, Any]:
    return {"snooze_offers": offered}


def offered() -> list[tuple[str, str, str]]:
    """What a menu offers: a name, its words, and the moment in words."""
    return [(name, str(MOMENTS[name]), ahead(at)) for name, at in later_on.moments().items()]


def _do(
    participant_id: int, words: str, verb: Callable[..., None], *arguments: Any
) -> ResponseReturnValue:
    load(participant_id)
    try:
        verb(participant_id, current_user, *arguments, seen=_seen())
    except status.ChangedMeanwhileError as error:
        return told(participant_id, _who(error))
    except takeover.TakenOverByAnotherError as error:
        return told(participant_id, taken_over(error))
    except status.WroteMeanwhileError:
        words = _("They have written meanwhile: read it, and then press once more.")
        return told(participant_id, words)
    undo = respond.Undo(_("Undo"), url_for(".undo", participant_id=participant_id))
    return done(participant_id, words, undo)


def _seen() -> Seen | None:
    """What the page showed whose button was pressed."""
    asked = request.args
    if "seen" not in asked:
        return None
    holder = asked.get("holder", type=row_id)
    return Seen(asked["seen"], holder, asked.get("heard", type=row_place))


def _who(error: status.ChangedMeanwhileError) -> str:
    name = error.who.label if error.who else _("The assistant")
    if error.status == ConversationStatus.DONE:
        return str(_("%(name)s has marked it as done meanwhile.", name=name))
    return str(_("%(name)s has snoozed it meanwhile.", name=name))
