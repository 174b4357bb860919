"""Quick replies: the page on which they are written, and the choice of one while one writes."""

from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...conversation import reading
from ...models import Participant, QuickReply
from ...models.quick_reply import BODY_CHARACTERS, SHORTCUT_CHARACTERS
from ...outreach import placeholders, quick_replies
from ...outreach.placeholders import OF_MANY
from ...settings.problem import Problem
from .. import access, respond
from ..access import row_id
from ..shell import locale

blueprint = Blueprint("quick_replies", __name__)
Typed = dict[str, Any]


@blueprint.get("/quick-replies")
@access.may(Act.KEEP_QUICK_REPLIES)
def index() -> ResponseReturnValue:
    return _page({})


@blueprint.post("/quick-replies")
@access.may(Act.KEEP_QUICK_REPLIES)
def add() -> ResponseReturnValue:
    typed = _typed()
    try:
        quick_replies.add(current_user, typed["shortcut"], typed["body"], shared=typed["shared"])
    except Problem as problem:
        return respond.refused(_page(typed | {"problems": problem.places}))
    return respond.done(url_for(".index"), _("The quick reply is added."))


@blueprint.get("/quick-replies/<id:reply_id>")
@access.may(Act.KEEP_QUICK_REPLIES)
def show(reply_id: int) -> ResponseReturnValue:
    reply = _load(reply_id)
    shared = reply.user_id is None
    typed = {"shortcut": reply.shortcut, "body": reply.body, "shared": shared}
    return _one(reply_id, typed, quick_replies.version(reply))


@blueprint.post("/quick-replies/<id:reply_id>")
@access.may(Act.KEEP_QUICK_REPLIES)
def change(reply_id: int) -> ResponseReturnValue:
    """What was typed is kept whatever became of it meanwhile."""
    typed, seen = _typed(), request.form.get("as_seen", "")
    try:
        quick_replies.change(current_user, reply_id, **typed, seen=seen)
    except quick_replies.OvertakenError as theirs:
        return respond.overtaken(_overtaken(theirs.newer, typed))
    except Problem as problem:
        return respond.refused(_one(reply_id, typed | {"problems": problem.places}, seen))
    return respond.done(url_for(".index"), _("Saved."))


@blueprint.post("/quick-replies/<id:reply_id>/removal")
@access.may(Act.KEEP_QUICK_REPLIES)
def remove(reply_id: int) -> ResponseReturnValue:
    if not quick_replies.remove(current_user, reply_id):
        abort(404)
    return respond.done(url_for(".index"), _("The quick reply is removed."))


@blueprint.get("/conversations/<id:participant_id>/quick-replies")
@access.may(Act.KEEP_QUICK_REPLIES)
def choose(participant_id: int) -> ResponseReturnValue:
    """Those that fit what was typed after the stroke; typed as an address, a page of them all."""
    participant = _participant(participant_id)
    if not respond.by_htmx():
        offered = quick_replies.everything(current_user)
        return _choice("inbox/quick_replies_page.html", participant, offered)
    offered = quick_replies.found(current_user, request.args.get("body", ""))
    return _choice("inbox/quick_found.html", participant, offered)


@blueprint.get("/conversations/<id:participant_id>/quick-replies/<id:reply_id>")
@access.may(Act.KEEP_QUICK_REPLIES)
def use(participant_id: int, reply_id: int) -> ResponseReturnValue:
    """One with what is known of the participant, for the script of the composer; typed as an
    address, a page of it."""
    reply, participant = _load(reply_id), _participant(participant_id)
    if not respond.by_htmx():
        return _choice("inbox/quick_replies_page.html", participant, [reply])
    filled = placeholders.filled(reply.body, participant, current_user)
    said = {"text": filled.text, "id": reply_id, "note": missing(filled.missing)}
    return respond.to_script("quick", said)


def chosen(participant: Participant) -> tuple[str, int | None]:
    """The text of the quick reply that a page without a script was opened with, and its id."""
    reply_id = request.args.get("quick", type=row_id)
    reply = quick_replies.of_id(current_user, reply_id) if reply_id else None
    if reply is None:
        return "", None
    return placeholders.filled(reply.body, participant, current_user).text, reply.id


def sent() -> None:
    """A message was sent: the quick reply that it was made of counts as used."""
    if reply_id := request.form.get("quick_reply", type=row_id):
        quick_replies.count(current_user, reply_id)


def missing(written: list[str]) -> str:
    """What has to be filled in by hand; "" where nothing has."""
    if not written:
        return ""
    return str(_("Not known here, fill it in or take it out: %(what)s", what=", ".join(written)))


def _participant(participant_id: int) -> Participant:
    return reading.participant(participant_id) or abort(404)


def _load(reply_id: int) -> QuickReply:
    reply = quick_replies.of_id(current_user, reply_id)
    if reply is None:
        abort(404)
    return reply


def _typed() -> Typed:
    names = ("shortcut", "body")
    typed = {name: request.form.get(name, "").replace("\x00", "") for name in names}
    return typed | {"shared": request.form.get("whose") != "mine"}


def _page(typed: Typed) -> str:
    offered = quick_replies.everything(current_user)
    return render_template("inbox/quick_replies.html", replies=offered, typed=typed, **_limits())


def _one(reply_id: int, typed: Typed, seen: str, now: str = "") -> str:
    """`now`: what a colleague has made of it meanwhile."""
    reply = _load(reply_id)
    told = {"typed": typed, "seen": seen, "now": now}
    return render_template("inbox/quick_reply.html", reply=reply, **told, **_limits())


def _overtaken(newer: QuickReply | None, typed: Typed) -> str:
    if newer is None:
        words = _("It was removed meanwhile, or is a colleague's own now. You may add yours anew.")
        return _page(typed | {"problems": {"": words}})
    words = _("It was changed meanwhile; what it says now stands beneath.")
    typed = typed | {"problems": {"": words}}
    return _one(newer.id, typed, quick_replies.version(newer), newer.body)


def _limits() -> dict[str, Any]:
    return {
        "longest_shortcut": SHORTCUT_CHARACTERS,
        "longest_body": BODY_CHARACTERS,
        "placeholders": _placeholders(),
    }


def _placeholders() -> list[tuple[str, str]]:
    """Each as it is written in the reader's language, and what it stands for."""
    words = {
        "name": _("their name"),
        "first name": _("their first name"),
        "my name": _("the name of who sends it"),
        "hours": _("when the team is there"),
        "answer": _("what they answered to this"),
        "field": _("what stands in this field"),
    }
    return [(_written(kind), words[kind]) for kind in placeholders.Kind]


def _written(kind: placeholders.Kind) -> str:
    name = placeholders.NAMES[kind][locale.language() != "en"]
    return "{" + name + (": …" if kind in OF_MANY else "") + "}"


def _choice(template: str, participant: Participant, offered: Any) -> str:
    filled = partial(placeholders.filled, participant=participant, actor=current_user)
    shown = [(each, filled(each.body).text) for each in offered]
    return render_template(template, participant=participant, shown=shown)
