"""One act for many participants, from whatever list they were marked in."""

from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts import users
from ...accounts.authority import Act
from ...conversation import attention, later_on, lists, tags
from ...conversation.selection import Selection
from ...conversation.status import newest
from ...journey import versions
from ...operations import bulk, bulk_undo
from ...operations.bulk import BulkAct, Why
from ...settings.problem import Problem
from .. import access, respond
from ..access import row_id, row_place
from ..inbox import status
from . import bulk_words

blueprint = Blueprint("bulk", __name__, url_prefix="/participants/bulk")

NEEDED = {
    BulkAct.ASSIGN: Act.SEE_TO_ATTENTION,
    BulkAct.TAG: Act.KEEP_PARTICIPANTS,
    BulkAct.UNTAG: Act.KEEP_PARTICIPANTS,
    BulkAct.PLACE: Act.PLACE_PARTICIPANTS,
}


@blueprint.post("")
@access.may(Act.KEEP_STATUS)
def do() -> ResponseReturnValue:
    """What the pressed button says, for those who are marked, or for all of the list."""
    asked = request.form.get("act", "")
    if asked not in tuple(BulkAct) or not access.allows(
        NEEDED.get(BulkAct(asked), Act.KEEP_STATUS)
    ):
        abort(400)
    try:
        what = _what(BulkAct(asked))
    except Problem as problem:
        return _told(str(next(iter(problem.places.values()))))
    except later_on.NoMomentError:
        return _told(status.no_moment())
    ids = _ids()
    if not ids:
        return _told(_("Mark somebody first."))
    heard = request.form.get("heard", type=row_place)
    try:
        outcome = bulk.do(current_user, ids, BulkAct(asked), heard, **what)
    except (attention.NotAssignableError, LookupError):
        abort(400)
    except Problem as problem:
        return _told(str(next(iter(problem.places.values()))))
    return _done(bulk_words.done(outcome), _undo(outcome.key) if outcome.changed else None)


@blueprint.post("/undo/<act>")
@access.may(Act.KEEP_STATUS)
def undo(act: str) -> ResponseReturnValue:
    outcome = bulk_undo.undo(current_user, act)
    return _done(bulk_words.undone(outcome), _undo(act) if outcome.why[Why.LATER] else None)


@blueprint.app_context_processor
def _bar() -> dict[str, Any]:
    return {"bulk_offers": offers, "heard_so_far": newest}


def offers() -> dict[str, Any]:
    """What the bar over a list offers."""
    return {
        "moments": status.offered(),
        "colleagues": users.assignable() if access.allows(Act.SEE_TO_ATTENTION) else (),
        "journeys": versions.entered() if access.allows(Act.PLACE_PARTICIPANTS) else (),
        "tags": tags.all_tags() if access.allows(Act.KEEP_PARTICIPANTS) else (),
        "most": bulk.MOST,
    }


def _what(act: BulkAct) -> dict[str, Any]:
    """What the act needs of the form. Raises Problem and NoMomentError."""
    form = request.form
    if act == BulkAct.SNOOZE:
        return {"until": status.until_asked()}
    if act in (BulkAct.TAG, BulkAct.UNTAG):
        return {"tag": tags.checked(form.get("tag", ""))}
    if act == BulkAct.PLACE:
        return {"journey_id": form.get("journey_id", type=row_id) or abort(400)}
    if act != BulkAct.ASSIGN:
        return {}
    user_id = form.get("user_id", type=row_id)
    if form.get("user_id") and user_id is None:
        abort(400)
    return {"assignee_id": user_id}


def _ids() -> list[int]:
    """Whom the form means."""
    form = request.form
    if not form.get("all"):
        return form.getlist("participant", type=row_id)
    if form.get("of") == "participants":
        return Selection.parse(form).ids(bulk.MOST)
    show, search = lists.known(form.get("show", "")), form.get("q", "").strip()
    return lists.ids(show, current_user, search, bulk.MOST)


def _undo(key: str) -> respond.Undo:
    return respond.Undo(_("Undo"), url_for(".undo", act=key), "bulk")


def _done(words: str, undo: respond.Undo | None = None) -> ResponseReturnValue:
    return respond.done(_back(), words, undo=undo)


def _told(words: str) -> ResponseReturnValue:
    return respond.told(_back(), words)


def _back() -> str:
    """The page with the list, of this site alone."""
    asked = request.form.get("back", "")
    is_ours = asked.startswith("/") and asked[1:2] not in ("/", "\\")
    return asked if is_ours else url_for("conversations.index")
